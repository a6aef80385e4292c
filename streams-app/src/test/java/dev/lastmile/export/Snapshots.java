package dev.lastmile.export;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.DeploymentSnapshot.HistoryPoint;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineTrail;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.detection.Verdict;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.stats.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployments for exporters to show. */
final class Snapshots implements SnapshotSource {

    static final DeploymentId WARD = new DeploymentId("st-marys", "ward 7");
    static final Slice SCOTTISH_IN_IMAGING = Slice.of("noise", "imaging").and("accent", "scottish");

    private final List<DeploymentSnapshot> all;

    Snapshots(DeploymentSnapshot... all) {
        this.all = List.of(all);
    }

    @Override
    public List<DeploymentSnapshot> all() {
        return all;
    }

    @Override
    public Optional<DeploymentSnapshot> find(DeploymentId deployment) {
        return all.stream()
                .filter(snapshot -> snapshot.deployment().equals(deployment))
                .findFirst();
    }

    /** A deployment of which everything is known, with one alert that fires and one that is over. */
    static DeploymentSnapshot ward() {
        Ledger ledger = new Ledger();
        ledger.add(Disposition.INFERENCE_JOINED, 700);
        ledger.add(Disposition.INFERENCE_WAITING, 290);
        ledger.add(Disposition.INFERENCE_UNDECIDED, 3);
        ledger.add(Disposition.TRUTH_WAITING, 5);
        return new DeploymentSnapshot(
                WARD,
                Metric.WORD_ERROR_RATE,
                baseline(),
                List.of(
                        slice(Slice.OVERALL, 700, null),
                        slice(SCOTTISH_IN_IMAGING, 253, 0.121),
                        slice(small(), 10, 0.9)),
                List.of(),
                Map.of("overall", List.of(new HistoryPoint(0, 300, 0.12), new HistoryPoint(3_600_000, 10, 0.9))),
                List.of(alert("a1", AlertState.FIRING), alert("a0", AlertState.RESOLVED)),
                ledger,
                Map.of("BAD_AVRO", 4L),
                1_767_225_600_500L);
    }

    /** One that is in force while the next is being learned; each holds a slice that is too small to be shown. */
    static BaselineStanding baseline() {
        SliceBaseline overall = new SliceBaseline(1_000, 800, 790, 96, 800, 0.125, 0.0625);
        Map<Slice, SliceBaseline> slices = Map.of(
                Slice.OVERALL,
                overall,
                SCOTTISH_IN_IMAGING,
                new SliceBaseline(300, 250, 143, 50, 250, 0.2, 0.00003),
                small(),
                new SliceBaseline(20, 10, 10, 5, 10, 0.5, 0.25));
        Baseline inForce = new Baseline("spring-2026", Baseline.Source.FILE, 0, 3_600_000, 0, 1.5, slices);
        BaselineTrail trail = new BaselineTrail();
        trail.add(
                Baseline.of(
                        Baseline.Source.LEARNED,
                        0,
                        7_200_000,
                        0,
                        1,
                        Map.of(Slice.OVERALL, new SliceBaseline(10, 10, 1, 10, 0.1, 0.09))),
                "policy",
                1_000);
        trail.add(inForce, "command by anna", 2_000);
        return new BaselineStanding(
                inForce, 50_000L, slices, 2, slices, 200, trail.entries(), Map.of("WRONG_CARD", 2L));
    }

    /** Too few labelled inferences to be shown anywhere. */
    static Slice small() {
        return Slice.of("accent", "rare");
    }

    static SliceStanding slice(Slice slice, long labelled, @Nullable Double effect) {
        return slice(slice, "asr-3", labelled, effect);
    }

    private static SliceStanding slice(Slice slice, String modelVersion, long labelled, @Nullable Double effect) {
        return new SliceStanding(
                slice,
                modelVersion,
                2 * labelled,
                labelled,
                labelled,
                10 * labelled,
                0,
                0.1,
                new Interval(0.08, 0.13),
                0.11,
                0.09,
                5_400.0,
                effect,
                0.5);
    }

    static Alert alert(String id, AlertState state) {
        return new Alert(
                id,
                Verdict.DISPARATE_DEGRADATION,
                state,
                WARD,
                "asr-3",
                SCOTTISH_IN_IMAGING,
                0.121,
                new Interval(0.067, 0.175),
                0.38,
                0.26,
                0.156,
                0.126,
                253,
                0.57,
                0.59,
                0.81,
                0.39,
                0.16,
                "b71c09aa2",
                Slice.of("accent", "scottish"),
                0,
                3_600_000,
                1_767_225_600_000L,
                state == AlertState.RESOLVED ? 1_767_229_200_000L : null,
                List.of(Slice.of("noise", "imaging")),
                0.5,
                null,
                "4fe1a2b3c4d5",
                "scottish speakers <script>are</script> misheard");
    }

    /** A deployment with this many slices; the worst comes last. */
    static DeploymentSnapshot wide(int slices) {
        List<SliceStanding> standings = new java.util.ArrayList<>();
        standings.add(slice(Slice.OVERALL, 700, null));
        for (int i = 0; i < slices; i++) {
            standings.add(slice(Slice.of("accent", "a" + i), 100, i / (double) slices));
        }
        return new DeploymentSnapshot(
                WARD,
                Metric.ERROR_RATE,
                BaselineStanding.NONE,
                standings,
                List.of(),
                Map.of(),
                List.of(alert("a1", AlertState.FIRING)),
                new Ledger(),
                Map.of(),
                0);
    }

    /**
     * A deployment with this many slices whose names are as long as they may be; the worst comes last.
     *
     * @param number of the deployment
     * @param letter which names are made of
     */
    static DeploymentSnapshot wordy(int number, int slices, String letter) {
        String longest = letter.repeat(64 / letter.length() - 4);
        String dimension = "d".repeat(64);
        List<SliceStanding> standings = new java.util.ArrayList<>();
        standings.add(slice(Slice.OVERALL, longest, 700, null));
        for (int i = 0; i < slices; i++) {
            Slice slice = Slice.of(dimension, longest).and("e" + dimension.substring(1), longest + i);
            standings.add(slice(slice, longest, 100, i / (double) slices));
        }
        String name = DeploymentId.isDeployment(letter) ? letter : "D";
        return new DeploymentSnapshot(
                new DeploymentId("c".repeat(32), name.repeat(120) + number),
                Metric.FALSE_NEGATIVE_RATE,
                BaselineStanding.NONE,
                standings,
                List.of(),
                Map.of(),
                List.of(alert("a" + number, AlertState.FIRING)),
                new Ledger(),
                Map.of(),
                0);
    }
}
