package dev.lastmile.local.simulation.trial;

import dev.lastmile.local.simulation.method.Call;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Counts what one method says in one run. Mutable. */
final class Referee {

    private final Scenario scenario;
    private int disparate;
    private int worse;
    private OptionalLong sliceLabels = OptionalLong.empty();
    private OptionalLong labels = OptionalLong.empty();
    private OptionalLong sinceChange = OptionalLong.empty();
    private OptionalLong pageSliceLabels = OptionalLong.empty();
    private OptionalLong troubleSliceLabels = OptionalLong.empty();
    private OptionalInt firstNamed = OptionalInt.empty();
    private boolean strangerFirst;
    private boolean calledOut;
    private boolean calledAtLastStage;
    private OptionalLong wellAfter = OptionalLong.empty();

    Referee(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Where a run stands.
     *
     * @param stage the latest one of which a label has arrived
     * @param labels of that stage that have arrived
     * @param sliceLabels those of the scenario's slice
     * @param sinceChange labelled inferences that have occurred since the change; negative before it
     */
    record Standing(int stage, long labels, long sliceLabels, long sinceChange) {}

    /** Whether nothing that is still to come can change the outcome. */
    boolean isDone() {
        return switch (scenario.question()) {
            case FALSE_ALARMS -> false;
            case DETECTION -> sliceLabels.isPresent() && pageSliceLabels.isPresent();
            case RECOVERY -> wellAfter.isPresent();
        };
    }

    /**
     * The last stage begins: what is called out now is what may be called well.
     */
    void beginLastStage() {
        calledAtLastStage = calledOut;
    }

    /**
     * Takes down what a method said.
     *
     * @param standing when it was said
     */
    void hear(List<Call> calls, Standing standing) {
        for (Call call : calls) {
            boolean its = call.slice() == scenario.slice() && scenario.slice() != SliceSpace.OVERALL;
            switch (call.kind()) {
                case DISPARATE -> {
                    hearOfTrouble(call.slice(), standing);
                    hearDisparate(call.slice(), its, standing);
                }
                case WORSE -> {
                    hearOfTrouble(call.slice(), standing);
                    worse += standing.stage() > 0 ? 1 : 0;
                    hearPage(its, standing);
                }
                case RENAMED -> calledOut &= !its;
                case OVER -> hearOver(its, standing);
            }
        }
    }

    private void hearDisparate(int slice, boolean its, Standing standing) {
        calledOut |= its;
        hearPage(its, standing);
        if (standing.stage() > 0) {
            disparate++;
            if (firstNamed.isEmpty()) {
                hearName(slice);
            }
            if (its && sliceLabels.isEmpty()) {
                sliceLabels = OptionalLong.of(standing.sliceLabels());
                labels = OptionalLong.of(standing.labels());
                sinceChange = OptionalLong.of(standing.sinceChange());
            }
        }
    }

    private void hearName(int slice) {
        if (isAboutTheTrouble(slice)) {
            firstNamed = OptionalInt.of(slice);
        } else {
            strangerFirst = true;
        }
    }

    private boolean isAboutTheTrouble(int slice) {
        return scenario.before().space().overlap(slice, scenario.slice());
    }

    private void hearOfTrouble(int slice, Standing standing) {
        if (standing.stage() > 0 && troubleSliceLabels.isEmpty() && isAboutTheTrouble(slice)) {
            troubleSliceLabels = OptionalLong.of(standing.sliceLabels());
        }
    }

    private void hearPage(boolean its, Standing standing) {
        if (its && standing.stage() > 0 && pageSliceLabels.isEmpty()) {
            pageSliceLabels = OptionalLong.of(standing.sliceLabels());
        }
    }

    private void hearOver(boolean its, Standing standing) {
        if (its) {
            calledOut = false;
            boolean lastStage = standing.stage() == scenario.stages().size();
            if (lastStage && calledAtLastStage && wellAfter.isEmpty()) {
                wellAfter = OptionalLong.of(standing.sliceLabels());
            }
        }
    }

    /**
     * The outcome.
     *
     * @param watched labels that arrived since the change
     */
    Outcome outcome(long watched) {
        return switch (scenario.question()) {
            case FALSE_ALARMS -> new Outcome.Alarms(watched, disparate, worse);
            case DETECTION ->
                new Outcome.Detection(
                        sliceLabels,
                        labels,
                        sinceChange,
                        pageSliceLabels,
                        troubleSliceLabels,
                        firstNamed,
                        strangerFirst);
            case RECOVERY -> new Outcome.Recovery(calledAtLastStage, wellAfter);
        };
    }
}
