package dev.lastmile.detection;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/** Where a deployment's baseline comes from. */
public sealed interface BaselinePlan {

    /** There is none: only {@link Verdict#DISPARITY} is watched. */
    record None() implements BaselinePlan {}

    /** One that has to be learned from what customers send. */
    sealed interface Learned extends BaselinePlan {

        /** Writes the plan; whoever keeps it says in which format. */
        default void writeTo(DataOutput out) throws IOException {
            if (this instanceof FirstLabelled first) {
                out.writeBoolean(true);
                out.writeLong(first.labelled());
            } else if (this instanceof Range range) {
                out.writeBoolean(false);
                out.writeLong(range.fromMs());
                out.writeLong(range.toExclusiveMs());
                out.writeLong(range.settle().toMillis());
            }
        }

        /** The inverse of {@link #writeTo}. */
        static Learned readFrom(DataInput in) throws IOException {
            return in.readBoolean()
                    ? new FirstLabelled(in.readLong())
                    : new Range(in.readLong(), in.readLong(), Duration.ofMillis(in.readLong()));
        }
    }

    /**
     * The first labelled inferences from when the plan came into force.
     *
     * @param labelled how many, at least 1
     */
    record FirstLabelled(long labelled) implements Learned {
        public FirstLabelled {
            if (labelled < 1) {
                throw new IllegalArgumentException("labelled must be >= 1: " + labelled);
            }
        }
    }

    /**
     * The inferences that occurred in a time range, frozen once their labels had time to come.
     *
     * @param fromMs start of the range, epoch milliseconds
     * @param toExclusiveMs end of the range, after its start
     * @param settle how long after the end labels are waited for
     */
    record Range(long fromMs, long toExclusiveMs, Duration settle) implements Learned {

        private static final long END_OF_9999_MS = 253_402_300_799_999L;
        private static final Duration LONGEST_SETTLE = Duration.ofDays(366);

        public Range {
            if (toExclusiveMs <= fromMs) {
                throw new IllegalArgumentException("toExclusiveMs must be > fromMs: " + fromMs + ", " + toExclusiveMs);
            }
            if (fromMs < 0 || toExclusiveMs > END_OF_9999_MS) {
                throw new IllegalArgumentException("range must be in the years 1970 to 9999");
            }
            if (settle.isNegative() || settle.compareTo(LONGEST_SETTLE) > 0) {
                throw new IllegalArgumentException("settle must be in [PT0S, P366D]: " + settle);
            }
        }
    }

    /**
     * A finished baseline, such as a service card.
     *
     * @param baseline the baseline
     */
    record Given(Baseline baseline) implements BaselinePlan {}

    /** 8 hexadecimal digits that change with anything in the plan, the content of a finished baseline included. */
    default String fingerprint() {
        return Baseline.hash(toString());
    }
}
