package dev.lastmile.local.tenants;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everybody tries everything on a cluster that was provisioned by the commands, and only what is written down here succeeds. What is
 * written down here was not taken from the product.
 */
final class AccessMatrixTest {

    private static final String ACME = "lastmile.acme";
    private static final String MARYS = "lastmile.st-marys";
    private static final String MONITOR = SecuredCluster.MONITOR;
    private static final String STRANGER = "stranger";
    private static final String NOBODY = "nobody who says so";
    private static final List<String> EVERYBODY = List.of(ACME, MARYS, MONITOR, STRANGER, NOBODY);

    /** All that may succeed, one line for each thing: who, what, and the operations. Who reads or writes may also describe. */
    private static final String ALLOWED = """
            lastmile.acme     TOPIC lastmile.acme.inferences.v1           WRITE DESCRIBE
            lastmile.acme     TOPIC lastmile.acme.ground-truth.v1         WRITE DESCRIBE
            lastmile.acme     TOPIC lastmile.acme.slice-statistics.v1     READ DESCRIBE
            lastmile.acme     TOPIC lastmile.acme.alerts.v1               READ DESCRIBE
            lastmile.acme     TOPIC lastmile.acme.dead-letters.v1         READ DESCRIBE
            lastmile.st-marys TOPIC lastmile.st-marys.inferences.v1       WRITE DESCRIBE
            lastmile.st-marys TOPIC lastmile.st-marys.ground-truth.v1     WRITE DESCRIBE
            lastmile.st-marys TOPIC lastmile.st-marys.slice-statistics.v1 READ DESCRIBE
            lastmile.st-marys TOPIC lastmile.st-marys.alerts.v1           READ DESCRIBE
            lastmile.st-marys TOPIC lastmile.st-marys.dead-letters.v1     READ DESCRIBE
            watch             TOPIC lastmile.acme.inferences.v1           READ DESCRIBE DESCRIBE_CONFIGS
            watch             TOPIC lastmile.acme.ground-truth.v1         READ DESCRIBE DESCRIBE_CONFIGS
            watch             TOPIC lastmile.acme.slice-statistics.v1     WRITE DESCRIBE
            watch             TOPIC lastmile.acme.alerts.v1               WRITE DESCRIBE
            watch             TOPIC lastmile.acme.dead-letters.v1         WRITE DESCRIBE
            watch             TOPIC lastmile.st-marys.inferences.v1       READ DESCRIBE DESCRIBE_CONFIGS
            watch             TOPIC lastmile.st-marys.ground-truth.v1     READ DESCRIBE DESCRIBE_CONFIGS
            watch             TOPIC lastmile.st-marys.slice-statistics.v1 WRITE DESCRIBE
            watch             TOPIC lastmile.st-marys.alerts.v1           WRITE DESCRIBE
            watch             TOPIC lastmile.st-marys.dead-letters.v1     WRITE DESCRIBE
            watch             TOPIC watch-join-changelog                  READ WRITE DESCRIBE CREATE
            watch             TOPIC watch-deltas-repartition              READ WRITE DESCRIBE CREATE DELETE
            watch             TOPIC watch-commands                        READ WRITE DESCRIBE CREATE
            watch             GROUP watch                                 READ DESCRIBE
            watch             TRANSACTIONAL_ID watch-0-1                  WRITE DESCRIBE
            """;

    private static final Map<ResourceType, Set<AclOperation>> OPERATIONS = Map.of(
            ResourceType.TOPIC,
            Set.of(READ, WRITE, DESCRIBE, CREATE, DELETE, ALTER, DESCRIBE_CONFIGS, ALTER_CONFIGS),
            ResourceType.GROUP,
            Set.of(READ, DESCRIBE, DELETE),
            ResourceType.TRANSACTIONAL_ID,
            Set.of(WRITE, DESCRIBE),
            ResourceType.CLUSTER,
            Set.of(CREATE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS));

    /** A customer whose topics somebody made without rights, a topic of somebody else's, and names that nearly fit. */
    private static final List<String> OTHER_TOPICS = List.of(
            "watch-join-changelog",
            "watch-deltas-repartition",
            "watch-commands",
            "watchful",
            "lastmile.acme-2.inferences.v1",
            "lastmile.acme-2.alerts.v1",
            "elsewhere");

    private static final Map<ResourceType, List<String>> OTHER_THINGS = Map.of(
            ResourceType.GROUP,
            List.of("watch", "watch-2", "lastmile.acme", "elsewhere"),
            ResourceType.TRANSACTIONAL_ID,
            List.of("watch-0-1", "watch", "lastmile.acme", "elsewhere"),
            ResourceType.CLUSTER,
            List.of("cluster"));

    private static SecuredCluster cluster;

