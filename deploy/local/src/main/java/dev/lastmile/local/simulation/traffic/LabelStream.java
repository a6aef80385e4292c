package dev.lastmile.local.simulation.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The labels of a deployment in the order in which they arrive, batch by batch. The same seed gives the same labels.
 * Mutable; for one thread.
 */
public final class LabelStream {

    /** Sessions that go on at the same time, so that one session spreads over several batches. */
    private static final int OPEN_SESSIONS = 40;

    private final Course course;
    private final Pace pace;
    private final SplittableRandom random;
    private final double[] delays;
    private final boolean anyDelay;
    private final int[] sessionCell = new int[OPEN_SESSIONS];
    private final int[] sessionLeft = new int[OPEN_SESSIONS];
    private final int[] sessionNumber = new int[OPEN_SESSIONS];
    private final double[] sessionEffect = new double[OPEN_SESSIONS];
    private final Map<ScoreDistribution, CorrelatedScores> correlated;
    private final Map<Long, Batch> arriving = new HashMap<>();
    private int nextSession;
    private long occurred;
    private long batches;

    /**
     * @param firstSession the number of the first session, not 0
     * @param correlated what was made for these traffics and sessions before; see {@link SessionTables}
     */
    public LabelStream(Course course, Pace pace, SessionTables correlated, int firstSession, long seed) {
        this.course = course;
        this.pace = pace;
        this.correlated = correlated.of(course, pace.sessions());
        nextSession = firstSession;
        random = new SplittableRandom(seed);
        delays = pace.delays().ofCells(course.phases().get(0).traffic().space());
        anyDelay = !pace.delays().isNone();
    }

    /** The next batch; empty where every label of the time is still to come. */
    public Batch next() {
        Batch waiting = arriving.remove(batches);
        Batch arrived = waiting == null ? new Batch() : waiting;
        for (int i = 0; i < pace.batch(); i++) {
            occur(arrived);
        }
        batches++;
        return arrived;
    }

    /** Labelled inferences that have occurred so far, whether or not their labels have arrived: the deployment's clock. */
    public long occurred() {
        return occurred;
    }

    private void occur(Batch arrivingNow) {
        int phase = course.phaseAt(occurred);
        Traffic traffic = course.phases().get(phase).traffic();
        int slot = pace.sessions().size() == 1 ? 0 : random.nextInt(OPEN_SESSIONS);
        if (sessionLeft[slot] == 0) {
            sessionLeft[slot] = pace.sessions().size();
            sessionNumber[slot] = pace.sessions().size() == 1 ? Batch.NO_SESSION : nextSession++;
            sessionCell[slot] = traffic.drawCell(random);
            sessionEffect[slot] = correlated.isEmpty() ? 0 : random.nextGaussian();
        }
        sessionLeft[slot]--;
        int cell = sessionCell[slot];
        CorrelatedScores its = correlated.get(traffic.scoresOfCell(cell));
        int bin = its == null ? traffic.drawBin(cell, random) : its.draw(sessionEffect[slot], random);
        long arrivesIn = arrivalBatch(cell);
        Batch batch = arrivesIn == batches ? arrivingNow : arriving.computeIfAbsent(arrivesIn, any -> new Batch());
        batch.add(cell, bin, (int) (occurred / pace.bucket()), sessionNumber[slot], phase);
        occurred++;
    }

    private long arrivalBatch(int cell) {
        if (!anyDelay) {
            return batches;
        }
        double means = Math.min(LabelDelays.LONGEST, -Math.log1p(-random.nextDouble()));
        return (long) ((occurred + means * delays[cell]) / pace.batch());
    }
}
