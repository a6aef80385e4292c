package dev.lastmile.app;

import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.topology.serde.BoundedSchemaProvider;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.SchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What is asked of the schema registry: how to read what customers send, and how what they get is to be called.
 *
 * @param schemas of customers' records
 * @param outputs writes what they get
 */
record Registry(RegistrySchemas schemas, OutputSchemas outputs) {

    /** Schema ids the registry's client remembers, a megabyte each at most: what is decided about them is remembered elsewhere. */
    private static final int MAX_SCHEMAS = 100;

    private static final int TIMEOUT_MS = 5_000;

    /** The client's own three repetitions take up to seven seconds; here whoever has no answer asks again by itself. */
    private static final int MAX_RETRIES = 0;

    /** What is to be sent waits so long for the registry; well below the time after which a silent thread is taken for dead. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So many look-ups at a time, of which each may take seconds; one of each topic. */
    private static final int LOOK_UPS = 4;

    /**
     * Reaches it only when it is asked.
     *
     * @param state a directory, in which ids are remembered
     */
    static Registry of(RegistrySettings settings, Path state) {
        TrustedRecords.trust();
        SchemaRegistryClient client = client(settings);
        Executor threads = settings.isInThisJvm() ? Runnable::run : threads();
        KafkaAvroSerializer serializer = serializer(client, settings);
        return new Registry(
                new RegistrySchemas(client, System::nanoTime, threads),
                new OutputSchemas(
                        serializer,
                        new PatientSerializer(serializer, PATIENCE, System::nanoTime),
                        settings.url(),
                        state.resolve(OutputSchemas.FILE),
                        System::nanoTime));
    }

    private static SchemaRegistryClient client(RegistrySettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("http.connect.timeout.ms", TIMEOUT_MS);
        properties.put("http.read.timeout.ms", TIMEOUT_MS);
        properties.put("max.retries", MAX_RETRIES);
        properties.putAll(settings.properties());
        List<SchemaProvider> providers = List.of(new BoundedSchemaProvider());
        List<String> urls = List.of(settings.url().split(",", -1));
        return settings.isInThisJvm()
                ? SchemaRegistryClientFactory.newClient(urls, MAX_SCHEMAS, providers, properties, Map.of())
                : new CachedSchemaRegistryClient(new RegistryHttp(urls), MAX_SCHEMAS, providers, properties, Map.of());
    }

    private static Executor threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(LOOK_UPS, LOOK_UPS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "schema-look-up");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static KafkaAvroSerializer serializer(SchemaRegistryClient client, RegistrySettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.properties());
        properties.put("schema.registry.url", settings.url());
        // Subjects hold the contracts as they stand in the schemas module, without hints for Java's string type.
        properties.put("avro.remove.java.properties", true);
        KafkaAvroSerializer serializer = new KafkaAvroSerializer(client);
        serializer.configure(properties, false);
        return serializer;
    }
}
