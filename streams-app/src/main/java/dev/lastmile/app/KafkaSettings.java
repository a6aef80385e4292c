package dev.lastmile.app;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of Kafka Streams and its clients, passed on as they are but for those that the monitor's promises rest on.
 *
 * @param properties by Kafka's own names, with {@value StreamsConfig#BOOTSTRAP_SERVERS_CONFIG}
 */
public record KafkaSettings(Map<String, String> properties) {

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");
    private static final List<String> PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            StreamsConfig.TOPIC_PREFIX);
    private static final List<ConfigDef> DEFINITIONS = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    /** What may not be set, and why. */
    private static final Map<String, String> OWNED = owned();

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    private static Map<String, String> owned() {
        String exactlyOnce =
                "is decided by the monitor: statistics are exact because records are processed exactly once";
        String bytes = "is decided by the monitor: it reads and writes bytes and checks them itself";
        String faults = "is decided by the monitor: every record is counted, and none is skipped silently";
        Map<String, String> owned = new TreeMap<>();
        owned.put("application.id", "is set by applicationId");
        owned.put("group.id", "is set by applicationId");
        owned.put("state.dir", "is set by state.directory");
        owned.put("num.stream.threads", "is set by state.threads");
        owned.put("rocksdb.config.setter", "is decided by the monitor: memory is bounded by state.memory");
        owned.put("replication.factor", "is set by topics.replicationFactor");
        owned.put("processing.guarantee", exactlyOnce);
        owned.put("isolation.level", exactlyOnce);
        owned.put("enable.auto.commit", exactlyOnce);
        owned.put("enable.idempotence", exactlyOnce);
        owned.put("transactional.id", exactlyOnce);
        owned.put("acks", exactlyOnce);
        owned.put("auto.offset.reset", "is decided by the monitor: a new customer's topics are read from their start");
        owned.put("topology.optimization", "is decided by the monitor: it names what stands in the broker");
        owned.put("default.timestamp.extractor", "is decided by the monitor: time is the event's own");
        for (String key : List.of(
                "default.key.serde",
                "default.value.serde",
                "key.serializer",
                "value.serializer",
                "key.deserializer",
                "value.deserializer")) {
            owned.put(key, bytes);
        }
        for (String key : List.of(
                "deserialization.exception.handler",
                "default.deserialization.exception.handler",
                "production.exception.handler",
                "default.production.exception.handler",
                "processing.exception.handler",
                "errors.dead.letter.queue.topic.name")) {
            owned.put(key, faults);
        }
        return owned;
    }

    /**
     * Whether an instance keeps its place in the group over a restart: {@code group.instance.id} names it. The others leave it
     * when they stop.
     */
    boolean keepsItsPlace() {
        return properties.keySet().stream()
                .anyMatch(key -> withoutPrefix(key).equals(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    }

    /** Reads the {@code kafka} section. */
    static KafkaSettings of(Section section) {
        Map<String, String> properties = section.settings();
        properties.forEach((key, value) -> check(section, key, value));
        String servers = section.text(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
        for (String address : servers.split(",", -1)) {
            if (!ADDRESS.matcher(address.strip()).matches() || portOf(address.strip()) > 65_535) {
                throw section.problem(
                        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "must be host:port, more separated by commas: " + servers);
            }
        }
        return new KafkaSettings(properties);
    }

    private static void check(Section section, String key, String value) {
        String name = withoutPrefix(key);
        String owner = OWNED.get(name);
        if (owner != null) {
            throw section.problem(key, owner);
        }
        ConfigDef.ConfigKey definition = definitionOf(name);
        if (definition == null) {
            if (key.startsWith(StreamsConfig.TOPIC_PREFIX) && isTopicSetting(name)) {
                return;
            }
            throw section.problem(key, "is no setting of Kafka Streams " + "or its clients");
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, definition.type);
            if (definition.validator != null) {
                definition.validator.ensureValid(name, parsed);
            }
        } catch (ConfigException e) {
            // Kafka's message ends in the value, which may be a secret.
            throw section.problem(
                    key, "must be " + (definition.validator == null ? definition.type : definition.validator));
        }
    }

    private static ConfigDef.@org.jspecify.annotations.Nullable ConfigKey definitionOf(String name) {
        for (ConfigDef definition : DEFINITIONS) {
            ConfigDef.ConfigKey key = definition.configKeys().get(name);
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    private static boolean isTopicSetting(String name) {
        return List.of(
                        TopicConfig.SEGMENT_BYTES_CONFIG,
                        TopicConfig.SEGMENT_MS_CONFIG,
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG,
                        TopicConfig.COMPRESSION_TYPE_CONFIG,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .contains(name);
    }

    private static String withoutPrefix(String key) {
        for (String prefix : PREFIXES) {
            if (key.startsWith(prefix)) {
                return key.substring(prefix.length());
            }
        }
        return key;
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Where the brokers are, as it was written. */
    String bootstrapServers() {
        return properties.getOrDefault(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Whether the value of this setting is a secret, by what Kafka says of it and by its name. */
    static boolean isSecret(String key) {
        ConfigDef.ConfigKey definition = definitionOf(withoutPrefix(key));
        return (definition != null && definition.type == ConfigDef.Type.PASSWORD) || Secrets.isSecretName(key);
    }
}
