package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.export.Access;
import dev.lastmile.export.HttpApi;
import dev.lastmile.export.Publications;
import dev.lastmile.export.Readiness;
import dev.lastmile.http.Refusals;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A baseline that goes out by {@code baseline export} and comes in again as a service card. */
class ServiceCardRoundTripTest {

    private static final DeploymentId WARD = new DeploymentId("st-marys", "ward 7");
    private static final Slicing SLICING = new Slicing(
            List.of("accent", "noise", "site"),
            List.of(List.of("noise", "accent"), List.of("accent", "noise"), List.of("noise", "accent", "site")));
    private static final List<Slice> SLICES = List.of(
            Slice.OVERALL,
            Slice.of("accent", "yes"),
            Slice.of("accent", "010"),
            Slice.of("accent", "null"),
            Slice.of("accent", "a: {b}, \"c\" # 'd' \\n & *"),
            Slice.of("accent", "zürich 👩🏽"),
            Slice.of("accent", "__other__"),
            Slice.of("noise", "imaging").and("accent", "scottish"),
            Slice.of("accent", "scottish").and("noise", "imaging"),
            Slice.of("noise", "imaging").and("accent", "scottish").and("site", "7"));

    private final SnapshotStore snapshots = new SnapshotStore();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path directory;
    private final HttpApi api;

    ServiceCardRoundTripTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        api = HttpApi.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Publications(snapshots),
                () -> new Readiness(true, false, "RUNNING", "processing"),
                new CollectorRegistry(),
                Access.OPEN,
                new Refusals(),
                System::nanoTime);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Numbers that are hard to write down. */
    private static Map<Slice, SliceBaseline> parts() {
        Map<Slice, SliceBaseline> parts = new TreeMap<>();
        for (int i = 0; i < SLICES.size(); i++) {
            parts.put(
                    SLICES.get(i),
                    new SliceBaseline(
                            9_000 - 100 * i,
                            4_000 - 50 * i,
                            3_999 - 51 * i,
                            i,
                            123_456_789_012L,
                            1 / (3.0 + i),
                            1e-7 / (1 + i)));
        }
        return parts;
    }

    private void show(Baseline inForce) {
        BaselineStanding standing =
                new BaselineStanding(inForce, null, inForce.slices(), 1.25, Map.of(), 0, List.of(), Map.of());
        snapshots.publish(new DeploymentSnapshot(
                WARD,
                Metric.WORD_ERROR_RATE,
                standing,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                new Ledger(),
                Map.of(),
                1_772_452_800_000L));
    }

    private int export(String... more) throws IOException {
        Path configuration = Files.writeString(
                directory.resolve("lastmile.yaml"), """
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                registry: {url: "http://127.0.0.1:1"}
                http: {port: %d}
                deployments: [{customer: "*", deployment: "*", metric: word_error_rate}]
                """.formatted(api.address().getPort()));
        List<String> arguments = new java.util.ArrayList<>(List.of("baseline", "export", "--config"));
        arguments.add(configuration.toString());
        arguments.addAll(List.of("--customer", "st-marys", "--deployment", "ward 7"));
        arguments.addAll(List.of(more));
        CommandLine commandLine = Main.commandLine(Map.of());
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private Baseline exported(String... more) throws IOException {
        Path card = directory.resolve("card.yaml");
        String[] arguments = java.util.Arrays.copyOf(more, more.length + 2);
        arguments[more.length] = "--file";
        arguments[more.length + 1] = card.toString();
        assertThat(export(arguments)).as(err.toString()).isZero();
        return new ServiceCard(Metric.WORD_ERROR_RATE, SLICING).read(card);
    }

    @Test
    void whatWasExportedGivesTheSameReferencesAndTheSameVersion() throws IOException {
        Baseline before = Baseline.of(Baseline.Source.LEARNED, 3_600_000, 7_200_000, 7_300_000, 4.0 / 3, parts());
        show(before);

        Baseline after = exported();

        assertThat(after.version()).isEqualTo(before.version());
        assertThat(after.slices()).isEqualTo(before.slices());
        assertThat(after.source()).isEqualTo(Baseline.Source.FILE);
        assertThat(after.toExclusiveMs()).isEqualTo(7_200_000);
        for (Slice slice : SLICES) {
            assertThat(after.referenceFor(slice, 200)).isEqualTo(before.referenceFor(slice, 200));
        }
    }

    @Test
    void aNameThatWasGivenStays() throws IOException {
        show(new Baseline("spring-2026", Baseline.Source.FILE, 0, 0, 0, 1, parts()));

        assertThat(exported().version()).isEqualTo("spring-2026");
    }

    @Test
    void slicesTooSmallToBeShownAreLeftOutAndTheVersionSaysSo() throws IOException {
        Map<Slice, SliceBaseline> parts = parts();
        parts.put(Slice.of("accent", "rare"), new SliceBaseline(30, 10, 1, 10, 0.1, 0.09));
        Baseline before = Baseline.of(Baseline.Source.LEARNED, 0, 1, 1, 1, parts);
        show(before);

        Baseline after = exported();

        assertThat(after.slices()).isEqualTo(parts());
        assertThat(after.version()).isNotEqualTo(before.version());
    }

    @Test
    void whatADeploymentIsLikeNowIsACardToo() throws IOException {
        show(Baseline.of(Baseline.Source.LEARNED, 0, 1, 1, 1, parts()));

        Baseline after = exported("--current");

        assertThat(after.slices()).isEqualTo(parts());
        assertThat(after.designEffect()).isEqualTo(1.25);
    }

    @Test
    void withoutFileTheCardIsPrintedAndWithoutBaselineTheReasonIs() throws IOException {
        show(Baseline.of(Baseline.Source.LEARNED, 0, 1, 1, 1, parts()));
        assertThat(export()).isZero();
        assertThat(out.toString()).startsWith("# Baseline b").contains("slices:\n  - {\"slice\":{}");

        show(Baseline.of(Baseline.Source.LEARNED, 0, 1, 1, 1, Map.of()));
        assertThat(export()).isEqualTo(1);
        assertThat(err.toString()).contains("answered 404", "no baseline with enough labelled inferences");
    }
}