    @BeforeAll
    static void provision(@TempDir Path directory) throws Exception {
        cluster = SecuredCluster.start(directory);
        cluster.createMonitor();
        cluster.createCustomer("acme");
        cluster.createCustomer("st-marys");
        cluster.addUser(STRANGER, ScramMechanism.SCRAM_SHA_512);
        try (Admin admin = cluster.administrator()) {
            SecuredCluster.answer(admin.createTopics(OTHER_TOPICS.stream()
                            .map(topic -> new NewTopic(topic, 2, (short) 1))
                            .toList())
                    .all());
        }
        Map<String, Object> settings = cluster.client(SecuredCluster.ADMINISTRATOR);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String topic : topics()) {
                assertThat(producer.send(new ProducerRecord<>(topic, 0, "key", "value"))
                                .get())
                        .isNotNull();
            }
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void onlyTheIntendedCellsSucceed() throws Exception {
        Set<String> expected = allowed();
        Set<String> succeeded = new TreeSet<>();
        int tried = 0;
        for (String who : EVERYBODY) {
            List<Cell> cells = cells(who);
            tried += cells.size();
            succeeded.addAll(successes(who, cells));
        }

        Set<String> extra = new TreeSet<>(succeeded);
        extra.removeAll(expected);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(succeeded);
        assertThat(extra).as("extra rights, of %s cells", tried).isEmpty();
        assertThat(missing).as("missing rights").isEmpty();
        assertThat(tried).isEqualTo(EVERYBODY.size() * (17 * 8 + 4 * 3 + 4 * 2 + 5));
        assertThat(expected).hasSize(61);
        assertThat(topicsOfTheCluster()).as("no topic was made or deleted").isEqualTo(new TreeSet<>(topics()));
    }

    /** Otherwise an attempt that cannot succeed at all would look like a right that nobody has. */
    @Test
    void theAdministratorSucceedsInEverythingSoEachAttemptIsOne() throws Exception {
        List<Cell> cells = cells(SecuredCluster.ADMINISTRATOR);

        assertThat(successes(SecuredCluster.ADMINISTRATOR, cells))
                .containsExactlyInAnyOrderElementsOf(
                        cells.stream().map(Cell::toString).toList());
    }

    @Test
    void aRightTooManyIsSeen() throws Exception {
        AclBinding planted = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "lastmile.st-marys.al", PatternType.PREFIXED),
                new AccessControlEntry("User:" + STRANGER, "*", READ, AclPermissionType.ALLOW));
        cluster.plant(planted);
        try {
            assertThat(successes(STRANGER, cells(STRANGER)))
                    .containsExactlyInAnyOrder(
                            "stranger READ TOPIC lastmile.st-marys.alerts.v1",
                            "stranger DESCRIBE TOPIC lastmile.st-marys.alerts.v1");
        } finally {
            cluster.remove(planted);
        }
    }

    @Test
    void whoDoesNotKnowThePasswordDoesNotComeIn() {
        for (String user : List.of(ACME, MONITOR, "unknown")) {
            try (Admin admin = Admin.create(cluster.client(user, "not-the-password"))) {
                assertThatThrownBy(
                                () -> SecuredCluster.answer(admin.listTopics().names()))
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
        }
    }

    @Test
    void nobodyRaisesTheirOwnLimitOrSetsAPassword() {
        for (String who : EVERYBODY) {
            try (Admin admin = Admin.create(settings(who))) {
                ClientQuotaAlteration more = new ClientQuotaAlteration(
                        new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, ACME)),
                        List.of(new ClientQuotaAlteration.Op("producer_byte_rate", 1e9)));
                assertThatThrownBy(() -> SecuredCluster.answer(
                                admin.alterClientQuotas(List.of(more)).all()))
                        .as(who)
                        .hasCauseInstanceOf(ClusterAuthorizationException.class);
                UserScramCredentialUpsertion password = new UserScramCredentialUpsertion(
                        MARYS, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), "changed-by-" + who);
                assertThatThrownBy(() -> SecuredCluster.answer(admin.alterUserScramCredentials(List.of(password))
                                .all()))
                        .as(who)
                        .hasCauseInstanceOf(ClusterAuthorizationException.class);
            }
        }
    }

    private static Set<String> successes(String who, List<Cell> cells) throws Exception {
        Set<String> succeeded = new TreeSet<>();
        try (Attempts attempts = new Attempts(who, settings(who), "lastmile.acme.inferences.v1")) {
            for (Cell cell : cells) {
                if (attempts.succeeds(cell)) {
                    succeeded.add(cell.toString());
                }
            }
        }
        return succeeded;
    }

    private static Map<String, Object> settings(String who) {
        return who.equals(NOBODY) ? cluster.nobodysClient() : cluster.client(who);
    }

    private static List<Cell> cells(String who) {
        Map<ResourceType, List<String>> things = new LinkedHashMap<>(OTHER_THINGS);
        things.put(ResourceType.TOPIC, topics());
        List<Cell> cells = new ArrayList<>();
        things.forEach((type, names) -> names.forEach(name -> new TreeSet<>(OPERATIONS.get(type))
                .forEach(operation -> cells.add(new Cell(who, type, name, operation)))));
        return cells;
    }

    private static List<String> topics() {
        return Stream.concat(
                        Stream.of("acme", "st-marys").flatMap(customer -> Stream.of(
                                        "inferences", "ground-truth", "slice-statistics", "alerts", "dead-letters")
                                .map(entity -> "lastmile." + customer + "." + entity + ".v1")),
                        OTHER_TOPICS.stream())
                .toList();
    }

    private static Set<String> allowed() {
        Set<String> cells = new TreeSet<>();
        ALLOWED.lines().forEach(line -> {
            List<String> words = List.of(line.split(" +", -1));
            words.subList(3, words.size())
                    .forEach(operation -> cells.add(new Cell(
                                    words.get(0),
                                    ResourceType.fromString(words.get(1)),
                                    words.get(2),
                                    AclOperation.fromString(operation))
                            .toString()));
        });
        return cells;
    }

    private static Set<String> topicsOfTheCluster() throws Exception {
        try (Admin admin = cluster.administrator()) {
            return new TreeSet<>(SecuredCluster.answer(admin.listTopics().names()));
        }
    }
}
