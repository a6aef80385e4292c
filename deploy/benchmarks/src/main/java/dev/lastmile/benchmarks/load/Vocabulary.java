package dev.lastmile.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A thousand made-up words, of which few are frequent and most are rare, as in any language. */
public final class Vocabulary {

    private static final int WORDS = 1_000;
    private static final String[] SYLLABLES = {
        "ba", "con", "der", "fil", "gra", "hos", "im", "ken", "lo", "men", "nor", "o", "pi", "ra", "ster", "ti", "un",
        "we"
    };

    private final List<String> words = new ArrayList<>(WORDS);

    /**
     * Makes the words.
     *
     * @param ending what a quarter of them ends with; may be empty
     */
    public Vocabulary(SplittableRandom random, String ending) {
        for (int i = 0; i < WORDS; i++) {
            words.add(newWord(random, ending));
        }
    }

    private static String newWord(SplittableRandom random, String ending) {
        StringBuilder word = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        if (!ending.isEmpty() && random.nextInt(4) == 0) {
            word.append(ending);
        }
        return word.toString();
    }

    /** One of them. */
    public String word(SplittableRandom random) {
        double uniform = random.nextDouble();
        return words.get((int) (words.size() * uniform * uniform * uniform));
    }
}
