package dev.lastmile.benchmarks.loops;

import dev.lastmile.score.AlignmentLoop;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Normalisation;
import dev.lastmile.score.Score;
import dev.lastmile.score.Scorer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The word error rate of one utterance of 30 words. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WordErrorRate {

    /** Pairs to be scored in turn. */
    @State(Scope.Thread)
    public static class Texts {

        /** How they are written. */
        @Param({"PLAIN", "PUNCTUATED", "ACCENTED"})
        public String style = "PLAIN";

        private final Scorer scorer = new Scorer(Metric.WORD_ERROR_RATE, Normalisation.DEFAULT, null, 1);
        private List<Utterances.Pair> pairs = List.of();
        private int next;

        /** Makes them. */
        @Setup
        public void make() {
            pairs = new Utterances(Utterances.Style.valueOf(style), 1).pairs();
        }

        Utterances.Pair next() {
            next = (next + 1) % Utterances.PAIRS;
            return pairs.get(next);
        }
    }

    /** The same, normalised. */
    @State(Scope.Thread)
    public static class Words {

        private final AlignmentLoop loop = new AlignmentLoop();

        /** Makes them. */
        @Setup
        public void make() {
            for (Utterances.Pair pair : new Utterances(Utterances.Style.PLAIN, 1).pairs()) {
                loop.prepare(pair.truth().text(), pair.output().text());
            }
        }
    }

    /** From two transcripts to a score: both are normalised and aligned. */
    @Benchmark
    public Optional<Score> score(Texts texts) {
        Utterances.Pair pair = texts.next();
        return texts.scorer.score(pair.output(), pair.truth());
    }

    /** One transcript becomes words. */
    @Benchmark
    public List<String> normalisation(Texts texts) {
        return Normalisation.DEFAULT.words(texts.next().truth().text());
    }

    /** From the words of two transcripts to the edits. */
    @Benchmark
    public int alignment(Words words) {
        return words.loop.edits();
    }
}
