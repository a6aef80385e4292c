package dev.lastmile.benchmarks;

import dev.lastmile.local.simulation.method.Oracle;
import dev.lastmile.local.simulation.report.Wording;
import dev.lastmile.local.simulation.trial.AlarmRate;
import dev.lastmile.local.simulation.trial.Delay;
import dev.lastmile.local.simulation.trial.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The figures that Lastmile is held to, taken out of all that was measured. What was not run is left out. */
final class Requirements {

    private final List<Figure> figures;
    private final List<Requirement> requirements = new ArrayList<>();

    private Requirements(List<Figure> figures) {
        this.figures = figures;
    }

    /** Those of some families; the first has more scenarios than the others. */
    static List<Requirement> of(List<Figure> figures, List<Family> families) {
        Requirements all = new Requirements(figures);
        for (Family family : families) {
            all.addCommon(family);
            all.addMore(family);
            all.addNames(family);
        }
        return all.requirements;
    }

    private void addCommon(Family family) {
        addRate(family.named("nothing wrong"), false);
        addRate(family.named("everything +5"), true);
        addRate(family.named("everything +20"), true);
        addDetection(family.named(family.sliceName() + " +3"), 2.5, 2.0, false);
        addDetection(family.named(family.sliceName() + " +5"), 2.0, 1.6, true);
        addDetection(family.named(family.sliceName() + " +10"), 2.0, 1.6, true);
        addDetection(family.named(family.smallSliceName() + " +10"), 2.0, 1.6, true);
    }

    private void addMore(Family family) {
        addName(family.named(family.intersectionName() + " +10"));
        addRate(family.named("sessions of 5, nothing wrong"), false);
        find(family.named("late labels, everything +20"), Family.LASTMILE, Figure.FalseAlarms.class)
                .ifPresent(figure -> requirements.add(new Requirement(
                        figure.scenario().name() + ", runs with a false disparate alarm",
                        OptionalDouble.of(figure.disparate().runsWithAny()),
                        0,
                        0,
                        false,
                        figure.disparate().alarms() + " alarms")));
        find(family.named("recovery"), Family.LASTMILE, Figure.Recoveries.class)
                .ifPresent(figure -> requirements.add(new Requirement(
                        figure.scenario().name() + ", labelled inferences until resolved, median",
                        asDouble(figure.ofSlice().median()),
                        600,
                        350,
                        false,
                        Wording.of(figure.ofSlice()))));
        find(family.named("still at the clearing level"), Family.LASTMILE, Figure.Recoveries.class)
                .ifPresent(figure -> requirements.add(new Requirement(
                        figure.scenario().name() + ", falsely resolved, %",
                        figure.called() == 0
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(100.0 * figure.ofSlice().happened() / figure.called()),
                        5,
                        5,
                        false,
                        figure.ofSlice().happened() + " of " + figure.called() + " runs")));
    }

    private void addRate(String scenario, boolean disparate) {
        find(scenario, Family.LASTMILE, Figure.FalseAlarms.class).ifPresent(figure -> {
            AlarmRate rate = disparate ? figure.disparate() : figure.all();
            requirements.add(new Requirement(
                    scenario + ", false " + (disparate ? "disparate " : "") + "alarms per 100,000",
                    OptionalDouble.of(rate.rate()),
                    1,
                    0.3,
                    false,
                    Wording.of(rate)));
        });
    }

    private void addDetection(String scenario, double must, double aim, boolean alsoP90) {
        addName(scenario);
        Optional<Figure.Detections> ours = find(scenario, Family.LASTMILE, Figure.Detections.class);
        Optional<Figure.Detections> oracle = find(scenario, Oracle.NAME, Figure.Detections.class);
        if (ours.isEmpty() || oracle.isEmpty()) {
            return;
        }
        addDelay(scenario, ours.get().trouble(), oracle.get().trouble(), must, aim, alsoP90);
        addDelay(
                scenario + ", until it is named itself",
                ours.get().ofSlice(),
                oracle.get().ofSlice(),
                must,
                aim,
                alsoP90);
    }

    private void addName(String scenario) {
        find(scenario, Family.LASTMILE, Figure.Detections.class).ifPresent(figure -> {
            int named = figure.named();
            requirements.add(new Requirement(
                    scenario + ", right slice named, %",
                    named == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * figure.namedRight() / named),
                    90,
                    98,
                    true,
                    figure.namedRight() + " of " + named + " runs; a false page about another slice before in "
                            + figure.strangers()));
        });
    }

    private void addDelay(String what, Delay its, Delay best, double must, double aim, boolean alsoP90) {
        String detail = Wording.of(its) + " against " + Wording.of(best);
        requirements.add(new Requirement(
                what + ", median delay over the oracle's",
                over(asDouble(its.median()), asDouble(best.median())),
                must,
                aim,
                false,
                detail));
        if (alsoP90) {
            requirements.add(new Requirement(
                    what + ", p90 over the oracle's",
                    over(asDouble(its.p90()), asDouble(best.p90())),
                    2.5,
                    2.0,
                    false,
                    detail));
        }
    }

    /** Over all scenarios in which one slice got worse. */
    private void addNames(Family family) {
        int named = 0;
        int right = 0;
        for (Figure figure : figures) {
            if (figure instanceof Figure.Detections its
                    && its.method().equals(Family.LASTMILE)
                    && its.scenario().name().startsWith(family.named(""))) {
                named += its.named();
                right += its.namedRight();
            }
        }
        if (named > 0) {
            requirements.add(new Requirement(
                    family.named("all of these, right slice named, %"),
                    OptionalDouble.of(100.0 * right / named),
                    90,
                    98,
                    true,
                    right + " of " + named + " runs"));
        }
    }

    private static OptionalDouble over(OptionalDouble ours, OptionalDouble best) {
        return ours.isEmpty() || best.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(ours.getAsDouble() / Math.max(1, best.getAsDouble()));
    }

    private static OptionalDouble asDouble(OptionalLong value) {
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) value.getAsLong());
    }

    private <T extends Figure> Optional<T> find(String scenario, String method, Class<T> kind) {
        return figures.stream()
                .filter(figure -> figure.scenario().name().equals(scenario)
                        && figure.method().equals(method))
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
