package dev.lastmile.benchmarks.loops;

import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.local.simulation.report.Table;
import dev.lastmile.schema.SliceStatisticsEvent;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.topology.Delta;
import dev.lastmile.topology.Report;
import dev.lastmile.topology.SecondStageLoop;
import dev.lastmile.topology.serde.DeltaCodec;
import dev.lastmile.topology.serde.StatisticsEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.utils.Bytes;

/**
 * How large what the second stage keeps and sends is, a slice or a cell: deployments of 300 slices that got labels in each of
 * seventy buckets, which is more than the heap remembers of them. Cells that a task keeps beside its store have a limit of
 * their own and are left out. A few seconds; bytes are the same in every run, but for the heap, which is what is left after
 * the garbage collector ran.
 */
final class SecondStageSizes {

    private static final int DEPLOYMENTS = 6;
    private static final int BUCKETS = 70;
    private static final int BASELINE = 50_000;
    private static final int LABELLED = 1_000;
    private static final int COLLECTIONS = 4;

    /** Measured, after as many to warm up. */
    private static final int SNAPSHOTS = 1_500;

    /** The octet of a cell's key, after the deployment and a zero. */
    private static final byte CELL = 'k';

    private static final long FIRST_MS = 1_700_000_000_000L - 1_700_000_000_000L % Ward.BUCKET.toMillis();
    private static final int CONFLUENT_HEADER = 5;

    private final Ward ward = new Ward(true);
    private final List<SecondStageLoop> deployments = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private SecondStageSizes() {}

    /** Prints a table. */
    public static void main(String[] arguments) throws IOException {
        TrustedRecords.trust();
        new SecondStageSizes().table().asMarkdown().forEach(System.out::println);
    }

    private Table table() throws IOException {
        Map<Slice, SliceCounts> past = ward.batch(BASELINE, 0);
        List<Map<Slice, SliceCounts>> batches = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            batches.add(ward.batch(LABELLED, 0));
        }
        long before = heapBytes();
        for (int number = 0; number < DEPLOYMENTS; number++) {
            DeploymentId id = new DeploymentId("bench", "ward-" + number);
            SecondStageLoop deployment = new SecondStageLoop(id, Ward.policy(BASELINE), 0);
            deployment.take(delta(id, FIRST_MS, past));
            for (int i = 0; i < BUCKETS; i++) {
                deployment.take(delta(id, FIRST_MS + (i + 1) * Ward.BUCKET.toMillis(), batches.get(i)));
            }
            deployments.add(deployment);
        }
        List<Report> reports = deployments.get(0).publish();
        deployments.forEach(SecondStageLoop::publish);
        addHeap(before);
        addStore();
        addSnapshots();
        addMessages(batches.get(0));
        addStatistics(reports);
        return new Table("The second stage", List.of("what", "measured"), rows);
    }

    private void add(String what, double measured) {
        rows.add(List.of(what, String.format(Locale.ROOT, measured < 10 ? "%.1f" : "%,.0f", measured)));
    }

    /** The store is on the heap here, and is not in a monitor: a copy of it says how much of all that is. */
    private void addHeap(long before) {
        long all = heapBytes() - before;
        List<SecondStageLoop> kept = new ArrayList<>(deployments);
        long beforeCopy = heapBytes();
        List<Map<Bytes, byte[]>> copies = new ArrayList<>();
        for (SecondStageLoop deployment : kept) {
            Map<Bytes, byte[]> copy = new TreeMap<>();
            deployment.eachPair((key, value) -> copy.put(Bytes.wrap(key.get().clone()), value.clone()));
            copies.add(copy);
        }
        long store = heapBytes() - beforeCopy;
        long beforeSnapshots = heapBytes();
        List<Object> snapshots = new ArrayList<>();
        deployments.forEach(deployment -> snapshots.add(deployment.snapshot()));
        long snapshot = heapBytes() - beforeSnapshots;
        int slices = DEPLOYMENTS * Ward.SLICES;
        add("heap of a live slice, bytes", (all - store) / (double) slices);
        add("of its part of a snapshot, bytes", snapshot / (double) slices);
        if (copies.size() + snapshots.size() != 2 * DEPLOYMENTS) {
            throw new IllegalStateException("these must be on the heap until now");
        }
    }

    private void addStore() {
        long[] cells = new long[2];
        deployments.forEach(deployment -> deployment.eachPair((key, value) -> {
            byte[] bytes = key.get();
            int zero = 0;
            while (bytes[zero] != 0) {
                zero++;
            }
            if (bytes[zero + 1] == CELL) {
                cells[0]++;
                cells[1] += bytes.length + value.length;
            }
        }));
        add("a cell in the store, key and value, bytes", cells[1] / (double) cells[0]);
        long nanos = 0;
        for (SecondStageLoop deployment : deployments) {
            nanos += nanosOf(deployment::wakeAgain);
        }
        add("to wake a deployment, processor µs a cell", nanos / 1_000.0 / cells[0]);
    }

    private void addSnapshots() {
        long nanos = 0;
        for (int i = 0; i < 2 * SNAPSHOTS; i++) {
            long its = nanosOf(deployments.get(i % DEPLOYMENTS)::snapshot);
            nanos += i < SNAPSHOTS ? 0 : its;
        }
        add("a snapshot, processor µs a slice", nanos / 1_000.0 / SNAPSHOTS / Ward.SLICES);
    }

    private static long nanosOf(Supplier<?> work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Objects.requireNonNull(work.get());
        return threads.getCurrentThreadCpuTime() - start;
    }

    private void addMessages(Map<Slice, SliceCounts> batch) {
        DeploymentId id = new DeploymentId("bench", "ward-0");
        int empty = DeltaCodec.write(delta(id, FIRST_MS, Map.of())).length;
        int full = DeltaCodec.write(delta(id, FIRST_MS, batch)).length;
        Map<Slice, SliceCounts> one = ward.batch(1, 0);
        int small = DeltaCodec.write(delta(id, FIRST_MS, one)).length;
        add("a message to the second stage without cells, bytes", empty);
        add("a cell in a message that has one of every slice, bytes", (full - empty) / (double) batch.size());
        add("a cell in the message of one inference, bytes", (small - empty) / (double) one.size());
    }

    private void addStatistics(List<Report> reports) throws IOException {
        SpecificDatumWriter<SliceStatisticsEvent> writer = new SpecificDatumWriter<>(SliceStatisticsEvent.class);
        long bytes = 0;
        for (Report report : reports) {
            if (report instanceof Report.OfCell cell) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
                writer.write(StatisticsEvents.of(cell), encoder);
                encoder.flush();
                bytes += CONFLUENT_HEADER + out.size() + cell.key().getBytes(StandardCharsets.UTF_8).length;
            }
        }
        add("a record of statistics, key and value, bytes", bytes / (double) reports.size());
    }

    private static Delta delta(DeploymentId id, long startMs, Map<Slice, SliceCounts> counts) {
        List<Delta.Cell> cells = new ArrayList<>();
        counts.forEach((slice, its) -> cells.add(new Delta.Cell("asr-2.3", startMs, slice, its)));
        Ledger ledger = new Ledger();
        ledger.add(Disposition.INFERENCE_WAITING, -LABELLED);
        ledger.add(Disposition.INFERENCE_JOINED, LABELLED);
        ledger.add(Disposition.TRUTH_JOINED, LABELLED);
        return new Delta(
                id,
                startMs + Ward.BUCKET.toMillis(),
                ledger,
                Map.of(),
                new SessionSample(SessionSample.IN_TRANSIT),
                cells);
    }

    private static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
