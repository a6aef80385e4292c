package dev.lastmile.detection;

import dev.lastmile.stats.ScoreHistogram;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a change began: for each bet a running CUSUM, {@code W_j ← max(0, W_j + log L_j)}, and what was observed since it
 * was last 0. Page's estimate of the change point is that zero. Mutable.
 *
 * <p>The bet with the highest W is the one whose stake fits the change best; a bet for much smaller effects would reach
 * back too far, since its CUSUM wanders long before it returns to 0. An estimate for people: no guarantee rests on it.
 */
final class Onset {

    private final double[] walks = new double[EvidenceProcess.BETS];
    private final Since[] since = new Since[EvidenceProcess.BETS];

    Onset() {
        reset();
    }

    void update(double[] logFactors, ScoreHistogram slice, ScoreHistogram rest, Look look) {
        Since batch = null;
        for (int j = 0; j < walks.length; j++) {
            walks[j] = Math.max(0, walks[j] + logFactors[j]);
            if (walks[j] != 0) {
                batch = batch != null
                        ? batch
                        : Since.of(slice, rest, look.bucketStartMs(), look.bucketEndExclusiveMs());
                since[j].add(batch);
            } else if (!since[j].isEmpty()) {
                since[j] = new Since();
            }
        }
    }

    /** What was observed since the change began; empty when nothing speaks for a change. */
    Since best() {
        int best = 0;
        for (int j = 1; j < walks.length; j++) {
            if (walks[j] > walks[best]) {
                best = j;
            }
        }
        return since[best];
    }

    void reset() {
        for (int j = 0; j < walks.length; j++) {
            walks[j] = 0;
            since[j] = new Since();
        }
    }

    /** Where a CUSUM is 0 there is nothing since, and nothing is written. */
    void writeTo(DataOutput out) throws IOException {
        for (int j = 0; j < walks.length; j++) {
            out.writeDouble(walks[j]);
            if (walks[j] > 0) {
                since[j].writeTo(out);
            }
        }
    }

    static Onset readFrom(DataInput in) throws IOException {
        Onset onset = new Onset();
        for (int j = 0; j < EvidenceProcess.BETS; j++) {
            onset.walks[j] = in.readDouble();
            if (onset.walks[j] > 0) {
                onset.since[j] = Since.readFrom(in);
            }
        }
        return onset;
    }
}
