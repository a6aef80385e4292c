package dev.lastmile.benchmarks.throughput.contestant.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** Labelled inferences and errors of a slice in an hour: some of them on the way to the sum, all of them after it. */
// Flink's tuples override a generic copy() with one that is not.
@SuppressWarnings("unchecked")
public final class Counted extends Tuple4<String, Long, Long, Long> {

    static final TypeInformation<Counted> TYPE =
            new TupleTypeInfo<>(Counted.class, Types.STRING, Types.LONG, Types.LONG, Types.LONG);

    /** Empty, for Flink to fill. */
    public Counted() {}

    Counted(String slice, long hourMs, long labelled, long errors) {
        super(slice, hourMs, labelled, errors);
    }

    /** Deployment and slice. */
    String slice() {
        return f0;
    }

    long labelled() {
        return f2;
    }

    long errors() {
        return f3;
    }

    /** What is summed up. */
    Tuple2<String, Long> sliceAndHour() {
        return Tuple2.of(f0, f1);
    }
}
