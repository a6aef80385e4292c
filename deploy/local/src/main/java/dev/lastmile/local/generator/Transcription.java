package dev.lastmile.local.generator;

import dev.lastmile.schema.Transcript;
import java.util.List;
import java.util.SplittableRandom;

/** Speech to text on a ward. Some utterances are clear and some are not: their error rates are .4 or 1.6 times the slice's. */
final class Transcription implements Task {

    private static final double CLEAR = 0.4;
    private static final double UNCLEAR = 1.6;
    private static final double HURRY = 0.05;

    private final Sentences sentences = new Sentences();
    private final NoisyChannel channel = new NoisyChannel(sentences);

    @Override
    public Answered answer(double errorRate, SplittableRandom random) {
        List<String> said = sentences.draw(random);
        double clarity = random.nextBoolean() ? CLEAR : UNCLEAR;
        return new Answered(
                transcript(channel.hear(said, errorRate * clarity, random)),
                transcript(said),
                transcript(channel.hear(said, HURRY, random)));
    }

    private static Transcript transcript(List<String> words) {
        return new Transcript(String.join(" ", words));
    }
}
