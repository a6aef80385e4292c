package dev.lastmile.benchmarks.throughput.contestant.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/**
 * What the job needs of an inference: id, deployment, label, the hour it occurred in, and its slices. A tuple, the fastest of
 * the types that Flink serialises without a schema.
 */
// Flink's tuples override a generic copy() with one that is not.
@SuppressWarnings("unchecked")
public final class Answered extends Tuple5<String, String, String, Long, String[]> {

    static final TypeInformation<Answered> TYPE = new TupleTypeInfo<>(
            Answered.class, Types.STRING, Types.STRING, Types.STRING, Types.LONG, Types.OBJECT_ARRAY(Types.STRING));

    /** Empty, for Flink to fill. */
    public Answered() {}

    Answered(String id, String deployment, String label, long hourMs, String[] slices) {
        super(id, deployment, label, hourMs, slices);
    }

    String id() {
        return f0;
    }

    String deployment() {
        return f1;
    }

    String label() {
        return f2;
    }

    long hourMs() {
        return f3;
    }

    String[] slices() {
        return f4;
    }
}
