package dev.lastmile.benchmarks.footprint;

import dev.lastmile.benchmarks.load.Answer;
import dev.lastmile.benchmarks.load.Load;
import java.time.Duration;

/** Of a load without ground truths, says what was right of one inference in so many. Mutable. */
final class Sample implements Load.Receiver {

    private static final long OBSERVED_AFTER_MS = Duration.ofHours(1).toMillis();

    private final Load.Receiver to;
    private final int oneIn;
    private final int first;
    private int answers;

    /**
     * A sample.
     *
     * @param oneIn how many inferences there are for one of the sample
     * @param first number of the first one, less than that: samples that begin with others have none in common
     */
    Sample(Load.Receiver to, int oneIn, int first) {
        if (first < 0 || first >= oneIn) {
            throw new IllegalArgumentException("first must be in [0, " + oneIn + "): " + first);
        }
        this.to = to;
        this.oneIn = oneIn;
        this.first = first;
    }

    @Override
    public void answer(Answer answer) {
        if (answers++ % oneIn == first) {
            to.truth(answer, answer.wrong(), answer.occurredAtMs() + OBSERVED_AFTER_MS, 0);
        }
    }

    @Override
    public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
        throw new IllegalArgumentException("the load must be unlabelled: " + answer);
    }
}
