package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.traffic.Pace;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.traffic.Traffic;
import java.util.List;

/**
 * What happens to a deployment after its baseline, and what is asked about it.
 *
 * @param name unique: streams of labels are told apart by it, so that one scenario is the same in every trial
 * @param pace how labels come
 * @param before the traffic of the baseline and of the time until the change
 * @param stages what follows; at least one, the last is where the run ends
 * @param question what is counted
 * @param slice whom the question is about, by number; the overall slice where it is about none
 * @param points by how much that slice, or everything, gets worse in the first stage, in score units
 */
public record Scenario(
        String name, Pace pace, Traffic before, List<Stage> stages, Question question, int slice, double points) {

    /** What is counted. */
    public enum Question {
        /** Every call after the change: no slice got worse than others. */
        FALSE_ALARMS,
        /** How soon a slice is called out. */
        DETECTION,
        /** How soon a slice that was called out is called well, in the last stage. */
        RECOVERY
    }

    /**
     * A time of one traffic.
     *
     * @param labels how long it lasts, in labelled inferences of the deployment
     * @param traffic what it is like
     */
    public record Stage(long labels, Traffic traffic) {
        public Stage {
            if (labels < 1) {
                throw new IllegalArgumentException("labels must be >= 1: " + labels);
            }
        }
    }

    public Scenario {
        stages = List.copyOf(stages);
        int needed = question == Question.RECOVERY ? 2 : 1;
        if (stages.size() < needed) {
            throw new IllegalArgumentException("stages must be " + needed + " or more: " + stages.size());
        }
    }

    /** Nothing changes; every alarm is false. */
    public static Scenario nothingWrong(String name, Pace pace, Traffic traffic, long labels) {
        return new Scenario(
                name, pace, traffic, List.of(new Stage(labels, traffic)), Question.FALSE_ALARMS, SliceSpace.OVERALL, 0);
    }

    /** Everything gets worse by as much: to name a slice as worse than others is false. */
    public static Scenario everythingWorse(String name, Pace pace, Traffic traffic, double points, long labels) {
        return new Scenario(
                name,
                pace,
                traffic,
                List.of(new Stage(labels, traffic.raised(SliceSpace.OVERALL, points))),
                Question.FALSE_ALARMS,
                SliceSpace.OVERALL,
                points);
    }

    /** One slice gets worse; the run ends when everybody has said so, or after so many labels. */
    public static Scenario sliceWorse(String name, Pace pace, Traffic traffic, int slice, double points, long labels) {
        return new Scenario(
                name,
                pace,
                traffic,
                List.of(new Stage(labels, traffic.raised(slice, points))),
                Question.DETECTION,
                slice,
                points);
    }

    /** A value comes that the baseline has never seen; it is as good as the others, so that every alarm is false. */
    public static Scenario sliceComes(String name, Pace pace, Traffic before, Traffic after, long labels) {
        return new Scenario(
                name, pace, before, List.of(new Stage(labels, after)), Question.FALSE_ALARMS, SliceSpace.OVERALL, 0);
    }

    /** A value comes that the baseline has never seen, and it is worse than the others. */
    public static Scenario sliceComesWorse(
            String name, Pace pace, Traffic before, Traffic after, int slice, double points, long labels) {
        return new Scenario(
                name,
                pace,
                before,
                List.of(new Stage(labels, after.raised(slice, points))),
                Question.DETECTION,
                slice,
                points);
    }

    /** The share of the traffic that the scenario's slice has once the change has come. */
    public double share() {
        return stages.get(0).traffic().share(slice);
    }

    /**
     * One slice gets worse for a time, and then less so or not at all.
     *
     * @param left what is left of the effect in the end, in score units
     */
    public static Scenario sliceRecovers(
            String name,
            Pace pace,
            Traffic traffic,
            int slice,
            double points,
            long labelsWorse,
            double left,
            long labelsAfter) {
        Traffic after = left == 0 ? traffic : traffic.raised(slice, left);
        return new Scenario(
                name,
                pace,
                traffic,
                List.of(new Stage(labelsWorse, traffic.raised(slice, points)), new Stage(labelsAfter, after)),
                Question.RECOVERY,
                slice,
                points);
    }
}
