package dev.lastmile.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lastmile.local.tenants.SecuredCluster.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code topics create} as it is typed, against a broker that asks who is there. */
final class TopicsCreateTest extends ProvisionedCluster {

    @Test
    void aCustomerGetsTopicsLimitsRightsAndAUserAndTheSecondTimeNothingIsLeftToDo() throws Exception {
        String[] arguments = {"--customer", "st-marys", "--password-file", cluster.passwordFile("lastmile.st-marys")};

        Outcome first = cluster.topics("create", arguments);
        Outcome second = cluster.topics("create", arguments);

        assertThat(first.lines())
                .startsWith("make topic lastmile.st-marys.inferences.v1 with 2 partitions, cleanup.policy=delete"
                        + " max.decompressed.message.bytes=1048576 message.timestamp.type=LogAppendTime"
                        + " retention.ms=1209600000")
                .contains(
                        "make topic lastmile.st-marys.alerts.v1 with 2 partitions, cleanup.policy=compact",
                        "set quota producer_byte_rate of user lastmile.st-marys to 4194304, which has none",
                        "set quota consumer_byte_rate of user lastmile.st-marys to 4194304, which has none",
                        "set quota request_percentage of user lastmile.st-marys to 50, which has none",
                        "allow: User:watch may READ topic lastmile.st-marys.inferences.v1",
                        "allow: User:lastmile.st-marys may WRITE topic lastmile.st-marys.inferences.v1")
                .endsWith("make user lastmile.st-marys, SCRAM-SHA-512", "21 steps made");
        assertThat(second).isEqualTo(new Outcome(0, "nothing to do\n", ""));
        try (Admin customer = Admin.create(cluster.client("lastmile.st-marys"))) {
            assertThat(SecuredCluster.answer(customer.listTopics().names()))
                    .as("the user can log in and sees its own topics")
                    .hasSize(5)
                    .allMatch(topic -> topic.startsWith("lastmile.st-marys."));
        }
    }

