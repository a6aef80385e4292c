package dev.lastmile.faults.fuzz.slice;

import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.app.SnapshotStore;
import dev.lastmile.app.SystemGuards;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.export.Access;
import dev.lastmile.export.ExportLimits;
import dev.lastmile.export.HttpApi;
import dev.lastmile.export.MetricsExporter;
import dev.lastmile.export.Publications;
import dev.lastmile.export.Readiness;
import dev.lastmile.export.StreamsHealth;
import dev.lastmile.http.Refusals;
import dev.lastmile.schema.ErrorCounts;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.slice.Slice;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A customer who invents values: millions of different ones through the whole topology, sixteen an inference. Afterwards the caps hold, and
 * whatever dimension is looked at, its parts add up to what was sent.
 */
public final class SliceFlood {

    static final int DIMENSIONS = 16;
    static final int VALUES_PER_DIMENSION = 64;

    /** The values of the dimensions alone are more: intersections that come later have no place of their own. */
    static final int LIVE_SLICES = 100;

    /** Unknown, invalid and other have a place besides. */
    private static final int NAMES_OF_OURS = 3;

    private static final int MOST_EXPOSED_BYTES = ExportLimits.DEFAULT.bytes();
    private static final int RECORDS_A_TICK = 1_000;
    private static final DeploymentId FLOOD = new DeploymentId("acme", "flood");
    private static final long NOON_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
    private static final List<List<String>> INTERSECTIONS = List.of(List.of("d0", "d1"), List.of("d2", "d3", "d4"));

    /**
     * What came of it.
     *
     * @param broken promises, a line each
     * @param values different ones that were sent
     * @param inferences that were sent, each with its ground truth
     * @param slices that are counted, of all model versions together
     * @param exposedBytes of all metrics
     * @param took for all of it
     */
    public record Result(
            List<String> broken, long values, long inferences, int slices, int exposedBytes, Duration took) {

        public Result {
            broken = List.copyOf(broken);
        }
    }

    /** Sums of a slice over all model versions. */
    private record Sums(long received, long labelled, long errors, long trials) {
        private static final Sums NONE = new Sums(0, 0, 0, 0);

        private Sums plus(Sums other) {
            return new Sums(
                    received + other.received, labelled + other.labelled, errors + other.errors, trials + other.trials);
        }
    }

    private final List<String> broken = new ArrayList<>();
    private final SplittableRandom random;
    private long invented;
    private Sums sent = Sums.NONE;

