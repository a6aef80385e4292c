package dev.lastmile.local.simulation.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What correlated scores are drawn from: dear to make, so that all runs of one kind share it. Safe for threads. */
public final class SessionTables {

    private final Map<Key, CorrelatedScores> known = new ConcurrentHashMap<>();

    /** Distributions are told apart by identity: a family hands out one object for one mean. */
    private record Key(ScoreDistribution scores, double correlation) {}

    /** The tables of a course, by the distribution of a cell; none where scores do not correlate. */
    Map<ScoreDistribution, CorrelatedScores> of(Course course, Sessions sessions) {
        Map<ScoreDistribution, CorrelatedScores> tables = new HashMap<>();
        if (sessions.correlate()) {
            for (Course.Phase phase : course.phases()) {
                for (int cell = 0; cell < phase.traffic().space().cells(); cell++) {
                    ScoreDistribution scores = phase.traffic().scoresOfCell(cell);
                    tables.put(
                            scores,
                            known.computeIfAbsent(
                                    new Key(scores, sessions.correlation()),
                                    key -> new CorrelatedScores(key.scores(), key.correlation())));
                }
            }
        }
        return tables;
    }
}
