package dev.lastmile.local.generator;

import dev.lastmile.event.DeploymentId;
import java.util.List;

/**
 * One made-up deployment.
 *
 * @param deployment whose, and which use of a model
 * @param modelVersion the version that answers
 * @param inferencesPerSecond how many inferences a second
 * @param conditions where the inputs come from
 * @param task what the model does
 */
record Scenario(
        DeploymentId deployment, String modelVersion, double inferencesPerSecond, Conditions conditions, Task task) {

    Scenario {
        if (!(inferencesPerSecond > 0 && inferencesPerSecond <= 1_000_000)) {
            throw new IllegalArgumentException("inferencesPerSecond must be in (0, 1000000]: " + inferencesPerSecond);
        }
    }

    /** The three of the demo: one that gets worse unfairly, one that gets worse for all, one that stays well. */
    static List<Scenario> ofDemo(Change change) {
        return List.of(
                new Scenario(DemoDeployments.UNFAIR, "asr-2.3", 600, new Ward(change), new Transcription()),
                new Scenario(
                        DemoDeployments.WORSE_FOR_ALL, "intents-7", 450, new CallCentre(change), new IntentRouting()),
                new Scenario(DemoDeployments.HEALTHY, "dictate-1.4", 450, new Ward(new Change()), new Transcription()));
    }
}
