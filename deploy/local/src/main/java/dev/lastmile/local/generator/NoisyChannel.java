package dev.lastmile.local.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A recogniser as seen from outside: words go in, words come out, some of them wrong. Of the errors 7 in 10 are
 * substitutions, 2 deletions and 1 insertions, so the expected number of edits a word is the error rate. The word error
 * rate that comes out is a little smaller, by about a fiftieth of it: the best alignment finds cheaper ways.
 */
final class NoisyChannel {

    private static final double SUBSTITUTIONS = 0.7;
    private static final double DELETIONS = 0.2;

    private final Sentences sentences;

    NoisyChannel(Sentences sentences) {
        this.sentences = sentences;
    }

    /** What is heard of the words at this error rate, 0 to 1. */
    List<String> hear(List<String> said, double errorRate, SplittableRandom random) {
        List<String> heard = new ArrayList<>(said.size() + 2);
        for (String word : said) {
            if (random.nextDouble() >= errorRate) {
                heard.add(word);
                continue;
            }
            double kind = random.nextDouble();
            if (kind < SUBSTITUTIONS) {
                heard.add(anotherThan(word, random));
            } else if (kind >= SUBSTITUTIONS + DELETIONS) {
                heard.add(word);
                heard.add(sentences.anyWord(random));
            }
        }
        return heard;
    }

    private String anotherThan(String word, SplittableRandom random) {
        String other = sentences.anyWord(random);
        while (other.equals(word)) {
            other = sentences.anyWord(random);
        }
        return other;
    }
}
