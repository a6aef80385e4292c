package dev.lastmile.benchmarks;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.ProgressLine;
import dev.lastmile.local.simulation.report.DelayPicture;
import dev.lastmile.local.simulation.report.JsonReport;
import dev.lastmile.local.simulation.report.Table;
import dev.lastmile.local.simulation.report.Tables;
import dev.lastmile.local.simulation.report.Wording;
import dev.lastmile.local.simulation.traffic.ErrorFamily;
import dev.lastmile.local.simulation.trial.Contestants;
import dev.lastmile.local.simulation.trial.Figure;
import dev.lastmile.local.simulation.trial.Result;
import dev.lastmile.local.simulation.trial.Runner;
import dev.lastmile.local.simulation.trial.Trial;
import dev.lastmile.local.simulation.trial.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole table, as Markdown, JSON and a picture. */
@Command(
        name = "figures",
        mixinStandardHelpOptions = true,
        description = "Measures every figure that Lastmile is held to, and its rivals in the same runs.")
public final class FigureTable implements Callable<Integer> {

    private static final long BASELINE = 50_000;
    private static final long TUNING_LABELS = 100_000;
    private static final double LABELLED_PER_DAY = 24_000;

    @Option(names = "--runs", defaultValue = "40", description = "Runs a scenario. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--tuning-runs",
            defaultValue = "24",
            description = "Runs that rivals and oracle are tuned on. Default: ${DEFAULT-VALUE}.")
    private int tuningRuns;

    @Option(
            names = "--only",
            split = ",",
            description = "Scenarios whose name holds one of these texts, such as words: or +10. Default: all.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--threads", description = "Runs at a time. Default: one a processor.")
    private @Nullable Integer threads;

    @Option(
            names = "--out",
            defaultValue = "deploy/benchmarks/target/figures",
            description = "Directory of the results.")
    private Path out = Path.of("");

    @Mixin
    private Run run = new Run();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FigureTable()).execute(arguments));
    }

    @Override
    public Integer call() throws CannotRun, InterruptedException, IOException {
        ProgressLine progress = ProgressLine.of(run.terminal());
        int atATime = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        Runner runner = new Runner(atATime, BASELINE, run.seed());
        List<Family> families = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (ErrorFamily errors : ErrorFamily.values()) {
            Family family = new Family(errors, runs);
            families.add(family);
            if (!trials(family, errors, new Contestants(List.of(), Map.of())).isEmpty()) {
                figures.addAll(measured(family, errors, runner, progress));
            }
        }
        progress.clear();
        Map<String, String> about = about(atATime);
        Files.createDirectories(out);
        JsonReport.write(out.resolve("figures.json"), about, figures, LABELLED_PER_DAY);
        for (Family family : families) {
            List<Figure> its = of(family, figures);
            if (!its.isEmpty()) {
                DelayPicture.write(out.resolve("delay-" + family.optionName() + ".svg"), its);
            }
        }
        List<String> markdown = markdown(about, figures, families);
        Files.write(out.resolve("figures.md"), markdown);
        markdown.forEach(progress::print);
        return 0;
    }

    private List<Figure> measured(Family family, ErrorFamily errors, Runner runner, ProgressLine progress)
            throws InterruptedException {
        Tuning tuning = new Tuning(runner, tuningRuns, TUNING_LABELS, 1);
        Contestants contestants = family.contestants(
                tuning, share -> progress.show(ProgressLine.bar(share, errors.optionName() + ": tuning")));
        List<Figure> figures = new ArrayList<>();
        for (Result result : runner.run(
                trials(family, errors, contestants),
                share -> progress.show(ProgressLine.bar(share, errors.optionName() + ": measuring")))) {
            figures.addAll(Figure.of(result));
        }
        return figures;
    }

    private List<Trial> trials(Family family, ErrorFamily errors, Contestants contestants) {
        List<Trial> trials = new ArrayList<>(family.common(contestants));
        trials.addAll(family.more(errors == ErrorFamily.WORDS ? contestants : Family.withoutRivals(contestants)));
        trials.removeIf(trial -> !only.isEmpty()
                && only.stream().noneMatch(text -> trial.scenario().name().contains(text)));
        return trials;
    }

    private Map<String, String> about(int atATime) {
        Map<String, String> about = run.about();
        about.put("runs", runs + " a scenario, " + tuningRuns + " for tuning, on seeds of their own");
        about.put("threads", Integer.toString(atATime));
        about.put("baseline", BASELINE + " labelled inferences, learned");
        return about;
    }

    private static List<String> markdown(Map<String, String> about, List<Figure> figures, List<Family> families) {
        List<String> lines = new ArrayList<>();
        lines.add("# Figures");
        lines.add("");
        about.forEach((name, value) -> lines.add("* " + name + ": " + value));
        lines.add("");
        List<List<String>> rows = new ArrayList<>();
        for (Requirement requirement : Requirements.of(figures, families)) {
            String bound = requirement.atLeast() ? "≥ " : "≤ ";
            rows.add(List.of(
                    requirement.what(),
                    requirement.measured().isPresent()
                            ? Wording.number(requirement.measured().getAsDouble())
                            : Wording.NOTHING,
                    bound + Wording.number(requirement.must()),
                    bound + Wording.number(requirement.aim()),
                    requirement.standing(),
                    requirement.detail()));
        }
        lines.addAll(new Table("Held to", List.of("figure", "measured", "must", "aim", "standing", "from"), rows)
                .asMarkdown());
        for (Family family : families) {
            List<Figure> its = of(family, figures);
            if (!its.isEmpty()) {
                lines.add("");
                lines.add("## Errors of kind " + family.optionName());
            }
            for (Table table : Tables.of(its, LABELLED_PER_DAY)) {
                lines.add("");
                lines.addAll(table.asMarkdown());
            }
        }
        return lines;
    }

    private static List<Figure> of(Family family, List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.scenario().name().startsWith(family.named("")))
                .toList();
    }
}
