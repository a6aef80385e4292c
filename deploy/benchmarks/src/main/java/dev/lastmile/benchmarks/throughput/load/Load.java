package dev.lastmile.benchmarks.throughput.load;

import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The events of a run, the same each time: twenty deployments of one customer, of which the first has most of the traffic, and
 * four dimensions. Inferences are evenly spread over a day.
 *
 * @param pattern when ground truths come
 * @param inferences how many; 95 % of them get a ground truth
 * @param startMs when the day begins, epoch milliseconds
 * @param seed of all that is drawn
 */
public record Load(Pattern pattern, int inferences, long startMs, long seed) {

    public static final String CUSTOMER = "bench";
    static final int DEPLOYMENTS = 20;

    /** Name and number of values, the first four of which make the slices of an inference, beside the overall one. */
    public static final List<Dimension> DIMENSIONS = List.of(
            new Dimension("accent", 10),
            new Dimension("noise", 5),
            new Dimension("device", 6),
            new Dimension("site", 8));

    /** The load that contestants are compared on. */
    public static Load usual(Pattern pattern, int inferences, long startMs, long seed) {
        return new Load(pattern, inferences, startMs, seed);
    }

    private static final double HOT = 0.6;
    private static final double LABELLED = 0.95;
    private static final double WRONG = 0.12;
    private static final long DAY_MS = 86_400_000;
    private static final double MEAN_DELAY_MS = 600_000;

    /** What customers declare about an input. */
    public record Dimension(String name, int values) {

        public String value(int number) {
            return name.charAt(0) + Integer.toString(number);
        }
    }

    /** One answer of a model. */
    public record Answer(int number, int deployment, List<Integer> values, boolean wrong, long occurredAtMs) {

        String id() {
            return "i-" + number;
        }

        String deploymentName() {
            return "d" + deployment;
        }
    }

    /** Takes the events in the order in which they are sent. */
    public interface Receiver {
        void answer(Answer answer);

        void truth(Answer answer, long observedAtMs);
    }

    private record Due(long atMs, Answer answer) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Integer.compare(answer.number(), other.answer.number());
        }
    }

    /** Goes through all events. */
    void replay(Receiver receiver) {
        SplittableRandom random = new SplittableRandom(seed);
        PriorityQueue<Due> due = new PriorityQueue<>();
        for (int i = 0; i < inferences; i++) {
            long nowMs = startMs + i * DAY_MS / inferences;
            while (!due.isEmpty() && due.peek().atMs() <= nowMs) {
                tell(due.remove(), receiver);
            }
            Answer answer = new Answer(i, deployment(random), values(random), random.nextDouble() < WRONG, nowMs);
            receiver.answer(answer);
            if (random.nextDouble() < LABELLED) {
                due.add(new Due(observedAtMs(nowMs, random), answer));
            }
        }
        while (!due.isEmpty()) {
            tell(due.remove(), receiver);
        }
    }

    private static void tell(Due due, Receiver receiver) {
        receiver.truth(due.answer(), due.atMs());
    }

    private static int deployment(SplittableRandom random) {
        return random.nextDouble() < HOT ? 0 : 1 + random.nextInt(DEPLOYMENTS - 1);
    }

    private static List<Integer> values(SplittableRandom random) {
        return DIMENSIONS.stream()
                .map(dimension -> random.nextInt(dimension.values()))
                .toList();
    }

    private long observedAtMs(long occurredAtMs, SplittableRandom random) {
        double uniform = random.nextDouble();
        return switch (pattern) {
            case NEAR -> occurredAtMs + (long) (-MEAN_DELAY_MS * Math.log1p(-uniform));
            case FAR -> occurredAtMs + DAY_MS;
        };
    }

    /** What must come out. */
    public Sums expected() {
        Sums sums = new Sums();
        replay(new Receiver() {
            @Override
            public void answer(Answer answer) {
                sums.received();
            }

            @Override
            public void truth(Answer answer, long observedAtMs) {
                sums.truth();
                slicesOf(answer).forEach(slice -> sums.add(answer.deploymentName(), slice, 1, answer.wrong() ? 1 : 0));
            }
        });
        return sums;
    }

    /** The slices of an answer as text, the overall one first. */
    static List<String> slicesOf(Answer answer) {
        return IntStream.rangeClosed(0, DIMENSIONS.size())
                .mapToObj(i -> i == 0 ? Sums.OVERALL : sliceOf(i - 1, answer))
                .toList();
    }

    private static String sliceOf(int dimension, Answer answer) {
        Dimension its = DIMENSIONS.get(dimension);
        return its.name() + "=" + its.value(answer.values().get(dimension));
    }
}
