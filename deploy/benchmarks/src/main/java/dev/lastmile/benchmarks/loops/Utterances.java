package dev.lastmile.benchmarks.loops;

import dev.lastmile.benchmarks.load.Vocabulary;
import dev.lastmile.event.Answer.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Pairs of what was said and what was recognised: 30 words, of which one in eight was changed, left out or added to. */
final class Utterances {

    /** More than a branch predictor learns by heart; a power of two. */
    static final int PAIRS = 256;

    private static final int WORDS = 30;
    private static final double ERRORS = 0.125;
    /** How transcripts are written. */
    enum Style {
        /** Lower case without punctuation, as most recognisers write. */
        PLAIN,
        /** With capital letters, commas and full stops. */
        PUNCTUATED,
        /** With letters beyond ASCII. */
        ACCENTED
    }

    /** What was right, and what was recognised. */
    record Pair(Transcript truth, Transcript output) {}

    private final SplittableRandom random;
    private final Style style;
    private final Vocabulary vocabulary;

    Utterances(Style style, long seed) {
        this.style = style;
        random = new SplittableRandom(seed);
        vocabulary = new Vocabulary(random, style == Style.ACCENTED ? "\u00e9" : "");
    }

    List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>(PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            List<String> truth = new ArrayList<>();
            List<String> output = new ArrayList<>();
            for (int w = 0; w < WORDS; w++) {
                String word = vocabulary.word(random);
                truth.add(word);
                recognise(word, output);
            }
            pairs.add(new Pair(new Transcript(written(truth)), new Transcript(written(output))));
        }
        return pairs;
    }

    private void recognise(String word, List<String> output) {
        if (random.nextDouble() >= ERRORS) {
            output.add(word);
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> {
                output.add(word);
                output.add(vocabulary.word(random));
            }
            default -> output.add(vocabulary.word(random));
        }
    }

    private String written(List<String> words) {
        String text = String.join(" ", words);
        if (style != Style.PUNCTUATED || text.isEmpty()) {
            return text;
        }
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1).replaceFirst(" ", ", ") + ".";
    }
}