    @Test
    void theBrokerRefusesWhatAFewBytesUnpackTo() throws Exception {
        cluster.topics(
                "create", "--customer", "inflated", "--password-file", cluster.passwordFile("lastmile.inflated"));
        Map<String, Object> settings = new HashMap<>(cluster.client("lastmile.inflated"));
        settings.put("compression.type", "zstd");
        settings.put("max.request.size", 128 << 20);
        settings.put("buffer.memory", 256L << 20);
        String topic = "lastmile.inflated.inferences.v1";
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<RecordMetadata> small = producer.send(new ProducerRecord<>(topic, new byte[1_000_000]));
            assertThat(small.get(30, TimeUnit.SECONDS).offset()).isZero();

            Future<RecordMetadata> large = producer.send(new ProducerRecord<>(topic, new byte[64 << 20]));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> large.get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(InvalidRecordException.class);
        }
    }

    @Test
    void theMonitorGetsItsRightsOnce() {
        assertThat(cluster.topics("create", "--monitor")).isEqualTo(new Outcome(0, "nothing to do\n", ""));
    }

    @Test
    void aDryRunPrintsThePlanAndChangesNothing() throws Exception {
        Map<String, Object> before = everything();

        Outcome dry = cluster.topics("create", "--customer", "northline", "--dry-run", "--request-percent", "12.5");

        assertThat(dry.exitCode()).isZero();
        assertThat(dry.lines())
                .hasSize(22)
                .contains(
                        "make topic lastmile.northline.dead-letters.v1 with 2 partitions, cleanup.policy=delete"
                                + " retention.ms=1209600000",
                        "set quota request_percentage of user lastmile.northline to 12.5, which has none")
                .endsWith("21 steps to make; dry run: nothing was changed");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void withoutAPasswordNothingIsDone() throws Exception {
        Map<String, Object> before = everything();

        Outcome outcome = cluster.topics("create", "--customer", "northline");

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        2, "", "--password-file: a password is needed: give this option or --password-env\n"));
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aPasswordComesFromTheEnvironmentTooAndIsReplacedOnlyWhenAsked() throws Exception {
        List<String> command = List.of(
                "topics",
                "create",
                "--config",
                cluster.configuration(cluster.encryption(), "http://127.0.0.1:1")
                        .toString(),
                "--admin-config",
                directory.resolve("admin.properties").toString(),
                "--customer",
                "acme",
                "--password-env",
                "NEW_PASSWORD");
        Map<String, String> environment = Map.of("NEW_PASSWORD", "another-password-of-acme");

        Outcome kept = SecuredCluster.lastmile(environment, command);
        assertThat(kept.out()).isEqualTo("nothing to do\n");
        assertThat(canLogIn("another-password-of-acme")).isFalse();

        Outcome replaced = SecuredCluster.lastmile(environment, and(command, "--replace-password"));
        assertThat(replaced.lines())
                .containsExactly("replace the password of user lastmile.acme, SCRAM-SHA-512", "1 step made");
        SecuredCluster.await(() -> canLogIn("another-password-of-acme"));
        assertThat(canLogIn(SecuredCluster.passwordOf("lastmile.acme"))).isFalse();

        assertThat(SecuredCluster.lastmile(Map.of(), command).err())
                .isEqualTo("--password-env: no environment variable is called NEW_PASSWORD\n");
        assertThat(SecuredCluster.lastmile(Map.of("NEW_PASSWORD", "too-short"), command)
                        .err())
                .isEqualTo("NEW_PASSWORD: password must have 16 to 256 characters, not 9\n");
    }

    private static List<String> and(List<String> command, String more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    private static boolean canLogIn(String password) throws Exception {
        try (Admin customer = Admin.create(cluster.client("lastmile.acme", password))) {
            SecuredCluster.answer(customer.listTopics().names());
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(SaslAuthenticationException.class);
            return false;
        }
    }

    @Test
    void limitsThatWereGivenStayUntilOthersAreGiven() throws Exception {
        assertThat(cluster.topics("create", "--customer", "acme", "--producer-bytes", "1000000")
                        .lines())
                .containsExactly(
                        "set quota producer_byte_rate of user lastmile.acme to 1000000, which is 4194304",
                        "1 step made");
        assertThat(cluster.topics("create", "--customer", "acme").out()).isEqualTo("nothing to do\n");
        assertThat(quotas())
                .isEqualTo(
                        Map.of("producer_byte_rate", 1e6, "consumer_byte_rate", 4194304.0, "request_percentage", 50.0));

        assertThat(cluster.topics("create", "--customer", "acme", "--producer-bytes", "4194304")
                        .exitCode())
                .isZero();
    }

    private static @Nullable Map<String, Double> quotas() throws Exception {
        return SecuredCluster.answer(
                        admin.describeClientQuotas(ClientQuotaFilter.all()).entities())
                .get(new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "lastmile.acme")));
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedAndNothingIsDone() throws Exception {
        Map<String, Object> before = everything();

        Outcome other = cluster.topics(
                "create",
                "--customer",
                "northline",
                "--partitions",
                "3",
                "--password-file",
                cluster.passwordFile("lastmile.northline"));
        Outcome same = cluster.topics("create", "--customer", "acme", "--partitions", "3");

        assertThat(other)
                .isEqualTo(new Outcome(
                        1, "", "inputs have 2 partitions, not 3: all customers must have the same number\n"));
        assertThat(same.exitCode()).isEqualTo(1);
        assertThat(same.err()).contains("topic " + INFERENCES + " has 2 partitions, not 3: that cannot be changed");
        assertThat(everything()).isEqualTo(before);
    }

    /** Who runs the command again without the option must not lose half of what is kept. */
    @Test
    void recordsThatAreKeptLongerStaySoUntilSomebodySaysOtherwise() throws Exception {
        assertThat(cluster.topics("create", "--customer", "acme", "--retention", "P30D")
                        .exitCode())
                .isZero();

        assertThat(cluster.topics("create", "--customer", "acme").out()).isEqualTo("nothing to do\n");
        assertThat(cluster.topics("check").exitCode()).isZero();
        assertThat(cluster.topics("check", "--retention", "P30D").out())
                .as("who else is there keeps records for less")
                .doesNotContain(INFERENCES);
        assertThat(cluster.topics("check", "--retention", "P14D").lines())
                .startsWith("DIFFERENT retention.ms of topic " + INFERENCES + " is 2592000000, not 1209600000")
                .hasSize(3);
        assertThat(cluster.topics("create", "--customer", "acme", "--retention", "P14D")
                        .exitCode())
                .isZero();
    }
}
