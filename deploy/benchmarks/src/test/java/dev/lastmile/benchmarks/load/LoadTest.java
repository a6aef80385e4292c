package dev.lastmile.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoadTest {

    private static final int INFERENCES = 20_000;
    private static final long START_MS = 1_790_000_000_000L;

    /** Everything that a receiver is told, as text. */
    private static List<String> told(Load load) {
        List<String> told = new ArrayList<>();
        load.replay(new Load.Receiver() {
            @Override
            public void answer(Answer answer) {
                told.add("answer " + answer.id() + " " + answer.deploymentName() + " " + answer.values() + " "
                        + answer.wrong() + " " + answer.occurredAtMs());
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                told.add("truth " + answer.id() + " " + wrong + " " + observedAtMs + " " + revision);
            }
        });
        return told;
    }

    private static Load load(Pattern pattern, long seed, Shape shape) {
        return new Load(pattern, INFERENCES, START_MS, seed, "i-", shape);
    }

    @ParameterizedTest
    @EnumSource(Pattern.class)
    void sameSeedGivesTheSameEventsAndAnotherSeedOthers(Pattern pattern) {
        Shape shape = Shape.USUAL.withCorrected(0.2);

        assertThat(told(load(pattern, 1, shape))).isEqualTo(told(load(pattern, 1, shape)));
        assertThat(told(load(pattern, 1, shape))).isNotEqualTo(told(load(pattern, 2, shape)));
    }

    @ParameterizedTest
    @EnumSource(Pattern.class)
    void correctionsComeOnTopAndChangeNothingElse(Pattern pattern) {
        List<String> without = told(load(pattern, 1, Shape.USUAL));
        List<String> with = told(load(pattern, 1, Shape.USUAL.withCorrected(0.2)));

        assertThat(with.stream().filter(event -> !event.endsWith(" 1"))).isEqualTo(without);
        assertThat((double) (with.size() - without.size()) / INFERENCES).isCloseTo(0.95 * 0.2, within(0.01));
    }

    @ParameterizedTest
    @EnumSource(Pattern.class)
    void expectedSumsAreThoseOfTheLastVersions(Pattern pattern) {
        Load load = load(pattern, 3, Shape.USUAL.withCorrected(0.2));
        Map<String, Boolean> wrongById = new HashMap<>();
        Map<String, Answer> answers = new HashMap<>();
        load.replay(new Load.Receiver() {
            @Override
            public void answer(Answer answer) {
                answers.put(answer.id(), answer);
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                // A correction comes after what it corrects, and so stands.
                Boolean before = wrongById.put(answer.id(), wrong);
                assertThat(before).isEqualTo(revision == 0 ? null : Boolean.valueOf(!wrong));
                assertThat(answer.occurredAtMs()).isLessThanOrEqualTo(observedAtMs);
            }
        });
        Sums counted = new Sums();
        wrongById.forEach((id, wrong) -> {
            Answer answer = Objects.requireNonNull(answers.get(id));
            counted.add(answer.deploymentName(), Sums.OVERALL, 1, wrong ? 1 : 0);
            for (int i = 0; i < Load.DIMENSIONS.size(); i++) {
                Dimension its = Load.DIMENSIONS.get(i);
                counted.add(
                        answer.deploymentName(),
                        its.name() + "=" + its.value(answer.values().get(i)),
                        1,
                        wrong ? 1 : 0);
            }
        });

        Sums expected = load.expected();

        assertThat(expected.differenceFrom(counted)).isEmpty();
        assertThat(expected.labelled()).isEqualTo(wrongById.size());
        assertThat(expected.events()).isEqualTo(INFERENCES + expected.labelled() + expected.corrections());
    }

    @Test
    void farTruthsComeAfterAllInferences() {
        List<String> told = told(load(Pattern.FAR, 1, Shape.USUAL));

        assertThat(told.subList(0, INFERENCES)).allMatch(event -> event.startsWith("answer "));
        assertThat(told.subList(INFERENCES, told.size())).allMatch(event -> event.startsWith("truth "));
    }

    @Test
    void firstDeploymentHasThreeFifthsHoweverManyThereAre() {
        for (int deployments : new int[] {20, 2_000}) {
            List<String> told = told(load(Pattern.NEAR, 1, Shape.USUAL.withDeployments(deployments)));
            long ofTheFirst =
                    told.stream().filter(event -> event.contains(" d0 [")).count();

            assertThat((double) ofTheFirst / INFERENCES).isCloseTo(0.6, within(0.02));
        }
    }

    @Test
    void everyDeploymentBelongsToOneCustomerAndEveryCustomerHasOne() {
        Shape shape = Shape.USUAL.withDeployments(200).withCustomers(200);
        Set<String> customers = new HashSet<>();
        for (int deployment = 0; deployment < 200; deployment++) {
            customers.add(shape.customerOf(deployment));
        }

        assertThat(customers).containsExactlyInAnyOrderElementsOf(shape.customerNames());
        assertThat(Shape.USUAL.customerNames()).containsExactly(Load.CUSTOMER);
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.USUAL.withCustomers(21));
    }

    @Test
    void unlabelledLoadHasInferencesAlone() {
        Sums expected = load(Pattern.NEAR, 1, Shape.USUAL.unlabelled()).expected();

        assertThat(expected.events()).isEqualTo(INFERENCES);
        assertThat(expected.labelled()).isZero();
    }

    @Test
    void loadHasAsManyEventsAsItsShapeSays() {
        Shape shape = Shape.USUAL.withCorrected(0.2);

        double events = load(Pattern.NEAR, 1, shape).expected().events();

        assertThat(events / INFERENCES).isCloseTo(shape.eventsPerInference(), within(0.01));
        assertThat(shape.unlabelled().eventsPerInference()).isEqualTo(1);
    }

    @Test
    void everythingHappensWithinTheSpan() {
        Duration span = Duration.ofMinutes(1);
        Load load = new Load(Pattern.NEAR, INFERENCES, START_MS, span, 1, "i-", Shape.USUAL);
        List<Long> delaysMs = new ArrayList<>();
        load.replay(new Load.Receiver() {
            @Override
            public void answer(Answer answer) {
                assertThat(answer.occurredAtMs()).isBetween(START_MS, START_MS + span.toMillis());
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                delaysMs.add(observedAtMs - answer.occurredAtMs());
            }
        });

        double meanDelayMs =
                delaysMs.stream().mapToLong(Long::longValue).average().orElseThrow();

        assertThat(meanDelayMs).isCloseTo(span.toMillis() / 144.0, within(10.0));
    }
}
