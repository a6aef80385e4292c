package dev.lastmile.topology.serde;

import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writer schemas from a Confluent registry. An id is judged once a topic: it must exist, be registered under the topic's
 * own subject, have a safe shape and be readable by our contract.
 *
 * <p>Only the registry's own "not found" makes an id unknown; any other failure means that nobody can tell, and the record
 * waits. Both answers are remembered for a short while, so that a flood of bad ids is not a flood of look-ups.
 */
public final class RegistrySchemas implements SchemaSource {

    private static final Logger log = LoggerFactory.getLogger(RegistrySchemas.class);

    private static final int HTTP_NOT_FOUND = 404;
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(1);

    /** A registry that fails only after so long is not asked for another id at once, whoever uses it. */
    private static final Duration SLOW = Duration.ofMillis(500);

    /** Beyond this many remembered answers the oldest kind is forgotten: ids are 32 bits of a stranger's choice. */
    private static final int MAX_REMEMBERED = 10_000;

    /** Usable schemas are remembered with their texts, of which so many characters are kept: some ten bytes of heap each. */
    private static final long MAX_KEPT_CHARACTERS = 4 << 20;

    private record Use(int schemaId, String topic) {}

    private record Answer(Resolution resolution, long untilNanos) {}

    private final SchemaRegistryClient registry;
    private final LongSupplier nanoTime;
    private final Map<Use, Resolution> judged = new ConcurrentHashMap<>();
    private final Map<Use, Answer> passing = new ConcurrentHashMap<>();
    private final LookUpPace pace = new LookUpPace();
    private volatile @Nullable Answer silence;
    private long keptCharacters;

    /**
     * @param registry the genuine client, or one of its kind
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime()}
     */
    public RegistrySchemas(SchemaRegistryClient registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    @Override
    public Resolution resolve(int schemaId, String topic, Schema reader) {
        Use use = new Use(schemaId, topic);
        Resolution known = judged.get(use);
        if (known != null) {
            return known;
        }
        Answer recent = passing.get(use);
        if (recent != null && nanoTime.getAsLong() - recent.untilNanos() < 0) {
            return recent.resolution();
        }
        // A registry that does not answer costs a time-out for each id that it is asked for.
        Answer silent = silence;
        if (silent != null && nanoTime.getAsLong() - silent.untilNanos() < 0) {
            return silent.resolution();
        }
        return pace.mayAsk(topic, nanoTime.getAsLong()) ? lookUp(use, reader) : new Resolution.Throttled();
    }

    private Resolution lookUp(Use use, Schema reader) {
        Resolution resolution = ask(use, reader);
        if (resolution instanceof Resolution.Usable) {
            pace.spent(use.topic(), nanoTime.getAsLong());
        } else if (resolution instanceof Resolution.Refused) {
            pace.wasted(use.topic(), nanoTime.getAsLong());
        }
        return resolution;
    }

    private Resolution ask(Use use, Schema reader) {
        long asked = nanoTime.getAsLong();
        try {
            Resolution resolution = judge(use, reader);
            if (!isForGood(resolution)) {
                return remember(use, resolution, UNKNOWN_FOR);
            }
            judgedForGood(use, resolution);
            return resolution;
        } catch (RestClientException e) {
            if (saysNotFound(e)) {
                return remember(use, new Resolution.Refused(RefusalReason.UNKNOWN_SCHEMA), UNKNOWN_FOR);
            }
            return unavailable(use, "status " + e.getStatus());
        } catch (IOException e) {
            if (saysUnreadable(e)) {
                return remember(use, new Resolution.Refused(RefusalReason.SCHEMA_REJECTED), UNKNOWN_FOR);
            }
            if (nanoTime.getAsLong() - asked >= SLOW.toNanos()) {
                silence = new Answer(new Resolution.Unavailable(), after(UNAVAILABLE_FOR));
            }
            return unavailable(use, e.getClass().getSimpleName());
        }
    }

    private synchronized void judgedForGood(Use use, Resolution resolution) {
        if (resolution instanceof Resolution.Usable usable) {
            keptCharacters += usable.writer().toString().length();
        }
        if (judged.size() >= MAX_REMEMBERED || keptCharacters > MAX_KEPT_CHARACTERS) {
            judged.clear();
            keptCharacters = 0;
        }
        judged.put(use, resolution);
    }

    /** A schema may be registered for another subject later, and a registry may learn to tell what it could not. */
    private static boolean isForGood(Resolution resolution) {
        return resolution instanceof Resolution.Usable
                || (resolution instanceof Resolution.Refused refused
                        && refused.reason() == RefusalReason.SCHEMA_INCOMPATIBLE);
    }

    /** A proxy's page of status 404 is not the registry's word, whose own codes start with the status. */
    private static boolean saysNotFound(RestClientException e) {
        boolean isOwnCode = e.getErrorCode() == HTTP_NOT_FOUND || e.getErrorCode() / 100 == HTTP_NOT_FOUND;
        return e.getStatus() == HTTP_NOT_FOUND && isOwnCode;
    }

    /** The client has one exception for a registry that is away and for a text that is no schema: only the words differ. */
    private static boolean saysUnreadable(IOException e) {
        String message = e.getMessage();
        return e.getClass() == IOException.class && message != null && message.startsWith("Invalid schema");
    }

    private Resolution judge(Use use, Schema reader) throws IOException, RestClientException {
        Schema writer;
        try {
            ParsedSchema parsed = registry.getSchemaById(use.schemaId());
            if (!(parsed.rawSchema() instanceof Schema avro)) {
                return new Resolution.Refused(RefusalReason.SCHEMA_REJECTED);
            }
            writer = avro;
        } catch (StackOverflowError | RuntimeException e) {
            // A registry that fails to answer is a checked exception. What is left: the answer is no Avro schema, or
            // parsing it was too much. Its text is a stranger's, and the client wraps what it throws in classes of its
            // own.
            return new Resolution.Refused(RefusalReason.SCHEMA_REJECTED);
        }
        Collection<String> subjects = registry.getAllSubjectsById(use.schemaId());
        if (!subjects.contains(use.topic() + "-value")) {
            return new Resolution.Refused(RefusalReason.SCHEMA_NOT_FOR_TOPIC);
        }
        if (!SchemaShape.isSafe(writer)) {
            return new Resolution.Refused(RefusalReason.SCHEMA_REJECTED);
        }
        SchemaCompatibilityType compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
        return compatibility == SchemaCompatibilityType.COMPATIBLE
                ? new Resolution.Usable(writer)
                : new Resolution.Refused(RefusalReason.SCHEMA_INCOMPATIBLE);
    }

    private Resolution unavailable(Use use, String why) {
        log.warn(
                "Schema registry cannot be asked, records wait: schemaId={} topic={} why={}",
                use.schemaId(),
                use.topic(),
                why);
        return remember(use, new Resolution.Unavailable(), UNAVAILABLE_FOR);
    }

    private Resolution remember(Use use, Resolution resolution, Duration time) {
        if (passing.size() >= MAX_REMEMBERED) {
            passing.clear();
        }
        passing.put(use, new Answer(resolution, after(time)));
        return resolution;
    }

    private long after(Duration time) {
        return nanoTime.getAsLong() + time.toNanos();
    }
}
