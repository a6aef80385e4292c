package dev.lastmile.detection;

import dev.lastmile.stats.DesignEffect;
import dev.lastmile.stats.ScoreMoments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sample of a deployment's sessions, each of them whole, from which their dependence is estimated. Mutable, bounded.
 *
 * <p>A session is in the sample if its hash ends in at least {@code level} zero bits. When there are too many the level
 * rises and half of them leave, so that a session is either known with all its labels or not at all, and the samples of
 * several tasks merge at the higher of their levels.
 */
public final class SessionSample {

    /** Sessions that one message between the stages may carry. */
    public static final int IN_TRANSIT = 64;

    /** Sessions that a deployment keeps. */
    public static final int KEPT = 512;

    /** A quarter of the sessions to begin with: enough to know, and three of four labels cost nothing. */
    private static final int FIRST_LEVEL = 2;

    /** From so many sessions on an estimate is trusted. */
    private static final int KNOWN = 100;

    /** Before that, the design effect usual for dictation, or the estimate where it is larger. */
    private static final double USUAL_EFFECT = 2;

    private static final byte FORMAT = 1;

    private final int capacity;
    private final Map<Integer, ScoreMoments> sessions = new TreeMap<>();
    private int level;
    private long labelled;

    /** An empty sample of at most so many sessions. */
    public SessionSample(int capacity) {
        this(capacity, FIRST_LEVEL);
    }

    /** An empty sample at a level. */
    public SessionSample(int capacity, int level) {
        this.capacity = capacity;
        this.level = level;
    }

    /** Whether the labels of a session may be of use at all. */
    public static boolean mayHold(int session) {
        return Integer.numberOfTrailingZeros(session) >= FIRST_LEVEL;
    }

    /** Adds scores of a session by its hash, which is not 0. */
    public void add(int session, ScoreMoments scores) {
        if (Integer.numberOfTrailingZeros(session) >= level) {
            sessions.computeIfAbsent(session, any -> new ScoreMoments()).add(scores);
            while (sessions.size() > capacity) {
                raiseTo(level + 1);
            }
        }
    }

    /** Counts labels with a score that belong to any session, sampled or not. */
    public void count(long labels) {
        labelled += labels;
    }

    /** Adds all of another sample. */
    public void add(SessionSample other) {
        raiseTo(Math.max(level, other.level));
        other.sessions.forEach(this::add);
        labelled += other.labelled;
    }

    private void raiseTo(int newLevel) {
        level = newLevel;
        sessions.keySet().removeIf(session -> Integer.numberOfTrailingZeros(session) < level);
    }

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return labelled == 0 && sessions.isEmpty();
    }

    /** Zero bits that the hash of a sampled session ends in, at least. */
    public int level() {
        return level;
    }

    /** Labels with a score that belong to any session. */
    public long labelled() {
        return labelled;
    }

    /** Scores of the sampled sessions, by hash. */
    public Map<Integer, ScoreMoments> sessions() {
        return Collections.unmodifiableMap(sessions);
    }

    /**
     * How much of one labelled inference each is to count as.
     *
     * @param scored labels with a score of the deployment, those of no session included
     * @return in (0, 1]; 1 where no label belongs to a session
     */
    public double weight(SessionWeighting weighting, long scored) {
        if (weighting instanceof SessionWeighting.Independent || labelled == 0) {
            return 1;
        }
        if (weighting instanceof SessionWeighting.Largest largest) {
            long size = largest.inferences();
            for (ScoreMoments session : sessions.values()) {
                size = Math.max(size, session.count());
            }
            return 1.0 / size;
        }
        DesignEffect effect = DesignEffect.of(sessions.values());
        double cautious = effect.clusters() >= KNOWN
                ? effect.estimate() + effect.standardError()
                : Math.max(USUAL_EFFECT, effect.estimate());
        double inSessions = Math.min(1, labelled / (double) Math.max(1, scored));
        return 1 / Math.max(1, 1 + inSessions * (cautious - 1));
    }

    /** Writes the state, a format version first; the capacity is not part of it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeByte(level);
        out.writeLong(labelled);
        out.writeInt(sessions.size());
        for (Map.Entry<Integer, ScoreMoments> session : sessions.entrySet()) {
            out.writeInt(session.getKey());
            session.getValue().writeTo(out);
        }
    }

    /** The inverse of {@link #writeTo}; throws {@link IOException} for another format. */
    public static SessionSample readFrom(DataInput in, int capacity) throws IOException {
        StateFormat.require("sample of sessions", FORMAT, in);
        SessionSample sample = new SessionSample(capacity, in.readByte());
        sample.labelled = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            sample.add(in.readInt(), ScoreMoments.readFrom(in));
        }
        return sample;
    }
}
