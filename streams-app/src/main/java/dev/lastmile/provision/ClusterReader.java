package dev.lastmile.provision;

import dev.lastmile.schema.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;

/** Looks at a cluster, changing nothing. */
public final class ClusterReader {

    private final Admin admin;
    private final Installation installation;

    /** A reader with this client, which stays the caller's. */
    public ClusterReader(Admin admin, Installation installation) {
        this.admin = admin;
        this.installation = installation;
    }

    /**
     * What the cluster holds.
     *
     * @throws org.apache.kafka.common.KafkaException in one line, if it refuses or does not answer
     */
    public Found read() {
        return new Found(topics(), rights(), credentials(), quotas());
    }

    private Map<String, Found.Topic> topics() {
        List<String> names = Answer.of("the topics' names", admin.listTopics().names()).stream()
                .filter(this::isOurs)
                .toList();
        Map<String, TopicDescription> descriptions =
                Answer.of("the topics", admin.describeTopics(names).allTopicNames());
        Map<String, Map<String, String>> settings = settings(names);
        Map<String, Found.Topic> topics = new HashMap<>();
        descriptions.forEach((name, description) -> topics.put(
                name, new Found.Topic(description.partitions().size(), settings.getOrDefault(name, Map.of()))));
        return topics;
    }

    private boolean isOurs(String topic) {
        return Topics.customerOf(topic).isPresent() || topic.equals(installation.commandsTopic());
    }

    private Map<String, Map<String, String>> settings(List<String> topics) {
        List<ConfigResource> resources = new ArrayList<>();
        topics.forEach(topic -> resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic)));
        Map<ConfigResource, Config> configs = Answer.of(
                "the topics' settings", admin.describeConfigs(resources).all());
        Map<String, Map<String, String>> settings = new HashMap<>();
        configs.forEach((resource, config) -> {
            Map<String, String> values = new HashMap<>();
            config.entries().forEach(entry -> {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            });
            settings.put(resource.name(), values);
        });
        return settings;
    }

    private List<AclBinding> rights() {
        Collection<AclBinding> rights =
                Answer.of("the rights", admin.describeAcls(AclBindingFilter.ANY).values());
        return rights.stream().sorted(ClusterReader::byText).toList();
    }

    /** The cluster gives them in no particular order. */
    private static int byText(AclBinding one, AclBinding other) {
        return Wording.of(one).compareTo(Wording.of(other));
    }

    private Map<String, Set<ScramMechanism>> credentials() {
        Map<String, Set<ScramMechanism>> credentials = new HashMap<>();
        Answer.of("the users", admin.describeUserScramCredentials().all()).forEach((user, description) -> {
            Set<ScramMechanism> mechanisms = EnumSet.noneOf(ScramMechanism.class);
            description.credentialInfos().forEach(info -> mechanisms.add(info.mechanism()));
            credentials.put(user, mechanisms);
        });
        return credentials;
    }

    private Map<String, Map<String, Double>> quotas() {
        ClientQuotaFilter ofUsers = ClientQuotaFilter.containsOnly(
                List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER)));
        Map<String, Map<String, Double>> quotas = new HashMap<>();
        Answer.of("the quotas", admin.describeClientQuotas(ofUsers).entities()).forEach((entity, values) -> {
            // No name is the limit of all users who have none of their own.
            String user = entity.entries().get(ClientQuotaEntity.USER);
            if (user != null) {
                quotas.put(user, values);
            }
        });
        return quotas;
    }
}
