package dev.lastmile.local.simulation.report;

import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.trial.Figure;
import dev.lastmile.local.simulation.trial.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Figures as tables: a row for each method, a column for each scenario. */
public final class Tables {

    private Tables() {}

    /**
     * All that the figures hold.
     *
     * @param labelledPerDay labelled inferences of the deployment a day
     */
    public static List<Table> of(List<Figure> figures, double labelledPerDay) {
        List<Table> tables = new ArrayList<>();
        List<Figure.FalseAlarms> alarms = only(figures, Figure.FalseAlarms.class);
        if (!alarms.isEmpty()) {
            tables.add(falseAlarms(alarms));
        }
        List<Figure.Detections> all = only(figures, Figure.Detections.class);
        bySlice(all).forEach((slice, its) -> {
            String of = slice + " (" + share(its.get(0).scenario()) + " of the traffic)";
            tables.add(table(
                    "Delay at " + of + ", labelled inferences of the slice: median / p90 [95 % of the median], runs",
                    its,
                    Tables::effect,
                    figure -> Wording.of(figure.ofSlice())));
            tables.add(table(
                    "The same until the first call of any kind that names the slice, a part of it or what it is a part of",
                    its,
                    Tables::effect,
                    figure -> Wording.of(figure.trouble())));
            tables.add(table(
                    "Delay at " + of + ", in days from the change, waiting for labels included: median / p90 at "
                            + Wording.number(labelledPerDay) + " labelled inferences a day",
                    its,
                    Tables::effect,
                    figure -> Wording.days(figure.sinceChange(), labelledPerDay)));
        });
        if (!all.isEmpty()) {
            tables.add(table(
                    "The planted slice itself was named first, of the runs that named it, a part of it or what it is a part of as"
                            + " worse than others",
                    all,
                    Scenario::name,
                    figure -> Wording.share(figure.namedRight(), figure.named())));
            tables.add(table(
                    "Runs in which another slice was named before, falsely",
                    all,
                    Scenario::name,
                    figure -> figure.strangers() + " of " + figure.ofSlice().runs()));
        }
        List<Figure.Recoveries> recoveries = only(figures, Figure.Recoveries.class);
        if (!recoveries.isEmpty()) {
            tables.add(table(
                    "From a change for the better to the end of the alert, labelled inferences of the slice: median / p90"
                            + " [95 % of the median], runs",
                    recoveries, Scenario::name, figure -> Wording.of(figure.ofSlice())));
        }
        return tables;
    }

    private static Table falseAlarms(List<Figure.FalseAlarms> figures) {
        return table(
                "False alarms per 100,000 labelled inferences [95 %]; where everything got worse, of those that name a"
                        + " slice as worse than others",
                figures,
                Scenario::name,
                figure -> Wording.of(figure.scenario().points() == 0 ? figure.all() : figure.disparate()));
    }

    /** The figures of one kind. */
    static <T extends Figure> List<T> only(List<Figure> figures, Class<T> kind) {
        return figures.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Detections by the name of the slice. */
    static Map<String, List<Figure.Detections>> bySlice(List<Figure.Detections> figures) {
        Map<String, List<Figure.Detections>> bySlice = new LinkedHashMap<>();
        for (Figure.Detections figure : figures) {
            bySlice.computeIfAbsent(sliceOf(figure.scenario()), any -> new ArrayList<>())
                    .add(figure);
        }
        return bySlice;
    }

    static String sliceOf(Scenario scenario) {
        SliceSpace space = scenario.before().space();
        return space.slice(scenario.slice()).plain();
    }

    private static String share(Scenario scenario) {
        return Wording.percent(scenario.share());
    }

    private static String effect(Scenario scenario) {
        return Wording.points(scenario.points()) + " points";
    }

    private static <T extends Figure> Table table(
            String title, List<T> figures, Function<Scenario, String> column, Function<T, String> cell) {
        Set<String> scenarios = new LinkedHashSet<>();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (T figure : figures) {
            scenarios.add(column.apply(figure.scenario()));
            rows.computeIfAbsent(figure.method(), any -> new LinkedHashMap<>())
                    .put(column.apply(figure.scenario()), cell.apply(figure));
        }
        List<String> header = new ArrayList<>();
        header.add("method");
        header.addAll(scenarios);
        List<List<String>> lines = new ArrayList<>();
        rows.forEach((method, cells) -> {
            List<String> line = new ArrayList<>();
            line.add(method);
            scenarios.forEach(scenario -> line.add(cells.getOrDefault(scenario, Wording.NOTHING)));
            lines.add(line);
        });
        return new Table(title, header, lines);
    }
}
