package dev.lastmile.benchmarks.throughput.contestant.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** What the job needs of a ground truth: the inference's id, and the label that was right. */
// Flink's tuples override a generic copy() with one that is not.
@SuppressWarnings("unchecked")
public final class Learned extends Tuple2<String, String> {

    static final TypeInformation<Learned> TYPE = new TupleTypeInfo<>(Learned.class, Types.STRING, Types.STRING);

    /** Empty, for Flink to fill. */
    public Learned() {}

    Learned(String id, String label) {
        super(id, label);
    }

    String id() {
        return f0;
    }

    String label() {
        return f1;
    }
}
