package dev.lastmile.topology.serde;

import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SchemaSource;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/**
 * Writer schemas from a Confluent registry. An id is judged once a topic: it must exist, be registered under the topic's
 * own subject, have a safe shape and be readable by our contract.
 *
 * <p>Only the registry's own "not found" makes an id unknown; any other failure means that nobody can tell, and the record
 * waits. "Unknown" is remembered for a short while, so that a flood of bad ids is not a flood of look-ups.
 *
 * <p>Look-ups are made by threads of their own, since a registry that says nothing takes seconds for each. Whoever needs an
 * answer waits for it only as long as the registry is quick: else the record does, in its store.
 */
public final class RegistrySchemas implements SchemaSource {

    private static final int HTTP_NOT_FOUND = 404;
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);

    /** Beyond this many remembered answers some are forgotten: ids are 32 bits of a stranger's choice. */
    private static final int MAX_REMEMBERED = 10_000;

    /** Usable schemas are remembered with their texts, of which so many characters are kept: some ten bytes of heap each. */
    private static final long MAX_KEPT_CHARACTERS = 4 << 20;

    private record Use(int schemaId, String topic) {}

    private record Answer(Resolution resolution, long untilNanos) {}

    /** For good, of one topic. Mutable. */
    private static final class Judged {
        private final Map<Integer, Resolution> byId = new ConcurrentHashMap<>();
        private long characters;
    }

    private final SchemaRegistryClient registry;
    private final LongSupplier nanoTime;
    private final Executor threads;
    private final Map<String, Judged> judged = new ConcurrentHashMap<>();
    private final Map<Use, Answer> passing = new ConcurrentHashMap<>();
    private final LookUpPace pace = new LookUpPace();
    private final RegistryState state = new RegistryState();
    private final LookUpPatience patience = new LookUpPatience();

    /** Of all topics together. */
    private long kept;

    private long keptCharacters;

    /**
     * Whoever asks looks up.
     *
     * @param registry the genuine client, or one of its kind
     * @param nanoTime a clock that only goes forward, as {@link System#nanoTime()}
     */
    public RegistrySchemas(SchemaRegistryClient registry, LongSupplier nanoTime) {
        this(registry, nanoTime, Runnable::run);
    }

    /**
     * Others look up.
     *
     * @param threads which do; of each topic they get one look-up at a time
     */
    public RegistrySchemas(SchemaRegistryClient registry, LongSupplier nanoTime, Executor threads) {
        this.registry = registry;
        this.nanoTime = nanoTime;
        this.threads = threads;
    }

    @Override
    public Resolution resolve(int schemaId, String topic, Schema reader) {
        return resolve(new Use(schemaId, topic), reader, true);
    }

    @Override
    public Resolution resolveAtOnce(int schemaId, String topic, Schema reader) {
        return resolve(new Use(schemaId, topic), reader, false);
    }

    private Resolution resolve(Use use, Schema reader, boolean mayWait) {
        Judged ofTopic = judged.get(use.topic());
        Resolution known = ofTopic == null ? null : ofTopic.byId.get(use.schemaId());
        if (known != null) {
            return known;
        }
        Answer recent = passing.get(use);
        if (recent != null && nanoTime.getAsLong() - recent.untilNanos() < 0) {
            return recent.resolution();
        }
        return switch (pace.take(use.topic(), nanoTime.getAsLong())) {
            case ITS_OWN -> ask(use, reader, mayWait);
            case LATER -> new Resolution.Throttled();
            case NOBODY_KNOWS -> new Resolution.Unavailable();
        };
    }

    private Resolution ask(Use use, Schema reader, boolean mayWait) {
        CompletableFuture<Resolution> answer = new CompletableFuture<>();
        threads.execute(() -> lookUp(use, reader, answer));
        long started = nanoTime.getAsLong();
        if (answer.isDone() || !mayWait || !patience.isAny(started)) {
            return answer.getNow(new Resolution.Unavailable());
        }
        boolean isThere = false;
        try {
            Resolution resolution = answer.get(LookUpPatience.MOST.toMillis(), TimeUnit.MILLISECONDS);
            isThere = true;
            return resolution;
        } catch (TimeoutException e) {
            // Then the record waits.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look-up has no exceptions", e);
        } finally {
            patience.waited(started, nanoTime.getAsLong(), isThere);
        }
        return new Resolution.Unavailable();
    }

    /** Ends with an answer and the topic's turn given back, whatever happens: else its records would wait for ever. */
    private void lookUp(Use use, Schema reader, CompletableFuture<Resolution> answer) {
        long asked = nanoTime.getAsLong();
        Resolution resolution = new Resolution.Unavailable();
        try {
            resolution = ask(use, reader);
        } finally {
            long now = nanoTime.getAsLong();
            patience.answered(asked, now);
            if (resolution instanceof Resolution.Usable) {
                pace.spent(use.topic(), now);
            } else if (resolution instanceof Resolution.Refused) {
                pace.wasted(use.topic(), now);
            } else {
                pace.failed(use.topic(), now);
            }
            answer.complete(resolution);
        }
    }

    private Resolution ask(Use use, Schema reader) {
        try {
            Resolution resolution = judge(use, reader);
            state.answered();
            return remember(use, resolution);
        } catch (RestClientException e) {
            if (saysNotFound(e)) {
                state.answered();
                return remember(use, new Resolution.Refused(RefusalReason.UNKNOWN_SCHEMA));
            }
            return unavailable(use, "status " + e.getStatus());
        } catch (IOException e) {
            if (saysUnreadable(e)) {
                state.answered();
                return remember(use, new Resolution.Refused(RefusalReason.SCHEMA_REJECTED));
            }
            return unavailable(use, e.getClass().getSimpleName());
        }
    }

    private Resolution unavailable(Use use, String why) {
        state.failed(use.topic(), use.schemaId(), why, nanoTime.getAsLong());
        return new Resolution.Unavailable();
    }

    private Resolution remember(Use use, Resolution resolution) {
        if (isForGood(resolution)) {
            judgedForGood(use, resolution);
        } else {
            if (passing.size() >= MAX_REMEMBERED) {
                passing.clear();
            }
            passing.put(use, new Answer(resolution, after(UNKNOWN_FOR)));
        }
        return resolution;
    }

    private synchronized void judgedForGood(Use use, Resolution resolution) {
        Judged ofTopic = judged.computeIfAbsent(use.topic(), any -> new Judged());
        if (ofTopic.byId.put(use.schemaId(), resolution) == null) {
            kept++;
            long characters = resolution instanceof Resolution.Usable usable
                    ? usable.writer().toString().length()
                    : 0;
            keptCharacters += characters;
            ofTopic.characters += characters;
        }
        if (kept > MAX_REMEMBERED || keptCharacters > MAX_KEPT_CHARACTERS) {
            forgetTheMost();
        }
    }

    /** Of the topic that has most of what there is too much of; whoever has few keeps them, for when the registry is away. */
    private void forgetTheMost() {
        ToLongFunction<Judged> much = kept > MAX_REMEMBERED ? its -> its.byId.size() : its -> its.characters;
        judged.entrySet().stream()
                .max(Comparator.comparingLong(entry -> much.applyAsLong(entry.getValue())))
                .map(Map.Entry::getKey)
                .map(judged::remove)
                .ifPresent(gone -> {
                    kept -= gone.byId.size();
                    keptCharacters -= gone.characters;
                });
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
        boolean tooLong = false;
        Schema writer = null;
        try {
            writer = writer(use.schemaId());
        } catch (IOException e) {
            if (!isTooLong(e)) {
                throw e;
            }
            tooLong = true;
        }
        if (!subjects(use.schemaId()).contains(use.topic() + "-value")) {
            return new Resolution.Refused(RefusalReason.SCHEMA_NOT_FOR_TOPIC);
        }
        if (tooLong) {
            writer = onceMore(use.schemaId());
        }
        if (writer == null || !SchemaShape.isSafe(writer)) {
            return new Resolution.Refused(RefusalReason.SCHEMA_REJECTED);
        }
        SchemaCompatibilityType compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getType();
        return compatibility == SchemaCompatibilityType.COMPATIBLE
                ? new Resolution.Usable(writer)
                : new Resolution.Refused(RefusalReason.SCHEMA_INCOMPATIBLE);
    }

    /** Absent where it is none that could be accepted. */
    private @Nullable Schema writer(int schemaId) throws IOException, RestClientException {
        try {
            return registry.getSchemaById(schemaId).rawSchema() instanceof Schema avro ? avro : null;
        } catch (NullPointerException e) {
            throw new IOException("an answer that holds no schema", e);
        } catch (StackOverflowError | RuntimeException e) {
            // A registry that fails to answer is a checked exception. What is left: the answer is no Avro schema, or
            // parsing it was too much. Its text is a stranger's, and the client wraps what it throws in classes of its
            // own.
            return null;
        }
    }

    /**
     * Of one that was too long: that may be its text, or the registry was out of its mind. It has answered another question well since, so
     * what is too long again is the text; it would make its topic wait for ever.
     */
    private @Nullable Schema onceMore(int schemaId) throws IOException, RestClientException {
        try {
            return writer(schemaId);
        } catch (IOException e) {
            if (isTooLong(e)) {
                return null;
            }
            throw e;
        }
    }

    private static boolean isTooLong(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AnswerTooLongException) {
                return true;
            }
        }
        return false;
    }

    private Collection<String> subjects(int schemaId) throws IOException, RestClientException {
        Collection<String> subjects = registry.getAllSubjectsById(schemaId);
        if (subjects == null) {
            throw new IOException("an answer that holds no subjects");
        }
        return subjects;
    }

    private long after(Duration time) {
        return nanoTime.getAsLong() + time.toNanos();
    }
}
