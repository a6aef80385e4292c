package dev.lastmile.faults.fuzz.record;

import dev.lastmile.schema.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What there is: topics of customers, deployments that are watched, and schema ids with what is to become of them on each topic. */
public final class World {

    /** Every customer, or every deployment. */
    static final String ANY = "*";

    private final List<String> topics = new ArrayList<>();
    private final List<Watched> watched;
    private final Map<Use, Fate> fates = new HashMap<>();
    private final List<Integer> ids = new ArrayList<>();
    private final Map<String, List<Integer>> usableIds = new HashMap<>();

    /**
     * An entry of the policies, the first that fits counts.
     *
     * @param customer or {@code *}
     * @param deployment or {@code *}
     * @param metric by its name in the configuration
     * @param maxAge of an event
     */
    public record Watched(String customer, String deployment, String metric, Duration maxAge) {

        boolean fits(String itsCustomer, String itsDeployment) {
            return (customer.equals(ANY) || customer.equals(itsCustomer))
                    && (deployment.equals(ANY) || deployment.equals(itsDeployment));
        }
    }

    private record Use(String topic, int id) {}

    /**
     * What is to become of records of a schema.
     *
     * @param refusal the reason code where they are refused
     * @param writer the schema
     */
    record Fate(@Nullable String refusal, Schema writer) {}

    private World(List<Watched> watched) {
        this.watched = List.copyOf(watched);
        TreeSet<String> customers = new TreeSet<>();
        watched.forEach(one -> customers.add(one.customer()));
        customers.remove(ANY);
        for (String customer : customers) {
            topics.add(Topics.inferences(customer));
            topics.add(Topics.groundTruth(customer));
        }
    }

    /** One whose schemas are now in that registry, which must take schemas that are not compatible with one another. */
    public static World in(SchemaRegistryClient registry, List<Watched> watched) throws IOException {
        World world = new World(watched);
        try {
            for (String topic : world.topics) {
                boolean isInferences = Topics.ALL_INFERENCES.matcher(topic).matches();
                for (Schema writer : (isInferences ? Writers.ofInferences() : Writers.ofTruths()).values()) {
                    world.add(registry, topic, new Fate(null, writer));
                }
                world.add(registry, topic, new Fate("SCHEMA_INCOMPATIBLE", Writers.incompatible()));
                world.add(registry, topic, new Fate("SCHEMA_REJECTED", Writers.recursive()));
            }
        } catch (RestClientException e) {
            throw new IOException("the registry refuses a schema", e);
        }
        return world;
    }

    private void add(SchemaRegistryClient registry, String topic, Fate fate) throws IOException, RestClientException {
        int id = registry.register(Topics.valueSubject(topic), new AvroSchema(fate.writer()));
        fates.put(new Use(topic, id), fate);
        if (!ids.contains(id)) {
            ids.add(id);
        }
        if (fate.refusal() == null) {
            usableIds.computeIfAbsent(topic, any -> new ArrayList<>()).add(id);
        }
    }

    /** All that customers write to. */
    public List<String> topics() {
        return List.copyOf(topics);
    }

    List<Watched> watched() {
        return watched;
    }

    /** All that are registered for any topic. */
    List<Integer> ids() {
        return ids;
    }

    /** The ids of those that a topic's records can be read with. */
    List<Integer> usableIds(String topic) {
        return usableIds.getOrDefault(topic, List.of());
    }

    /** The schema of an id that a topic's records can be read with. */
    Schema usable(String topic, int id) {
        Fate fate = fates.get(new Use(topic, id));
        if (fate == null) {
            throw new IllegalArgumentException("not of " + topic + ": " + id);
        }
        return fate.writer();
    }

    /** What is to become of a topic's records of that id. */
    Fate fateOf(String topic, int id) {
        Fate fate = fates.get(new Use(topic, id));
        if (fate != null) {
            return fate;
        }
        return new Fate(ids.contains(id) ? "SCHEMA_NOT_FOR_TOPIC" : "UNKNOWN_SCHEMA", Writers.incompatible());
    }
}
