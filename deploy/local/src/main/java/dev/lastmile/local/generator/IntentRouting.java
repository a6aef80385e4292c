package dev.lastmile.local.generator;

import dev.lastmile.schema.Label;
import java.util.List;
import java.util.SplittableRandom;

/** Telling what a caller wants. */
final class IntentRouting implements Task {

    private static final List<String> INTENTS =
            List.of("billing", "fault", "cancel", "upgrade", "moving house", "complaint", "something else");

    private static final double HURRY = 0.05;

    @Override
    public Answered answer(double errorRate, SplittableRandom random) {
        int truth = random.nextInt(INTENTS.size());
        return new Answered(
                label(mistaken(truth, errorRate, random)), label(truth), label(mistaken(truth, HURRY, random)));
    }

    private static int mistaken(int truth, double rate, SplittableRandom random) {
        if (random.nextDouble() >= rate) {
            return truth;
        }
        return (truth + 1 + random.nextInt(INTENTS.size() - 1)) % INTENTS.size();
    }

    private static Label label(int intent) {
        return new Label(INTENTS.get(intent));
    }
}
