package dev.lastmile.faults.fuzz.record;

import dev.lastmile.app.Configuration;
import dev.lastmile.app.SystemGuards;
import dev.lastmile.faults.fuzz.record.World.Watched;
import dev.lastmile.faults.fuzz.run.Allowance;
import dev.lastmile.faults.fuzz.run.Finding;
import dev.lastmile.faults.fuzz.run.Fuzzer;
import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.topology.Admission;
import dev.lastmile.topology.DeadLetter;
import dev.lastmile.topology.EventDecoder;
import dev.lastmile.topology.Intake;
import dev.lastmile.topology.Policies;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import dev.lastmile.topology.serde.AvroEventDecoder;
import dev.lastmile.topology.serde.DeadLetterEvents;
import dev.lastmile.topology.serde.RegistrySchemas;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Records through the monitor's decoder and admission, in process: every one ends in exactly one way, and in the right one. What was
 * accepted is compared field by field.
 */
public final class RecordFuzzer implements Fuzzer {

    private static final long NOON_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final long END_OF_9999_MS = 253_402_300_799_999L;
    private static final Duration SLOW = Duration.ofMillis(50);
    private static final long ALLOCATED_AT_LEAST = 512 << 10;
    private static final long ALLOCATED_A_BYTE = 64;
    private static final int UNKNOWN_IDS = 1_000;

    private static final String POLICIES = """
            kafka: {bootstrap.servers: "127.0.0.1:1"}
            registry: {url: "http://127.0.0.1:1"}
            deployments:
              - {customer: st-marys, deployment: ward-7, metric: word_error_rate, dimensions: [accent, noise]}
              - {customer: st-marys, deployment: fraud desk, metric: false_positive_rate, positiveLabel: fraud}
              - {customer: acme, deployment: prices, metric: absolute_error, limits: {maxAge: P30D}}
              - {customer: "*", deployment: any, metric: error_rate, limits: {maxAge: P3650D}}
            """;

    private static final List<Watched> WATCHED = List.of(
            new Watched("st-marys", "ward-7", "word_error_rate", Duration.ofDays(7)),
            new Watched("st-marys", "fraud desk", "false_positive_rate", Duration.ofDays(7)),
            new Watched("acme", "prices", "absolute_error", Duration.ofDays(30)),
            new Watched(World.ANY, "any", "error_rate", Duration.ofDays(3_650)));

    private final World world;
    private final Judge judge;
    private final RecordMaker maker;
    private final EventDecoder decoder;
    private final Admission admission;
    private final List<SourceTopic> topics;
    private long nanos;

    /** With a registry of its own. */
    public RecordFuzzer() throws IOException {
        this((decoder, world) -> decoder);
    }

    /** Something between the records and the decoder. */
    interface Between {
        EventDecoder of(EventDecoder decoder, World world);
    }

    RecordFuzzer(Between between) throws IOException {
        SystemGuards.apply();
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
        world = World.in(registry, WATCHED);
        judge = new Judge(world);
        maker = new RecordMaker(world, UNKNOWN_IDS);
        decoder = between.of(
                new AvroEventDecoder(new RegistrySchemas(registry, this::later), Judge.MAX_RECORD_BYTES), world);
        admission = new Admission(new Policies(Configuration.parse("policies", POLICIES, Path.of("."), Map.of())
                .deployments()));
        topics = world.topics().stream().map(SourceTopic::of).toList();
    }

    /** The time for which unknown ids are remembered passes between two looks at the clock: each is judged as if it came alone. */
    private long later() {
        nanos += Duration.ofMinutes(2).toNanos();
        return nanos;
    }

    @Override
    public String name() {
        return "record";
    }

    @Override
    public byte[] input(SplittableRandom random) {
        long appendMs =
                switch (random.nextInt(50)) {
                    case 0 -> 0;
                    case 1 -> END_OF_9999_MS;
                    default -> NOON_MS + random.nextInt(1_000_000_000);
                };
        return maker.make(appendMs, random).bytes();
    }

    @Override
    public Allowance allowanceFor(byte[] input) {
        return new Allowance(SLOW, ALLOCATED_AT_LEAST + ALLOCATED_A_BYTE * input.length);
    }

    @Override
    public String tryOut(byte[] input) throws Finding {
        RawRecord record = RawRecord.of(input, topics.size());
        SourceRecord source =
                new SourceRecord(topics.get(record.topic()), 0, 0, record.appendMs(), record.key(), record.value());
        Intake.OfRecord intake = admission.admit(decoder.decode(source));
        return compared(intake, judge.on(record), source);
    }

    private static String compared(Intake.OfRecord intake, Judge.Verdict verdict, SourceRecord source) throws Finding {
        if (intake instanceof Intake.Refused refused) {
            String reason = refused.reason().name();
            boolean mayBe = verdict.open() && reason.equals("WRONG_ANSWER_TYPE");
            if (!reason.equals(verdict.reason()) && !mayBe) {
                throw new Finding("refused as " + reason + ", and should be " + told(verdict));
            }
            requireLetter(refused, source);
            return reason;
        }
        Object event;
        if (intake instanceof Intake.AnInference an) {
            event = an.inference();
        } else if (intake instanceof Intake.ATruth a) {
            event = a.groundTruth();
        } else {
            throw new Finding("is " + intake.getClass().getSimpleName() + ", and should be " + told(verdict));
        }
        if (!event.equals(verdict.event())) {
            throw new Finding("was read as " + event + ", and should be " + told(verdict));
        }
        return event.getClass().getSimpleName();
    }

    private static String told(Judge.Verdict verdict) {
        return verdict.reason() == null ? String.valueOf(verdict.event()) : Objects.requireNonNull(verdict.reason());
    }

    /** The letter names the record and the reason, and holds what it may. */
    private static void requireLetter(Intake.Refused refused, SourceRecord source) throws Finding {
        DeadLetterEvent letter = DeadLetterEvents.of(
                new DeadLetter(refused.reason(), source, refused.deployment(), refused.inferenceId()));
        byte[] value = source.value();
        boolean right = letter.getReason().name().equals(refused.reason().name())
                && letter.getSourceTopic().equals(source.topic().name())
                && letter.getCustomer().equals(source.topic().customer())
                && letter.getPayloadSize() == (value == null ? 0 : value.length)
                && (letter.getPayload() == null)
                        == (value == null || refused.reason().name().equals("TOO_LARGE"));
        if (!right) {
            throw new Finding("the dead letter is wrong: " + letter);
        }
    }
}
