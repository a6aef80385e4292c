package dev.lastmile.local.simulation.trial;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one method made of one run. */
public sealed interface Outcome {

    /**
     * Calls where none was due.
     *
     * @param labels labelled inferences that arrived meanwhile
     * @param disparate calls that name a slice as worse than others
     * @param worse calls that something got worse, which may be true
     */
    record Alarms(long labels, int disparate, int worse) implements Outcome {}

    /**
     * Whether and when the slice was called out.
     *
     * @param sliceLabels labelled inferences of the slice that occurred after the change and had arrived at the first call
     *     that names it as worse than others; empty when there was none
     * @param labels those of the deployment
     * @param sinceChange labelled inferences of the deployment that had occurred since the change at that call, also those
     *     whose labels had yet to arrive: the time that had passed
     * @param pageSliceLabels those of the slice at the first call of either kind that names it
     * @param troubleSliceLabels those of the slice at the first call that names it, a part of it or what it is a part of: the
     *     engineer hears of the trouble, if perhaps under a relative's name
     * @param firstNamed of these three, the slice that was the first to be named as worse than others
     * @param strangerFirst whether another slice was named as worse than others before: a false alarm
     */
    record Detection(
            OptionalLong sliceLabels,
            OptionalLong labels,
            OptionalLong sinceChange,
            OptionalLong pageSliceLabels,
            OptionalLong troubleSliceLabels,
            OptionalInt firstNamed,
            boolean strangerFirst)
            implements Outcome {}

    /**
     * Whether and when the slice was called well.
     *
     * @param wasCalled whether it was called out at all, and still was when the last stage began; otherwise the run says
     *     nothing
     * @param sliceLabels labelled inferences of the slice of the last stage that had arrived when it was called well; empty
     *     when it was not
     */
    record Recovery(boolean wasCalled, OptionalLong sliceLabels) implements Outcome {}
}