    private SliceFlood(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Sends so many different values, or a few more.
     *
     * @param directory empty, for state
     */
    public static Result of(long seed, long values, Path directory) throws IOException, InterruptedException {
        SystemGuards.apply();
        return new SliceFlood(seed).flood(values, directory);
    }

    private Result flood(long values, Path directory) throws IOException, InterruptedException {
        long started = System.nanoTime();
        SnapshotStore snapshots = new SnapshotStore();
        try (FloodedTopology topology = new FloodedTopology(FLOOD, INTERSECTIONS, snapshots, directory)) {
            int records = 0;
            while (invented < values) {
                long atMs = NOON_MS + records;
                topology.send(inference(records, atMs), atMs);
                topology.send(truth(records, atMs), atMs);
                if (++records % RECORDS_A_TICK == 0) {
                    topology.tick();
                }
            }
            topology.settle();
            DeploymentSnapshot snapshot =
                    snapshots.find(FLOOD).orElseThrow(() -> new IOException("nothing was counted"));
            check(snapshot, records);
            int exposed = exposedBytes(snapshots);
            if (exposed > MOST_EXPOSED_BYTES) {
                broken.add("metrics have " + exposed + " bytes");
            }
            return new Result(
                    broken,
                    invented,
                    records,
                    snapshot.slices().size(),
                    exposed,
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private InferenceEvent inference(int number, long atMs) {
        Map<String, String> attributes = new HashMap<>();
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            attributes.put("d" + dimension, value());
        }
        return InferenceEvent.newBuilder()
                .setDeployment(FLOOD.deployment())
                .setModelVersion(number % 2 == 0 ? "v1" : "v2")
                .setInferenceId("i" + number)
                .setOccurredAt(Instant.ofEpochMilli(atMs))
                .setAttributes(attributes)
                .setOutput(null)
                .build();
    }

    /** One that nobody sent before, mostly in plain letters; now and then one that was, so that it is not always the last. */
    private String value() {
        if (random.nextInt(50) == 0) {
            return "v" + random.nextLong(invented + 1);
        }
        long number = invented++;
        return switch (random.nextInt(100)) {
            case 0 -> "__other__" + number;
            case 1 -> "x".repeat(65) + number;
            case 2 -> "a\u202E" + number;
            case 3 -> " é=," + number + "% ";
            default -> "v" + number;
        };
    }

    private GroundTruthEvent truth(int number, long atMs) {
        long trials = random.nextInt(4);
        long errors = random.nextLong(trials + 1);
        sent = sent.plus(new Sums(1, 1, errors, trials));
        return GroundTruthEvent.newBuilder()
                .setDeployment(FLOOD.deployment())
                .setInferenceId("i" + number)
                .setObservedAt(Instant.ofEpochMilli(atMs))
                .setTruth(new ErrorCounts(errors, trials))
                .setRevision(0)
                .build();
    }

    private void check(DeploymentSnapshot snapshot, int records) {
        Map<Slice, Sums> sums = new HashMap<>();
        for (SliceStanding standing : snapshot.slices()) {
            sums.merge(
                    standing.slice(),
                    new Sums(standing.received(), standing.labelled(), standing.errors(), standing.trials()),
                    Sums::plus);
        }
        if (!snapshot.deadLetters().isEmpty()) {
            broken.add("dead letters: " + snapshot.deadLetters());
        }
        requireEqual("all traffic", sums.getOrDefault(Slice.OVERALL, Sums.NONE), inUnits(sent, sums, records));
        Map<Slice, Map<String, Sums>> parts = new HashMap<>();
        Map<String, Set<String>> values = new HashMap<>();
        int intersections = 0;
        for (Map.Entry<Slice, Sums> entry : sums.entrySet()) {
            Slice slice = entry.getKey();
            if (slice.isOverall()) {
                continue;
            }
            Slice.Term last = slice.last();
            parts.computeIfAbsent(slice.parent(), any -> new HashMap<>())
                    .merge(last.dimension(), entry.getValue(), Sums::plus);
            slice.terms().forEach(term -> values.computeIfAbsent(term.dimension(), any -> new HashSet<>())
                    .add(term.value()));
            intersections += slice.terms().size() > 1 && !last.value().equals(Slice.OTHER) ? 1 : 0;
        }
        parts.forEach((parent, byDimension) -> byDimension.forEach((dimension, its) ->
                requireEqual(parent + " by " + dimension, its, sums.getOrDefault(parent, Sums.NONE))));
        values.forEach((dimension, its) -> {
            if (its.size() > VALUES_PER_DIMENSION + NAMES_OF_OURS || !its.contains(Slice.OTHER)) {
                broken.add(dimension + " has " + its.size() + " values");
            }
        });
        if (values.size() != DIMENSIONS) {
            broken.add(values.size() + " dimensions are counted");
        }
        if (intersections > LIVE_SLICES) {
            broken.add(intersections + " intersections are counted");
        }
    }

    /** Errors and trials are counted in fractions, of which all traffic says how large they are. */
    private static Sums inUnits(Sums sent, Map<Slice, Sums> sums, int records) {
        long trials = sums.getOrDefault(Slice.OVERALL, Sums.NONE).trials();
        long unit = sent.trials() == 0 ? 1 : trials / sent.trials();
        return new Sums(records, records, sent.errors() * unit, sent.trials() * unit);
    }

    private void requireEqual(String what, Sums found, Sums expected) {
        if (!found.equals(expected)) {
            broken.add(what + ": " + found + " instead of " + expected);
        }
    }

    private static int exposedBytes(SnapshotStore snapshots) throws IOException, InterruptedException {
        CollectorRegistry registry = new CollectorRegistry();
        Publications publications = new Publications(snapshots);
        Refusals refusals = new Refusals();
        new MetricsExporter(publications, () -> StreamsHealth.NOT_STARTED, refusals, ExportLimits.DEFAULT, "fuzz")
                .register(registry);
        try (HttpApi api = HttpApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                publications,
                () -> new Readiness(true, false, "RUNNING", "processing"),
                registry,
                Access.OPEN,
                refusals,
                System::nanoTime)) {
            URI uri = URI.create("http://127.0.0.1:" + api.address().getPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body()
                    .length;
        }
    }
}
