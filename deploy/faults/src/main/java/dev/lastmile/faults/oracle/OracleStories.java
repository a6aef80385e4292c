package dev.lastmile.faults.oracle;

import dev.lastmile.faults.oracle.OracleAnswers.Pair;
import dev.lastmile.faults.oracle.OracleInference.Kind;
import dev.lastmile.faults.oracle.OracleStream.Arrival;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Seeded stories of inferences and of what becomes of their truths, one after the other. */
final class OracleStories {

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final Random random;
    private final OracleAnswers answers;
    private final Consumer<Arrival> arrivals;
    private final Map<OracleDeployment, Integer> inputs = new HashMap<>();

    /**
     * @param arrivals takes all records of a story when it is told, in no order; none arrives before the story is due
     */
    OracleStories(long seed, Consumer<Arrival> arrivals) {
        this.random = new Random(seed);
        this.answers = new OracleAnswers(random);
        this.arrivals = arrivals;
    }

    /**
     * The next one.
     *
     * @param dueMs when it begins, epoch milliseconds UTC
     */
    void tell(long dueMs) {
        OracleDeployment policy = OraclePolicies.ALL.get(random.nextInt(OraclePolicies.ALL.size()));
        Pair pair = answers.pairFor(policy);
        boolean isOfWords = policy.metric().equals("word_error_rate");
        int story = random.nextInt(1_000);
        boolean staysSilent = story < 10;
        Kind shape = isOfWords ? Kind.TRANSCRIPT : Kind.LABEL;
        OracleInference inference = new OracleInference(
                policy.customer(),
                policy.deployment(),
                random.nextInt(10) < (dueMs > OracleStream.START_MS + 24 * HOUR_MS ? 8 : 1) ? "v2" : "v1",
                "i-" + inputs.merge(policy, 1, Integer::sum),
                dueMs + random.nextInt(5_000),
                OraclePolicies.attributes(policy, random),
                staysSilent ? null : pair.output(),
                staysSilent ? Kind.NOTHING : shape,
                random.nextInt(4) == 0 ? null : random.nextInt(101) / 100.0,
                random.nextInt(3) == 0 ? null : "s-" + random.nextInt(500));
        // Slow inferences are overtaken by their truths; the others take seconds.
        long lagMs =
                story >= 560 && story < 660 ? between(HOUR_MS / 2, OracleStream.MAX_LAG_MS) : random.nextInt(3_000);
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
                int count = 1 + random.nextInt(OracleStream.MAX_TRUTHS);
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
        arrivals.accept(new Arrival(sent.ownTimeMs() + lagMs, sent));
    }

    private long between(long fromMs, long toMs) {
        return fromMs + (long) (random.nextDouble() * (toMs - fromMs));
    }
}
