package dev.lastmile.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.tenants.SecuredCluster.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.ResourcePattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A broker that asks who is there, on which the monitor and a customer were provisioned; what a test plants it takes away. */
abstract class ProvisionedCluster {

    static final String ALERTS = "lastmile.acme.alerts.v1";
    static final String INFERENCES = "lastmile.acme.inferences.v1";

    static Path directory;
    static SecuredCluster cluster;
    static Admin admin;

    @BeforeAll
    static void provision(@TempDir Path folder) throws Exception {
        directory = folder;
        cluster = SecuredCluster.start(directory);
        admin = cluster.administrator();
        cluster.createMonitor();
        cluster.createCustomer("acme");
    }

    @AfterAll
    static void stop() {
        admin.close();
        cluster.close();
    }

    /** What a test plants it takes away again, and what it provisions is as it should be. */
    @AfterEach
    void nothingIsFoundAnyMore() {
        Outcome outcome = cluster.topics("check");

        assertThat(outcome.out()).matches("looked at the monitor and \\d customers?: nothing is missing, .*\\s*");
        assertThat(outcome.exitCode()).isZero();
    }

    static AclBinding right(String principal, AclOperation operation, ResourcePattern resource) {
        return new AclBinding(resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    static Outcome whilePlanted(AclBinding right, Supplier<Outcome> command) throws Exception {
        cluster.plant(right);
        try {
            return command.get();
        } finally {
            cluster.remove(right);
        }
    }

    static void set(String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        SecuredCluster.answer(
                admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
        SecuredCluster.await(() -> value(resource, key).equals(value));
    }

    private static String value(ConfigResource resource, String key) throws Exception {
        Map<ConfigResource, Config> configs =
                SecuredCluster.answer(admin.describeConfigs(List.of(resource)).all());
        return Objects.requireNonNull(configs.get(resource)).get(key).value();
    }

    /** All that a command could change. */
    static Map<String, Object> everything() throws Exception {
        Map<String, Object> all = new HashMap<>();
        Set<String> topics = SecuredCluster.answer(admin.listTopics().names());
        all.put("topics", topics);
        all.put(
                "settings",
                SecuredCluster.answer(admin.describeConfigs(topics.stream()
                                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                                .toList())
                        .all()));
        all.put(
                "rights",
                Set.copyOf(SecuredCluster.answer(
                        admin.describeAcls(AclBindingFilter.ANY).values())));
        all.put(
                "users",
                SecuredCluster.answer(admin.describeUserScramCredentials().all())
                        .keySet());
        all.put(
                "quotas",
                SecuredCluster.answer(
                        admin.describeClientQuotas(ClientQuotaFilter.all()).entities()));
        return all;
    }
}
