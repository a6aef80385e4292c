package dev.lastmile.benchmarks.footprint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.benchmarks.Requirement;
import dev.lastmile.benchmarks.load.Content;
import dev.lastmile.benchmarks.report.HeldTo;
import dev.lastmile.local.simulation.report.Table;
import dev.lastmile.local.simulation.report.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What waiting inferences take, as Markdown and JSON.
 *
 * @param about how it came about, by name
 * @param cap what each instance may take
 * @param samples one a content
 */
record FootprintReport(Map<String, String> about, Cap cap, List<FootprintSample> samples) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MIB = 1L << 20;

    /** Bytes of a waiting inference in the join's store, and in its changelog. */
    private static final double MUST_DISK = 80;

    private static final double AIM_DISK = 60;
    private static final double MUST_CHANGELOG = 60;
    private static final double AIM_CHANGELOG = 35;

    /** Entries a second that are read back. */
    private static final double MUST_RESTORE = 300_000;

    private static final double AIM_RESTORE = 550_000;

    /** Writes {@code footprint.md} and {@code footprint.json}. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("footprint.md"), markdown());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("footprint.json").toFile(), json());
    }

    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        about.forEach((name, value) -> lines.add("* " + name + ": " + value));
        lines.add("* cap: " + cap.heap() + " of heap and " + cap.memory() + " of RocksDB, " + cap.totalMiB()
                + " MiB in all");
        lines.add("");
        lines.addAll(memory().asMarkdown());
        lines.add("");
        lines.addAll(disk().asMarkdown());
        lines.add("");
        lines.addAll(startUps().asMarkdown());
        lines.add("");
        lines.addAll(HeldTo.table("Held to", requirements()).asMarkdown());
        return lines;
    }

    private Table memory() {
        List<List<String>> rows = new ArrayList<>();
        for (FootprintSample sample : samples) {
            rows.add(memory(sample, "took them in", sample.whileWaiting()));
            rows.add(memory(
                    sample,
                    String.format(Locale.ROOT, "read them back, joined %,d ground truths", sample.truths()),
                    sample.afterWork()));
        }
        return new Table(
                "Resident memory of the process, MiB",
                List.of("content", "waiting", "instance that", "in the end", "most", "cap"),
                rows);
    }

    private List<String> memory(FootprintSample sample, String instance, ProcessMemory its) {
        return List.of(
                sample.content().label(),
                whole(sample.waiting()),
                instance,
                whole(its.residentBytes() / MIB),
                whole(its.peakBytes() / MIB),
                whole(cap.totalBytes() / MIB));
    }

    private Table disk() {
        List<List<String>> rows = new ArrayList<>();
        for (FootprintSample sample : samples) {
            rows.add(List.of(
                    sample.content().label(),
                    whole(sample.waiting()),
                    one(sample.perInference(sample.diskBytes())),
                    one(sample.perInference(sample.changelogBytes())),
                    one(sample.perInference(sample.inputBytes())),
                    one(sample.perTruth(sample.truthBytes()))));
        }
        return new Table(
                "Bytes a waiting inference",
                List.of(
                        "content",
                        "waiting",
                        "in the closed store",
                        "in its changelog",
                        "in the input topic",
                        "a ground truth, in its topic"),
                rows);
    }

    private Table startUps() {
        List<List<String>> rows = new ArrayList<>();
        for (FootprintSample sample : samples) {
            for (StartUp startUp : sample.startUps()) {
                OptionalDouble rate = startUp.entriesPerSecond();
                rows.add(List.of(
                        sample.content().label(),
                        startUp.circumstances(),
                        one(startUp.seconds()),
                        one(startUp.idleSeconds()),
                        one(startUp.restoringSeconds()),
                        whole(startUp.records()),
                        whole(startUp.entries()),
                        rate.isEmpty() ? Wording.NOTHING : whole(rate.getAsDouble())));
            }
        }
        return new Table(
                "From the start of the JVM until it is ready, s",
                List.of(
                        "content",
                        "found",
                        "until ready",
                        "of these before reading back",
                        "reading back",
                        "records",
                        "with entries",
                        "entries/s"),
                rows);
    }

    private List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        for (FootprintSample sample : samples) {
            String content = sample.content().label() + ": ";
            double most = Math.max(
                            sample.whileWaiting().peakBytes(),
                            sample.afterWork().peakBytes())
                    / MIB;
            requirements.add(atMost(content + "most memory, MiB", most, cap.totalMiB(), cap.totalMiB()));
            if (sample.content() == Content.COUNTS) {
                requirements.add(atMost(
                        content + "bytes in the closed store",
                        sample.perInference(sample.diskBytes()),
                        MUST_DISK,
                        AIM_DISK));
                requirements.add(atMost(
                        content + "bytes in its changelog",
                        sample.perInference(sample.changelogBytes()),
                        MUST_CHANGELOG,
                        AIM_CHANGELOG));
                sample.restoreRate()
                        .ifPresent(rate -> requirements.add(new Requirement(
                                content + "entries read back a second",
                                OptionalDouble.of(rate),
                                MUST_RESTORE,
                                AIM_RESTORE,
                                true,
                                "")));
            }
        }
        return requirements;
    }

    private static Requirement atMost(String what, double measured, double must, double aim) {
        return new Requirement(what, OptionalDouble.of(measured), must, aim, false, "");
    }

    ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        about.forEach(root.putObject("about")::put);
        root.putObject("cap")
                .put("heap", cap.heap())
                .put("memory", cap.memory())
                .put("totalMiB", cap.totalMiB());
        ArrayNode measurements = root.putArray("measurements");
        for (FootprintSample sample : samples) {
            ObjectNode node = measurements
                    .addObject()
                    .put("content", sample.content().label())
                    .put("waiting", sample.waiting())
                    .put("truths", sample.truths())
                    .put("diskBytes", sample.diskBytes())
                    .put("changelogBytes", sample.changelogBytes())
                    .put("inputBytes", sample.inputBytes())
                    .put("truthBytes", sample.truthBytes());
            write(sample.whileWaiting(), node.putObject("whileWaiting"));
            write(sample.afterWork(), node.putObject("afterWork"));
            ArrayNode startUps = node.putArray("startUps");
            for (StartUp startUp : sample.startUps()) {
                startUps.addObject()
                        .put("found", startUp.circumstances())
                        .put("seconds", startUp.seconds())
                        .put("idleSeconds", startUp.idleSeconds())
                        .put("restoringSeconds", startUp.restoringSeconds())
                        .put("records", startUp.records())
                        .put("entries", startUp.entries());
            }
        }
        HeldTo.write(requirements(), root.putArray("requirements"));
        return root;
    }

    private static void write(ProcessMemory its, ObjectNode node) {
        node.put("residentBytes", its.residentBytes()).put("peakBytes", its.peakBytes());
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
