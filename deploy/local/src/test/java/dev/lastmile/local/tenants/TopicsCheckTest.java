package dev.lastmile.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.tenants.SecuredCluster.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code topics check} as it is typed, against a broker that asks who is there. */
final class TopicsCheckTest extends ProvisionedCluster {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            User:lastmile.acme     | WRITE           | TOPIC            | LITERAL  | lastmile.acme.alerts.v1
            User:lastmile.acme     | READ            | TOPIC            | PREFIXED | lastmile.
            User:lastmile.acme     | READ            | TOPIC            | LITERAL  | something-else
            User:lastmile.acme     | READ            | GROUP            | LITERAL  | readers
            User:lastmile.gone     | READ            | TOPIC            | LITERAL  | lastmile.gone.alerts.v1
            User:watch             | READ            | TOPIC            | LITERAL  | lastmile.acme.alerts.v1
            User:watch             | ALL             | TOPIC            | PREFIXED | watch-
            User:watch             | DELETE          | TOPIC            | PREFIXED | watch-
            User:stranger          | READ            | TOPIC            | LITERAL  | lastmile.acme.inferences.v1
            User:stranger          | DESCRIBE        | TOPIC            | PREFIXED | last
            User:stranger          | WRITE           | TOPIC            | LITERAL  | watch-commands
            User:stranger          | READ            | TOPIC            | LITERAL  | *
            User:stranger          | READ            | GROUP            | PREFIXED | w
            User:stranger          | WRITE           | TRANSACTIONAL_ID | LITERAL  | *
            User:stranger          | ALTER           | CLUSTER          | LITERAL  | kafka-cluster
            User:stranger          | CREATE_TOKENS   | USER             | LITERAL  | User:lastmile.acme
            User:*                 | DESCRIBE        | TOPIC            | LITERAL  | news
            User:*                 | READ            | TOPIC            | LITERAL  | lastmile.acme.alerts.v1
            """)
    void aRightTooManyIsNamed(
            String principal, AclOperation operation, ResourceType type, PatternType pattern, String name)
            throws Exception {
        AclBinding planted = right(principal, operation, new ResourcePattern(type, name, pattern));
        String right = principal + " may " + operation + " ";

        Outcome outcome = whilePlanted(planted, () -> cluster.topics("check"));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("EXTRA     right: " + right)
                .contains(name.equals("*") ? "every " : type == ResourceType.CLUSTER ? "the cluster" : name);
        assertThat(outcome.lines()).last().asString().endsWith(": 1 finding");
    }

    /** Rights of others on other things, and parts of what the table gives, are nobody's concern. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            User:stranger      | READ     | TOPIC | LITERAL  | somewhere
            User:stranger      | ALL      | TOPIC | PREFIXED | watchful
            User:stranger      | READ     | GROUP | LITERAL  | watch-2
            User:lastmile.acme | DESCRIBE | TOPIC | LITERAL  | lastmile.acme.alerts.v1
            User:watch         | READ     | TOPIC | LITERAL  | watch-join-changelog
            """)
    void aRightThatGivesNothingMoreIsNotNamed(
            String principal, AclOperation operation, ResourceType type, PatternType pattern, String name)
            throws Exception {
        AclBinding planted = right(principal, operation, new ResourcePattern(type, name, pattern));

        assertThat(whilePlanted(planted, () -> cluster.topics("check")).exitCode())
                .isZero();
    }

    @Test
    void whoIsTrustedIsNotNamed() throws Exception {
        AclBinding planted = right(
                "User:exporter",
                AclOperation.DESCRIBE,
                new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL));

        assertThat(whilePlanted(planted, () -> cluster.topics("check")).exitCode())
                .isEqualTo(1);
        assertThat(whilePlanted(planted, () -> cluster.topics("check", "--trusted", "User:exporter"))
                        .exitCode())
                .isZero();
        assertThat(cluster.topics("check", "--trusted", "User:*").exitCode()).isEqualTo(2);
    }

    @Test
    void aRightThatARuleTakesAwayIsNamed() throws Exception {
        AclBinding planted = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "lastmile.acme.", PatternType.PREFIXED),
                new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.DENY));

        assertThat(whilePlanted(planted, () -> cluster.topics("check")).lines())
                .contains("DENIED    right: User:lastmile.acme may READ topic " + ALERTS
                        + ", but User:* must not READ topic lastmile.acme.…")
                .hasSize(6);
    }

    @Test
    void aMissingRightIsNamedAndGivenAgain() throws Exception {
        AclBinding taken = right(
                "User:lastmile.acme",
                AclOperation.READ,
                new ResourcePattern(ResourceType.TOPIC, ALERTS, PatternType.LITERAL));
        cluster.remove(taken);

        Outcome check = cluster.topics("check");
        Outcome create = cluster.topics("create", "--customer", "acme");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.lines())
                .containsExactly(
                        "MISSING   right: User:lastmile.acme may READ topic " + ALERTS,
                        check.lines().get(1));
        assertThat(create.lines()).containsExactly("allow: User:lastmile.acme may READ topic " + ALERTS, "1 step made");
    }

    @ParameterizedTest
    @CsvSource({
        INFERENCES + ", retention.ms, 1000, 1209600000",
        INFERENCES + ", cleanup.policy, compact, delete",
        INFERENCES + ", message.timestamp.type, CreateTime, LogAppendTime",
        ALERTS + ", cleanup.policy, delete, compact"
    })
    void aWrongSettingIsNamedAndPutRight(String topic, String key, String wrong, String right) throws Exception {
        set(topic, key, wrong);

        Outcome check = cluster.topics("check");
        Outcome create = cluster.topics("create", "--customer", "acme");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.lines())
                .startsWith("DIFFERENT " + key + " of topic " + topic + " is " + wrong + ", not " + right)
                .hasSize(2);
        assertThat(create.lines())
                .containsExactly(
                        "set " + key + " of topic " + topic + " to " + right + ", which is " + wrong, "1 step made");
    }

    @Test
    void anotherPasswordOfACustomerIsNamed() throws Exception {
        cluster.addUser("lastmile.acme", ScramMechanism.SCRAM_SHA_256);
        cluster.addUser("lastmile.gone", ScramMechanism.SCRAM_SHA_512);
        try {
            assertThat(cluster.topics("check").lines())
                    .startsWith(
                            "EXTRA     user lastmile.acme with a password for SCRAM-SHA-256",
                            "EXTRA     user lastmile.gone with a password for SCRAM-SHA-512")
                    .hasSize(3);
        } finally {
            SecuredCluster.answer(admin.alterUserScramCredentials(List.of(
                            new UserScramCredentialDeletion("lastmile.acme", ScramMechanism.SCRAM_SHA_256),
                            new UserScramCredentialDeletion("lastmile.gone", ScramMechanism.SCRAM_SHA_512)))
                    .all());
            SecuredCluster.await(() -> !SecuredCluster.answer(
                            admin.describeUserScramCredentials().all())
                    .containsKey("lastmile.gone"));
        }
    }

    @Test
    void aCustomerThatWasNeverMadeLacksEverything() {
        Outcome outcome = cluster.topics("check", "--customer", "nowhere");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.lines())
                .contains(
                        "MISSING   topic lastmile.nowhere.inferences.v1",
                        "MISSING   quota producer_byte_rate of user lastmile.nowhere",
                        "MISSING   user lastmile.nowhere with a password for SCRAM-SHA-512")
                .hasSize(22);
    }

    @Test
    void whoIsNoAdministratorIsToldSoInOneLine() throws Exception {
        Path config = cluster.configuration(cluster.encryption(), "http://127.0.0.1:1");
        Path customers = Files.writeString(directory.resolve("acme.properties"), cluster.properties("lastmile.acme"));

        Outcome outcome = cluster.topics(config, customers, "check");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().contains("AuthorizationException");
    }

    @Test
    void noPasswordIsEverPrinted() throws Exception {
        Path config = cluster.configuration(cluster.encryption(), "http://127.0.0.1:1");
        String login = cluster.properties(SecuredCluster.ADMINISTRATOR);
        for (String broken : List.of(
                login.replace("\";", "\""),
                login.replace("required", "perhaps"),
                login.replace("username=", "user "))) {
            Path wrong = Files.writeString(directory.resolve("wrong.properties"), broken);

            Outcome outcome = cluster.topics(config, wrong, "check");

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.toString()).doesNotContain(SecuredCluster.passwordOf(SecuredCluster.ADMINISTRATOR));
        }
    }
}
