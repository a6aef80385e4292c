package dev.lastmile.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

    private static final Installation INSTALLATION = new Installation("lastmile");
    private static final Found NOTHING = new Found(Map.of(), List.of(), Map.of(), Map.of());
    private static final CustomerWish ACME = CustomerWish.usual("acme", Optional.empty());

    private static Plan plan(Found found, CustomerWish wish) {
        return new Planner(INSTALLATION, found).customer(wish, false);
    }

    private static Found inputsOf(String customer, int partitions) {
        Found.Topic topic = new Found.Topic(partitions, Map.of());
        return new Found(
                Map.of(Topics.inferences(customer), topic, Topics.groundTruth(customer), topic),
                List.of(),
                Map.of(),
                Map.of());
    }

    @Test
    void topicsComeFirstAndThePasswordLast() {
        List<Class<?>> kinds = new ArrayList<>();
        for (Step step : plan(NOTHING, ACME).steps()) {
            if (kinds.isEmpty() || kinds.get(kinds.size() - 1) != step.getClass()) {
                kinds.add(step.getClass());
            }
        }

        assertThat(kinds)
                .containsExactly(Step.MakeTopic.class, Step.SetQuota.class, Step.Grant.class, Step.SetPassword.class);
    }

    /** A monitor that may read an input takes it up, and would end if it could not write yet. */
    @Test
    void theMonitorMayReadInputsOnceItMayDoAllElse() {
        List<Right> monitors = plan(NOTHING, ACME).steps().stream()
                .filter(Step.Grant.class::isInstance)
                .map(step -> ((Step.Grant) step).right())
                .filter(right -> right.holder().equals(INSTALLATION.monitor()))
                .toList();

        assertThat(monitors.subList(monitors.size() - 2, monitors.size()))
                .extracting(Right::operation)
                .containsOnly(AclOperation.READ);
        assertThat(monitors.subList(0, monitors.size() - 2))
                .extracting(Right::operation)
                .doesNotContain(AclOperation.READ);
    }

    @Test
    void aCustomerGetsAsManyPartitionsAsOthersHave() {
        assertThat(partitionsMade(plan(NOTHING, ACME))).containsOnly(4);
        assertThat(partitionsMade(plan(inputsOf("st-marys", 7), ACME))).containsOnly(7);
        assertThat(plan(inputsOf("st-marys", 7), with(OptionalInt.of(8), Map.of()))
                        .obstacles())
                .extracting(Finding::what)
                .containsExactly("inputs have 7 partitions, not 8: all customers must have the same number");
    }

    private static List<Integer> partitionsMade(Plan plan) {
        return plan.steps().stream()
                .filter(Step.MakeTopic.class::isInstance)
                .map(step -> ((Step.MakeTopic) step).partitions())
                .toList();
    }

    private static CustomerWish with(OptionalInt partitions, Map<Quota, Double> quotas) {
        return new CustomerWish("acme", partitions, Optional.empty(), quotas);
    }

    @Test
    void theCustomerWhoDiffersFromMostIsTheFinding() {
        Map<String, Found.Topic> topics = new HashMap<>();
        Map.of("acme", 3, "northline", 2, "st-marys", 2)
                .forEach((customer, partitions) ->
                        topics.putAll(inputsOf(customer, partitions).topics()));
        Found found = new Found(topics, List.of(), Map.of(), Map.of());
        Audit audit = new Audit(INSTALLATION, Set.of(), Optional.empty(), Set.of());

        assertThat(audit.findings(found))
                .extracting(Finding::what)
                .filteredOn(what -> what.contains(" partitions, not "))
                .hasSize(2)
                .allMatch(what -> what.startsWith("topic lastmile.acme.") && what.contains("3 partitions, not 2"));
    }

    @Test
    void aLimitThatWasFoundStaysUnlessAnotherIsAskedFor() {
        String user = Account.ofCustomer("acme").name();
        Found found = new Found(
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(user, Map.of("producer_byte_rate", 1000.0, "request_percentage", 7.5)));

        assertThat(quotas(plan(found, ACME)))
                .containsExactly(new Step.SetQuota(Account.ofCustomer("acme"), Quota.CONSUMER_BYTES, null, 4194304));
        assertThat(quotas(plan(
                        found,
                        with(OptionalInt.empty(), Map.of(Quota.PRODUCER_BYTES, 2000.0, Quota.REQUEST_PERCENT, 7.5)))))
                .extracting(Step.SetQuota::order)
                .containsExactly(
                        "set quota producer_byte_rate of user lastmile.acme to 2000, which is 1000",
                        "set quota consumer_byte_rate of user lastmile.acme to 4194304, which has none");
    }

    private static List<Step.SetQuota> quotas(Plan plan) {
        return plan.steps().stream()
                .filter(Step.SetQuota.class::isInstance)
                .map(Step.SetQuota.class::cast)
                .toList();
    }

    @Test
    void onlyAPasswordOfTheRightKindCounts() {
        String user = Account.ofCustomer("acme").name();
        Found old = new Found(Map.of(), List.of(), Map.of(user, Set.of(ScramMechanism.SCRAM_SHA_256)), Map.of());
        Found right = new Found(Map.of(), List.of(), Map.of(user, Set.of(ScramMechanism.SCRAM_SHA_512)), Map.of());

        assertThat(plan(old, ACME).needsPassword()).isTrue();
        assertThat(plan(right, ACME).needsPassword()).isFalse();
    }

    @Test
    void retentionThatIsLongerIsADecisionAndShorterALoss() {
        TopicSpecification standard =
                TopicSpecification.inputs("acme", Optional.empty()).get(0);
        TopicSpecification exact = TopicSpecification.inputs("acme", Optional.of(Duration.ofDays(14)))
                .get(0);

        assertThat(List.of("1209600000", "1209600001", "-1", "9223372036854775807"))
                .allMatch(is -> standard.accepts("retention.ms", is));
        assertThat(List.of("1209599999", "0", "", "not known")).noneMatch(is -> standard.accepts("retention.ms", is));
        assertThat(List.of("1209600001", "-1")).noneMatch(is -> exact.accepts("retention.ms", is));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "", "a.b", "a23456789012345678901234567890123"})
    void whoIsNoCustomerIsRefused(String name) {
        assertThatThrownBy(() -> CustomerWish.usual(name, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customer must match [a-z0-9-]{1,32}");
    }

    @Test
    void noMonitorCanBeTakenForACustomer() {
        assertThatThrownBy(() -> new Installation("lastmile.acme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("applicationId must not begin with lastmile.");
        assertThatThrownBy(() -> new Audit(INSTALLATION, Set.of(), Optional.empty(), Set.of("User:lastmile")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifteen-letters", "sixteen letters!", "sixteen-letters!\n", "tabs\tare\tnot\tseen"})
    void aPasswordThatIsWeakOrHasWhatNobodySeesIsRefusedWithoutBeingNamed(String text) {
        assertThatThrownBy(() -> new Password(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("password must have ")
                .satisfies(problem -> assertThat(problem.getMessage()).doesNotContain(text));
        assertThat(new Password("sixteen-letters!").toString()).doesNotContain("sixteen");
    }
}
