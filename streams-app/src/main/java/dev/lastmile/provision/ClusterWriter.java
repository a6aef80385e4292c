package dev.lastmile.provision;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/**
 * Changes a cluster, one thing at a time. Each method returns when the cluster has agreed, and throws {@link
 * org.apache.kafka.common.KafkaException} with one line if it refuses or does not answer.
 */
public final class ClusterWriter {

    /** How users prove who they are. */
    static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_512;

    /** What guessing a stolen verifier costs; 4,096 is Kafka's least, 16,384 its most. */
    private static final int ITERATIONS = 8_192;

    private final Admin admin;
    private final short replicationFactor;
    private final @Nullable Password password;

    /**
     * A writer with this client, which stays the caller's.
     *
     * @param replicationFactor copies of each topic, or -1 for the broker's default
     * @param password for the user that is made; null if none is
     */
    public ClusterWriter(Admin admin, short replicationFactor, @Nullable Password password) {
        this.admin = admin;
        this.replicationFactor = replicationFactor;
        this.password = password;
    }

    void makeTopic(TopicSpecification topic, int partitions) {
        NewTopic made = new NewTopic(topic.name(), partitions, replicationFactor).configs(topic.settings());
        Answer.of("topic " + topic.name(), admin.createTopics(List.of(made)).all());
    }

    void changeSetting(String topic, String key, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
        Answer.of(
                "settings of topic " + topic,
                admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
    }

    void setQuota(Account account, Quota quota, double value) {
        ClientQuotaEntity user = new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, account.name()));
        ClientQuotaAlteration set =
                new ClientQuotaAlteration(user, List.of(new ClientQuotaAlteration.Op(quota.key(), value)));
        Answer.of(
                "quota of user " + account.name(),
                admin.alterClientQuotas(List.of(set)).all());
    }

    void allow(Right right) {
        Answer.of("right: " + right, admin.createAcls(List.of(right.binding())).all());
    }

    void setPassword(Account account) {
        if (password == null) {
            throw new IllegalStateException("no password was given for user " + account.name());
        }
        UserScramCredentialUpsertion credential = new UserScramCredentialUpsertion(
                account.name(), new ScramCredentialInfo(MECHANISM, ITERATIONS), password.bytes());
        Answer.of(
                "user " + account.name(),
                admin.alterUserScramCredentials(List.of(credential)).all());
    }
}
