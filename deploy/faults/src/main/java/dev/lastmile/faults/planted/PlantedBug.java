package dev.lastmile.faults.planted;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** A mistake that somebody might make, and the method in which it is made. */
public enum PlantedBug {
    /** Offsets and sums are not committed together. */
    AT_LEAST_ONCE("dev.lastmile.app.StreamsProperties", "of", AtLeastOnce.class),
    /** One record is not seen. */
    LOST_RECORD("dev.lastmile.topology.JoinProcessor", "take", LostRecord.class),
    /** One inference in a hundred is counted under another value of its first dimension. */
    SWAPPED_SLICES("dev.lastmile.slice.Slicing", "valuesOf", SwappedSlices.class),
    /** An inference that comes again is a new one. */
    NO_DEDUPLICATION("dev.lastmile.join.Joiner", "infer", NoDeduplication.class),
    /** What was counted stays on the heap over a commit. */
    HEAP_ONLY_PARTIALS("dev.lastmile.topology.CommitSignal", "process", HeapOnlyPartials.class),
    /** The time of one customer's records is the time of all. */
    SHARED_STREAM_TIME("dev.lastmile.topology.AppendClocks", "overBeforeMs", SharedStreamTime.class),
    /** A record is read whatever comes after its datum. */
    TRAILING_BYTES("dev.lastmile.topology.serde.StrictDecoder", "isEnd", TrailingBytes.class),
    /** A corrected label is counted, and what it corrects as well. */
    RETRACTION_NOT_APPLIED("dev.lastmile.slice.SliceCounts", "addLabel", RetractionNotApplied.class);

    private final String type;
    private final String method;
    private final Class<?> advice;

    PlantedBug(String type, String method, Class<?> advice) {
        this.type = type;
        this.method = method;
        this.advice = advice;
    }

    String type() {
        return type;
    }

    DynamicType.Builder<?> into(DynamicType.Builder<?> code) {
        ElementMatcher.Junction<MethodDescription> place = ElementMatchers.named(method);
        return code.visit(Advice.to(advice).on(place.and(ElementMatchers.not(ElementMatchers.isBridge()))));
    }
}
