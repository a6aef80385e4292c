package dev.lastmile.faults.oracle;

import dev.lastmile.faults.oracle.OracleAnswers.Pair;
import dev.lastmile.faults.oracle.OracleInference.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A seeded stream with everything that may happen to a truth: early, late, missing, twice, in conflict, corrected, of an
 * older revision, without an inference. Three customers, five deployments that use the same inference ids, two model
 * versions. The same seed and size give the same stream.
 *
 * <p>What a monitor may rely on: a record arrives at most {@link #MAX_LAG_MS} after its own time and never before it, so a
 * truth arrives at most {@code 1.5·horizon + MAX_LAG_MS} after its inference occurred. At most {@value #MAX_TRUTHS} truths
 * share an id. A transcript may be empty text, as output and as truth.
 */
public final class OracleStream {

    /** When the first inference occurs, epoch milliseconds UTC: a Monday, on no bucket's edge. */
    public static final long START_MS = Instant.parse("2026-01-05T09:20:00Z").toEpochMilli();

    /** The longest way from a record's own time to its arrival, milliseconds. */
    public static final long MAX_LAG_MS = Duration.ofMinutes(90).toMillis();

    /** The most truths of one inference. */
    public static final int MAX_TRUTHS = 5;

    private static final long SPACING_MS = 2_500;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    /**
     * One record on its way.
     *
     * @param arrivalMs when it arrives, epoch milliseconds UTC; not before its own time
     */
    public record Arrival(long arrivalMs, OracleRecord sent) {}

    private final Random random;
    private final OracleAnswers answers;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<OracleDeployment, Integer> inputs = new HashMap<>();

    private OracleStream(long seed) {
        this.random = new Random(seed);
        this.answers = new OracleAnswers(random);
    }

    /** A stream of exactly so many records. */
    public static OracleStream of(long seed, int records) {
        OracleStream stream = new OracleStream(seed);
        for (int n = 0; stream.arrivals.size() < records; n++) {
            stream.addInput(START_MS + n * SPACING_MS);
        }
        // A stable sort: what arrives in the same millisecond keeps the order in which it was sent.
        stream.arrivals.sort(Comparator.comparingLong(Arrival::arrivalMs));
        stream.arrivals.subList(records, stream.arrivals.size()).clear();
        return stream;
    }

    /** What is measured of the five deployments. */
    public static List<OracleDeployment> policies() {
        return OraclePolicies.ALL;
    }

    /** Whose deployments they are. */
    public static Set<String> customers() {
        Set<String> customers = new TreeSet<>();
        policies().forEach(policy -> customers.add(policy.customer()));
        return customers;
    }

    /** All records in order of arrival. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** The inferences in order of arrival. */
    public List<OracleInference> inferences() {
        return sent(OracleInference.class);
    }

    /** The truths in order of arrival. */
    public List<OracleTruth> truths() {
        return sent(OracleTruth.class);
    }

    private <T extends OracleRecord> List<T> sent(Class<T> kind) {
        return arrivals.stream()
                .map(Arrival::sent)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private void addInput(long dueMs) {
        OracleDeployment policy = OraclePolicies.ALL.get(random.nextInt(OraclePolicies.ALL.size()));
        Pair pair = answers.pairFor(policy);
        boolean isOfWords = policy.metric().equals("word_error_rate");
        int story = random.nextInt(1_000);
        boolean staysSilent = story < 10;
        Kind shape = isOfWords ? Kind.TRANSCRIPT : Kind.LABEL;
        OracleInference inference = new OracleInference(
                policy.customer(),
                policy.deployment(),
                random.nextInt(10) < (dueMs > START_MS + 24 * HOUR_MS ? 8 : 1) ? "v2" : "v1",
                "i-" + inputs.merge(policy, 1, Integer::sum),
                dueMs + random.nextInt(5_000),
                OraclePolicies.attributes(policy, random),
                staysSilent ? null : pair.output(),
                staysSilent ? Kind.NOTHING : shape,
                random.nextInt(4) == 0 ? null : random.nextInt(101) / 100.0,
                random.nextInt(3) == 0 ? null : "s-" + random.nextInt(500));
        // Slow inferences are overtaken by their truths; the others take seconds.
        long lagMs = story >= 560 && story < 660 ? between(HOUR_MS / 2, MAX_LAG_MS) : random.nextInt(3_000);
        boolean isLost = story >= 980;
        if (!isLost) {
            add(inference, lagMs);
            sendAgain(inference);
        }
        new Truths(policy, inference, pair.truth()).tell(story);
    }

    /** What becomes of one inference's truth, by a number in [0, 1000). */
    private final class Truths {
        private final OracleInference inference;
        private final String right;
        private final String other;
        private final long horizonMs;

        Truths(OracleDeployment policy, OracleInference inference, String right) {
            this.inference = inference;
            this.right = right;
            this.other = answers.pairFor(policy).truth();
            this.horizonMs = policy.horizonMs();
        }

        void tell(int story) {
            if (story < 120) {
                return; // never known
            }
            if (story < 560) {
                send(inTime(), right, 0);
            } else if (story < 660) {
                long soonMs = between(1_000, HOUR_MS / 4);
                send(soonMs, right, 0);
                if (story >= 620) {
                    send(soonMs + 60_000, story < 640 ? other : right, random.nextInt(3));
                }
            } else if (story < 720) {
                send(tooLate(), right, 0);
            } else if (story < 740) {
                send(horizonMs + random.nextInt(2), right, 0); // the last millisecond in time, or the first too late
            } else if (story < 790) {
                send(inTime(), right, 0);
                send(story < 785 ? inTime() : tooLate(), right, 0);
            } else if (story < 820) {
                send(inTime(), right, 1);
                send(inTime(), other, 1);
            } else if (story < 870) {
                long firstMs = inTime();
                send(firstMs, right, 0);
                send(Math.min(firstMs + HOUR_MS, horizonMs), other, 1 + random.nextInt(3));
            } else if (story < 900) {
                send(inTime(), right, 0);
                send(tooLate(), other, 1);
            } else {
                // Anything: revisions, contents and times at random. Lost inferences are among these.
                int count = 1 + random.nextInt(MAX_TRUTHS);
                for (int i = 0; i < count; i++) {
                    long delayMs = random.nextInt(5) == 0 ? tooLate() : inTime();
                    send(delayMs, random.nextInt(3) == 0 ? other : right, random.nextInt(3));
                }
            }
        }

        private void send(long delayMs, String truth, int revision) {
            long lagMs = random.nextInt(20) == 0 ? between(0, HOUR_MS) : random.nextInt(3_000);
            add(
                    new OracleTruth(
                            inference.customer(),
                            inference.deployment(),
                            inference.inferenceId(),
                            inference.occurredAtMs() + delayMs,
                            truth,
                            revision),
                    lagMs);
        }

        /** Mostly within an hour or two, sometimes as late as may be. */
        private long inTime() {
            return random.nextInt(4) == 0 ? between(1_000, horizonMs) : between(1_000, 2 * HOUR_MS);
        }

        private long tooLate() {
            return horizonMs + 1 + between(0, horizonMs / 2 - 1);
        }
    }

    /** Some inferences come twice; of these some differ in one component. */
    private void sendAgain(OracleInference first) {
        int story = random.nextInt(1_000);
        if (story < 30) {
            add(first, between(3_000, HOUR_MS));
        } else if (story < 54) {
            add(changed(first, story % 6), between(3_000, HOUR_MS));
        }
    }

    private OracleInference changed(OracleInference first, int component) {
        Map<String, String> attributes = new HashMap<>(first.attributes());
        if (component == 0) {
            attributes.merge("undeclared", "changed", String::concat);
        }
        return new OracleInference(
                first.customer(),
                first.deployment(),
                component == 1 ? first.modelVersion() + "-rc" : first.modelVersion(),
                first.inferenceId(),
                component == 2 ? first.occurredAtMs() + 1 : first.occurredAtMs(),
                attributes,
                component == 3 && first.output() != null ? "changed" : first.output(),
                first.kind(),
                component == 4 ? Double.valueOf(0.005) : first.confidence(),
                component == 5 || first.output() == null ? "s-changed" : first.sessionId());
    }

    private void add(OracleRecord sent, long lagMs) {
        arrivals.add(new Arrival(sent.ownTimeMs() + lagMs, sent));
    }

    private long between(long fromMs, long toMs) {
        return fromMs + (long) (random.nextDouble() * (toMs - fromMs));
    }
}
