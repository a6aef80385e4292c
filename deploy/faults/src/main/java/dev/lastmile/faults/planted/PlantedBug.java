package dev.lastmile.faults.planted;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** A mistake that somebody might make, the method in which it is made, and the promise that it breaks. */
public enum PlantedBug {
    /** Offsets and sums are not committed together. Only who is interrupted counts twice, or says twice what it cannot read. */
    AT_LEAST_ONCE("dev.lastmile.app.StreamsProperties", "of", AtLeastOnce.class, "I1: \\d+ too many.*|I4: twice: .*"),
    /** One record is not seen. */
    LOST_RECORD("dev.lastmile.topology.JoinProcessor", "take", LostRecord.class, "I1: 1 missing.*"),
    /** One inference in a hundred is counted under another value of its first dimension. */
    SWAPPED_SLICES("dev.lastmile.slice.Slicing", "valuesOf", SwappedSlices.class, "I3: .*"),
    /** An inference that comes again is a new one. */
    NO_DEDUPLICATION("dev.lastmile.join.Joiner", "infer", NoDeduplication.class, "I2: .*"),
    /** What was counted stays on the heap over a commit, every other time. Only a kill takes it away. */
    HEAP_ONLY_PARTIALS("dev.lastmile.topology.Tallies", "take", HeapOnlyPartials.class, "I1: \\d+ missing.*"),
    /** The time of one customer's records is the time of all. */
    SHARED_STREAM_TIME("dev.lastmile.topology.AppendClocks", "overBeforeMs", SharedStreamTime.class, "I2: .*"),
    /** A record is read whatever comes after its datum. */
    TRAILING_BYTES(
            "dev.lastmile.topology.serde.StrictDecoder", "isEnd", TrailingBytes.class, "I4: missing: .*BAD_AVRO.*"),
    /** A corrected label is counted, and what it corrects as well. */
    RETRACTION_NOT_APPLIED("dev.lastmile.slice.SliceCounts", "addLabel", RetractionNotApplied.class, "I3: .*"),
    /** What was aborted is read like everything else. */
    UNCOMMITTED_READ(
            "dev.lastmile.topology.bundle.BundlingConsumer",
            "askingWhereToStart",
            UncommittedRead.class,
            "I6: of an aborted transaction: .*");

    private final String type;
    private final String method;
    private final Class<?> advice;
    private final String breaks;

    PlantedBug(String type, String method, Class<?> advice, String breaks) {
        this.type = type;
        this.method = method;
        this.advice = advice;
        this.breaks = breaks;
    }

    /** What a line of the comparison is like that only this mistake, and no slowness, leads to; a regular expression. */
    public String breaks() {
        return breaks;
    }

    /** Whether it takes a kill to show. */
    public boolean isOfKills() {
        return this == AT_LEAST_ONCE || this == HEAP_ONLY_PARTIALS;
    }

    String type() {
        return type;
    }

    DynamicType.Builder<?> into(DynamicType.Builder<?> code) {
        ElementMatcher.Junction<MethodDescription> place = ElementMatchers.named(method);
        return code.visit(Advice.to(advice).on(place.and(ElementMatchers.not(ElementMatchers.isBridge()))));
    }
}
