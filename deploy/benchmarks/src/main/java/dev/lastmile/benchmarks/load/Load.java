package dev.lastmile.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The events of a run, the same each time. Inferences are evenly spread over a day, or another span.
 *
 * @param pattern when ground truths come
 * @param inferences how many
 * @param startMs when the span begins, epoch milliseconds; no event may be in the future when it is sent: with a day, two days
 *     ago at the latest, three where far truths are corrected
 * @param span in which all inferences happen
 * @param seed of all that is drawn
 * @param idPrefix what ids begin with; loads that go to the same topics must not share it
 * @param shape what it is like
 */
public record Load(
        Pattern pattern, int inferences, long startMs, Duration span, long seed, String idPrefix, Shape shape) {

    /** The customer of the usual shape. */
    public static final String CUSTOMER = Shape.USUAL.customerNames().get(0);

    /** The dimensions of the usual shape, each of which makes a slice of an inference beside the overall one. */
    public static final List<Dimension> DIMENSIONS = Slices.USUAL_ATTRIBUTES;

    private static final double HOT = 0.6;
    private static final double WRONG = 0.12;
    private static final Duration DAY = Duration.ofDays(1);

    /** Where ground truths come near, their delay is such a part of the span on average: ten minutes of a day. */
    private static final double SPAN_OVER_MEAN_DELAY = 144;

    /** Corrections are drawn apart, so that all else is the same with and without them. */
    private static final long CORRECTION_SALT = 0x5DEECE66DL;

    /** Takes the events in the order in which they are sent. */
    public interface Receiver {

        /** An inference. */
        void answer(Answer answer);

        /**
         * A ground truth.
         *
         * @param wrong what it says about the answer
         * @param revision 0 for the first version
         */
        void truth(Answer answer, boolean wrong, long observedAtMs, int revision);
    }

    private record Due(long atMs, int number, int revision, Answer answer) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }

    public Load {
        if (inferences < 0) {
            throw new IllegalArgumentException("inferences must be >= 0: " + inferences);
        }
        if (span.isNegative()) {
            throw new IllegalArgumentException("span must be >= 0: " + span);
        }
    }

    /** Spread over a day. */
    public Load(Pattern pattern, int inferences, long startMs, long seed, String idPrefix, Shape shape) {
        this(pattern, inferences, startMs, DAY, seed, idPrefix, shape);
    }

    /** The load that contestants are compared on. */
    public static Load usual(Pattern pattern, int inferences, long startMs, long seed) {
        return new Load(pattern, inferences, startMs, seed, "i-", Shape.USUAL);
    }

    /** Goes through all events. */
    public void replay(Receiver receiver) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom corrections = new SplittableRandom(seed ^ CORRECTION_SALT);
        PriorityQueue<Due> due = new PriorityQueue<>();
        for (int i = 0; i < inferences; i++) {
            long nowMs = startMs + i * span.toMillis() / inferences;
            while (!due.isEmpty() && due.peek().atMs() <= nowMs) {
                tell(due.remove(), due, corrections, receiver);
            }
            Answer answer = new Answer(
                    idPrefix + i,
                    deployment(random),
                    values(random),
                    random.nextDouble() < WRONG,
                    corrections.nextDouble() < shape.correctedShare(),
                    nowMs);
            receiver.answer(answer);
            if (random.nextDouble() < shape.labelledShare()) {
                due.add(new Due(later(nowMs, random), i, 0, answer));
            }
        }
        while (!due.isEmpty()) {
            tell(due.remove(), due, corrections, receiver);
        }
    }

    private void tell(Due now, PriorityQueue<Due> due, SplittableRandom corrections, Receiver receiver) {
        Answer answer = now.answer();
        boolean first = now.revision() == 0;
        receiver.truth(answer, answer.wrong() == first, now.atMs(), now.revision());
        if (first && answer.corrected()) {
            due.add(new Due(later(now.atMs(), corrections), now.number(), 1, answer));
        }
    }

    private int deployment(SplittableRandom random) {
        return random.nextDouble() < HOT ? 0 : 1 + random.nextInt(shape.deployments() - 1);
    }

    private List<Integer> values(SplittableRandom random) {
        return shape.slices().attributes().stream()
                .map(dimension -> random.nextInt(dimension.values()))
                .toList();
    }

    private long later(long thanMs, SplittableRandom random) {
        double uniform = random.nextDouble();
        return switch (pattern) {
            case NEAR -> thanMs + (long) (-span.toMillis() / SPAN_OVER_MEAN_DELAY * Math.log1p(-uniform));
            case FAR -> thanMs + span.toMillis();
        };
    }

    /** What must come out. */
    public Sums expected() {
        Sums sums = new Sums();
        replay(sums.counting(shape.slices()));
        return sums;
    }
}
