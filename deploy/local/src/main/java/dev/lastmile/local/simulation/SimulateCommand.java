package dev.lastmile.local.simulation;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.ProgressLine;
import dev.lastmile.local.simulation.method.Choice;
import dev.lastmile.local.simulation.report.DelayPicture;
import dev.lastmile.local.simulation.report.JsonReport;
import dev.lastmile.local.simulation.report.Table;
import dev.lastmile.local.simulation.report.Tables;
import dev.lastmile.local.simulation.report.Wording;
import dev.lastmile.local.simulation.traffic.SliceSpace;
import dev.lastmile.local.simulation.trial.Figure;
import dev.lastmile.local.simulation.trial.Runner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: what the settings would bring on traffic like yours, and what others would. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How often the detectors and their rivals would cry wolf on traffic like yours, and how soon they would name a"
                    + " slice that got worse.",
            "They run over made-up labels of a deployment like yours.",
            "The same seed gives the same figures, whatever the number of threads."
        },
        footer = {"", "Exit code: 0 when the figures are printed, 2 when a file or an option does not do."})
public final class SimulateCommand implements Callable<Integer> {

    @Mixin
    private final SubjectOptions subjectOptions = new SubjectOptions();

    @Mixin
    private final TrafficOptions trafficOptions = new TrafficOptions();

    @Option(
            names = "--effect",
            split = ",",
            defaultValue = ".03,.05,.10",
            paramLabel = "SCORE",
            description = "How much worse a slice gets, in score units. Default: ${DEFAULT-VALUE}.")
    private List<Double> effects = new ArrayList<>();

    @Option(
            names = "--slice",
            paramLabel = "SLICE",
            description = "Which slice gets worse, such as accent=us or noise=loud,accent=us; may be repeated."
                    + " One that is a part of --new-value gets worse with its arrival."
                    + " Default: one of about 4 %% of the traffic and one of about .8 %%.")
    private List<String> slices = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "20",
            description = "Runs of each scenario. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--labels",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Labelled inferences a run, at most. Default: ${DEFAULT-VALUE}.")
    private long labels;

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            converter = ChoiceConverter.class,
            completionCandidates = ChoiceConverter.Names.class,
            description = "Who takes part: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Choice> methods = new ArrayList<>();

    @Option(
            names = "--no-tuned",
            description = "Leave out the rivals at their best setting that gives one false alarm per 100,000.")
    private boolean untunedOnly;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of everything that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Runs at a time. Default: one a processor.")
    private @Nullable Integer threads;

    @Option(names = "--report", paramLabel = "FILE", description = "Where all figures go, JSON.")
    private @Nullable Path report;

    @Option(names = "--picture", paramLabel = "FILE", description = "Where delay against effect size goes, SVG.")
    private @Nullable Path picture;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws CannotRun, InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("not called by a command line");
        }
        requireInRange("--runs", runs, 1, 10_000);
        requireInRange("--labels", labels, 1_000, 100_000_000);
        int atATime = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        requireInRange("--threads", atATime, 1, 1_024);
        for (double effect : effects) {
            if (!(effect > 0 && effect < 1)) {
                throw new CannotRun("--effect must be in (0, 1), .05 for five points: " + effect);
            }
        }
        requireFile("--report", report);
        requireFile("--picture", picture);
        Subject subject = subjectOptions.subject();
        SliceChoice chosen = SliceChoice.of(subject.traffic(), subject.arrival(), slices);
        DailyTraffic daily = trafficOptions.daily(subject.recorded());
        Experiment experiment = new Experiment(
                subject,
                trafficOptions.pace(subject.bucket(), daily.labelled()),
                chosen.numbers(),
                effects,
                methods.isEmpty() ? Arrays.asList(Choice.values()) : methods,
                !untunedOnly,
                runs,
                labels,
                new Runner(atATime, subject.baselineLabels(), seed));
        ProgressLine progress = ProgressLine.of(spec.commandLine().getOut());
        Map<String, String> about = about(subject, chosen, daily);
        about.values().forEach(progress::print);
        List<Figure> figures = experiment.run((share, what) -> progress.show(ProgressLine.bar(share, what)));
        progress.clear();
        for (Table table : Tables.of(figures, daily.labelled())) {
            progress.print("");
            table.asText().forEach(progress::print);
        }
        if (report != null) {
            JsonReport.write(report, about, figures, daily.labelled());
            progress.print("");
            progress.print("Report: " + report);
        }
        if (picture != null) {
            DelayPicture.write(picture, figures);
            progress.print("Picture: " + picture);
        }
        return 0;
    }

    private Map<String, String> about(Subject subject, SliceChoice chosen, DailyTraffic daily) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("deployment", String.join(" ", subject.about()));
        SliceSpace space = subject.traffic().space();
        about.put(
                "slices",
                String.format(
                        Locale.ROOT,
                        "%d slices, mean score %.3f; worse will be %s.",
                        space.size() - 1,
                        subject.traffic().scores(SliceSpace.OVERALL).mean(),
                        chosen.about(subject.traffic(), subject.arrival())));
        about.put("traffic", trafficOptions.about(daily));
        about.put(
                "detection",
                String.format(
                        Locale.ROOT,
                        "Baseline of %,d labelled inferences, budget %,d, margin %s.",
                        subject.baselineLabels(),
                        subject.settings().budget(),
                        Wording.points(subject.settings().margin()).substring(1) + " points"));
        about.put("runs", String.format(Locale.ROOT, "%d runs of %,d labels at most, seed %d.", runs, labels, seed));
        return about;
    }

    private static void requireInRange(String option, long value, long least, long greatest) throws CannotRun {
        if (value < least || value > greatest) {
            throw new CannotRun(option + " must be from " + least + " to " + greatest + ": " + value);
        }
    }

    /** Found out before an hour of work, not after it. */
    private static void requireFile(String option, @Nullable Path file) throws CannotRun {
        if (file != null && Files.isDirectory(file)) {
            throw new CannotRun(option + " must be a file, not a directory: " + file);
        }
        Path directory = file == null ? null : file.toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            throw new CannotRun(option + " must be in a directory that is there: " + file);
        }
    }
}
