package dev.lastmile.local.simulation.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What was measured of one method in one scenario. */
public sealed interface Figure {

    /** In which scenario. */
    Scenario scenario();

    /** The method's name. */
    String method();

    /**
     * False alarms.
     *
     * @param all calls of any kind
     * @param disparate calls that name a slice as worse than others
     */
    record FalseAlarms(Scenario scenario, String method, AlarmRate all, AlarmRate disparate) implements Figure {}

    /**
     * How soon a slice was called out.
     *
     * @param ofSlice in labelled inferences of the slice, until it was named as worse than others
     * @param ofDeployment the same in those of the deployment
     * @param sinceChange the same in labelled inferences of the deployment that occurred since the change, also those whose
     *     labels had yet to arrive: what makes days of a delay
     * @param page in those of the slice, until the first call of either kind that names it
     * @param trouble in those of the slice, until the first call that names it, a part of it or what it is a part of
     * @param named runs in which it, a part of it or what it is a part of was named as worse than others
     * @param namedRight of them, runs in which the slice itself was the first of these to be named
     * @param strangers runs in which a slice that has no part in it was named before, falsely
     */
    record Detections(
            Scenario scenario,
            String method,
            Delay ofSlice,
            Delay ofDeployment,
            Delay sinceChange,
            Delay page,
            Delay trouble,
            int named,
            int namedRight,
            int strangers)
            implements Figure {}

    /**
     * How soon a slice was called well.
     *
     * @param ofSlice in labelled inferences of the slice, over the runs in which it had been called out
     * @param called how many these are
     */
    record Recoveries(Scenario scenario, String method, Delay ofSlice, int called) implements Figure {}

    /** All figures of a result, in the order of its methods. */
    static List<Figure> of(Result result) {
        List<Figure> figures = new ArrayList<>();
        for (int method = 0; method < result.trial().methods().size(); method++) {
            Scenario scenario = result.trial().scenario();
            String name = result.trial().methods().get(method).label();
            figures.add(
                    switch (scenario.question()) {
                        case FALSE_ALARMS -> falseAlarms(scenario, name, result.of(method, Outcome.Alarms.class));
                        case DETECTION -> detections(scenario, name, result.of(method, Outcome.Detection.class));
                        case RECOVERY -> recoveries(scenario, name, result.of(method, Outcome.Recovery.class));
                    });
        }
        return figures;
    }

    private static Figure falseAlarms(Scenario scenario, String method, List<Outcome.Alarms> runs) {
        return new FalseAlarms(scenario, method, AlarmRate.of(runs), AlarmRate.ofDisparate(runs));
    }

    private static Figure detections(Scenario scenario, String method, List<Outcome.Detection> runs) {
        int named = 0;
        int right = 0;
        int strangers = 0;
        for (Outcome.Detection run : runs) {
            named += run.firstNamed().isPresent() ? 1 : 0;
            right += run.firstNamed().orElse(-1) == scenario.slice() ? 1 : 0;
            strangers += run.strangerFirst() ? 1 : 0;
        }
        return new Detections(
                scenario,
                method,
                Delay.over(runs.stream().map(Outcome.Detection::sliceLabels).toList()),
                Delay.over(runs.stream().map(Outcome.Detection::labels).toList()),
                Delay.over(runs.stream().map(Outcome.Detection::sinceChange).toList()),
                Delay.over(runs.stream().map(Outcome.Detection::pageSliceLabels).toList()),
                Delay.over(
                        runs.stream().map(Outcome.Detection::troubleSliceLabels).toList()),
                named,
                right,
                strangers);
    }

    private static Figure recoveries(Scenario scenario, String method, List<Outcome.Recovery> runs) {
        List<OptionalLong> called = runs.stream()
                .filter(Outcome.Recovery::wasCalled)
                .map(Outcome.Recovery::sliceLabels)
                .toList();
        return new Recoveries(scenario, method, Delay.over(called), called.size());
    }
}
