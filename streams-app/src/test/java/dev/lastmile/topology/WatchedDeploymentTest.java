package dev.lastmile.topology;

import static dev.lastmile.alert.SliceStanding.MINIMUM_SHOWN;
import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.SessionSample;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Disposition;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Score;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import dev.lastmile.topology.serde.DeltaCodec;
import dev.lastmile.topology.serde.DeploymentCodec;
import dev.lastmile.topology.serde.DeploymentKeys;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One deployment over one store, and what is left of it when the process starts again. */
class WatchedDeploymentTest {

    private static final DeploymentId ID = new DeploymentId(CUSTOMER, WARD);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final DeploymentPolicy POLICY = Fixtures.policy(Metric.ERROR_RATE, new BaselinePlan.None());

    private final MockProcessorContext<String, Report> context = new MockProcessorContext<>();
    private final KeyValueStore<Bytes, byte[]> store = newStore();
    private final Random random = new Random(8);
    private long nowMs = NOON.toEpochMilli();

    WatchedDeploymentTest() {
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(0);
    }

    private KeyValueStore<Bytes, byte[]> newStore() {
        KeyValueStore<Bytes, byte[]> created = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(DeploymentProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        created.init(context.getStateStoreContext(), created);
        return created;
    }

    @AfterEach
    void close() {
        store.close();
    }

    private WatchedDeployment watch(DeploymentPolicy policy) {
        return new WatchedDeployment(ID, policy, store, new WarmCells());
    }

    /** A batch of labelled inferences of one hour, every second of them scottish. */
    private Delta batch(int count, double scottishRate, double otherRate) {
        SliceCounts overall = new SliceCounts();
        SliceCounts scottish = new SliceCounts();
        SliceCounts welsh = new SliceCounts();
        for (int i = 0; i < count; i++) {
            boolean isScottish = i % 2 == 0;
            Score score = Score.of(random.nextDouble() < (isScottish ? scottishRate : otherRate) ? 1 : 0, 1);
            for (SliceCounts counts : new SliceCounts[] {overall, isScottish ? scottish : welsh}) {
                counts.addReceived();
                counts.addFirstLabel(score, 1_000);
            }
        }
        long bucketMs = nowMs;
        nowMs += HOUR_MS;
        Ledger ledger = new Ledger();
        ledger.add(Disposition.INFERENCE_JOINED, count);
        return new Delta(
                ID,
                nowMs,
                ledger,
                Map.of(),
                new SessionSample(SessionSample.IN_TRANSIT),
                List.of(
                        new Delta.Cell("v1", bucketMs, Slice.OVERALL, overall),
                        new Delta.Cell("v1", bucketMs, Slice.of("accent", "scottish"), scottish),
                        new Delta.Cell("v1", bucketMs, Slice.of("accent", "welsh"), welsh)));
    }

    private List<Report.OfAlert> feed(WatchedDeployment watch, int batches, double scottishRate) {
        List<Report.OfAlert> alerts = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            for (Report report : watch.take(batch(100, scottishRate, 0.1))) {
                alerts.add((Report.OfAlert) report);
            }
        }
        return alerts;
    }

    private int detectorsStored() {
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                store.range(DeploymentKeys.of(ID, Part.DETECTOR), DeploymentKeys.endOf(ID, Part.DETECTOR))) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    private static DeploymentPolicy withBudget(long budget) {
        var detection = POLICY.detection();
        return withDetection(new dev.lastmile.detection.DetectionSettings(
                budget,
                detection.margin(),
                detection.disparityGap(),
                detection.minimumBaseline(),
                detection.minimumLabelled(),
                detection.minimumEffect(),
                detection.baselineSigmas(),
                detection.clearEffect(),
                detection.staleAfter(),
                detection.coolDown(),
                detection.sessions(),
                detection.coverageMargin(),
                detection.budgets()));
    }

    private static DeploymentPolicy withDetection(dev.lastmile.detection.DetectionSettings detection) {
        return new DeploymentPolicy(
                POLICY.customer(),
                POLICY.deployment(),
                POLICY.scorer(),
                POLICY.slicing(),
                POLICY.bucket(),
                POLICY.horizon(),
                POLICY.corrections(),
                POLICY.baseline(),
                detection,
                POLICY.limits());
    }

    @Test
    void aProcessThatStartsAgainShowsWhatTheOneBeforeDid() {
        WatchedDeployment before = watch(POLICY);
        before.wake();
        feed(before, 5, 0.2);

        WatchedDeployment after = watch(POLICY);
        assertThat(after.wake()).isEmpty();

        assertThat(after.snapshot(MINIMUM_SHOWN)).isEqualTo(before.snapshot(MINIMUM_SHOWN));
    }

    @Test
    void aProcessThatStartsAgainDecidesWhatTheOneBeforeWouldHave() {
        WatchedDeployment lasting = watch(POLICY);
        lasting.wake();
        KeyValueStore<Bytes, byte[]> otherStore = newStore();
        for (int i = 0; i < 60; i++) {
            Delta delta = oneSidedBatch(NOON.toEpochMilli() + i / 6 * HOUR_MS);
            WatchedDeployment restarted = new WatchedDeployment(ID, POLICY, otherStore, new WarmCells());
            restarted.wake();

            assertThat(restarted.take(delta)).as("batch " + i).isEqualTo(lasting.take(delta));
            assertThat(restarted.snapshot(MINIMUM_SHOWN)).as("batch " + i).isEqualTo(lasting.snapshot(MINIMUM_SHOWN));
        }
        assertThat(lasting.snapshot(MINIMUM_SHOWN).alerts()).isNotEmpty();
    }

    /** Labels of one accent only, so that their evidence has to wait for that of the rest. */
    private Delta oneSidedBatch(long bucketMs) {
        boolean isScottish = random.nextBoolean();
        SliceCounts counts = new SliceCounts();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            counts.addReceived();
            counts.addFirstLabel(Score.of(random.nextDouble() < (isScottish ? 0.6 : 0.1) ? 1 : 0, 1), 1_000);
        }
        Slice slice = Slice.of("accent", isScottish ? "scottish" : "welsh");
        return new Delta(
                ID,
                bucketMs,
                new Ledger(),
                Map.of(),
                new SessionSample(SessionSample.IN_TRANSIT),
                List.of(
                        new Delta.Cell("v1", bucketMs, Slice.OVERALL, counts),
                        new Delta.Cell("v1", bucketMs, slice, counts)));
    }

    @Test
    void aRestartWhileABaselineIsBeingLearnedGoesOnLearning() {
        DeploymentPolicy learning = Fixtures.policy(Metric.ERROR_RATE, new BaselinePlan.FirstLabelled(500));
        WatchedDeployment before = watch(learning);
        before.wake();
        feed(before, 3, 0.1);

        WatchedDeployment after = watch(learning);
        after.wake();
        assertThat(after.snapshot(MINIMUM_SHOWN).baselineProgress()).isEqualTo(300);
        assertThat(after.snapshot(MINIMUM_SHOWN)).isEqualTo(before.snapshot(MINIMUM_SHOWN));
        feed(after, 2, 0.1);

        assertThat(after.snapshot(MINIMUM_SHOWN).baselineVersion()).startsWith("b");
        assertThat(watch(learning).snapshot(MINIMUM_SHOWN).baselineVersion())
                .isEqualTo(after.snapshot(MINIMUM_SHOWN).baselineVersion());
    }

    @Test
    void otherSettingsEndTheAlertsAndStartEveryDetectorAnew() {
        WatchedDeployment before = watch(POLICY);
        before.wake();
        assertThat(feed(before, 10, 0.6)).isNotEmpty();
        assertThat(detectorsStored()).isPositive();

        WatchedDeployment after = watch(withBudget(50_000));
        List<Report> ended = after.wake();

        assertThat(ended).isNotEmpty().allSatisfy(report -> assertThat(
                        ((Report.OfAlert) report).alert().state())
                .isEqualTo(AlertState.RESOLVED));
        assertThat(detectorsStored()).isZero();
        assertThat(after.snapshot(MINIMUM_SHOWN).slices())
                .hasSameSizeAs(before.snapshot(MINIMUM_SHOWN).slices());
        assertThat(after.snapshot(MINIMUM_SHOWN).slices())
                .allSatisfy(slice -> assertThat(slice.evidence()).isNull());
        // And once more under the same settings: nothing of the old detectors comes back.
        WatchedDeployment again = watch(withBudget(50_000));
        assertThat(again.wake()).isEmpty();
        assertThat(again.snapshot(MINIMUM_SHOWN).slices())
                .allSatisfy(slice -> assertThat(slice.evidence()).isNull());
    }

    @Test
    void anythingThatCanChangeAResultChangesTheConfigurationHash() {
        assertThat(withBudget(100_000).configurationHash()).isEqualTo(POLICY.configurationHash());
        assertThat(withBudget(50_000).configurationHash()).isNotEqualTo(POLICY.configurationHash());
        assertThat(POLICY.withLimits(new Limits(1, 1_000, Duration.ofDays(7))).configurationHash())
                .isNotEqualTo(POLICY.configurationHash());
        assertThat(Fixtures.policy(Metric.WORD_ERROR_RATE, new BaselinePlan.None())
                        .configurationHash())
                .isNotEqualTo(POLICY.configurationHash());
    }

    @Test
    void bucketsThatNoTruthCanReachAreForgottenAndTotalsKept() {
        WatchedDeployment watch = watch(POLICY);
        watch.wake();
        feed(watch, 1, 0.1);
        nowMs += Duration.ofDays(60).toMillis();
        feed(watch, 1, 0.1);
        long cells = cells();

        watch.forgetOldBuckets();

        assertThat(cells()).isEqualTo(cells - 3);
        assertThat(watch(POLICY).snapshot(MINIMUM_SHOWN).slices().get(0).labelled())
                .isEqualTo(200);
    }

    /** New and old buckets in turn, an early one after it was forgotten included. */
    private List<Object> life(WatchedDeployment watch, long seed) {
        random.setSeed(seed);
        Random times = new Random(seed);
        nowMs = NOON.toEpochMilli();
        List<Object> said = new ArrayList<>(watch.wake());
        for (int i = 0; i < 120; i++) {
            Delta delta = i % 5 == 0
                    ? oneSidedBatch(NOON.toEpochMilli() + HOUR_MS * times.nextInt(i + 1))
                    : batch(30, i > 60 ? 0.6 : 0.1, 0.1);
            said.addAll(watch.take(delta));
            nowMs -= HOUR_MS * times.nextInt(2);
            if (i == 80) {
                nowMs += Duration.ofDays(40).toMillis();
            }
            if (i % 7 == 0) {
                said.addAll(watch.publishStatistics());
                watch.forgetOldBuckets();
            }
        }
        said.addAll(watch.publishStatistics());
        return said;
    }

    private static Map<Bytes, String> contents(KeyValueStore<Bytes, byte[]> of) {
        Map<Bytes, String> contents = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = of.all()) {
            all.forEachRemaining(entry -> contents.put(entry.key, HexFormat.of().formatHex(entry.value)));
        }
        return contents;
    }

    @Test
    void whetherCellsAreWarmChangesNothing() {
        for (int seed = 0; seed < 5; seed++) {
            KeyValueStore<Bytes, byte[]> coldStore = newStore();
            KeyValueStore<Bytes, byte[]> tepidStore = newStore();
            KeyValueStore<Bytes, byte[]> warmStore = newStore();

            List<Object> cold = life(new WatchedDeployment(ID, POLICY, coldStore, new WarmCells(0)), seed);
            List<Object> tepid = life(new WatchedDeployment(ID, POLICY, tepidStore, new WarmCells(2_000)), seed);
            List<Object> warm = life(new WatchedDeployment(ID, POLICY, warmStore, new WarmCells()), seed);

            assertThat(cold).hasSizeGreaterThan(100);
            assertThat(warm).usingRecursiveComparison().isEqualTo(cold);
            assertThat(tepid).usingRecursiveComparison().isEqualTo(cold);
            assertThat(contents(warmStore)).isEqualTo(contents(coldStore));
            assertThat(contents(tepidStore)).isEqualTo(contents(coldStore));
            coldStore.close();
            tepidStore.close();
            warmStore.close();
        }
    }

    private long cells() {
        long count = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                store.range(DeploymentKeys.of(ID, Part.CELL), DeploymentKeys.endOf(ID, Part.CELL))) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    @Test
    void whatWakingUpHasToSayIsSaidOnlyOnceTheTaskRuns() {
        WatchedDeployment before = watch(POLICY);
        before.wake();
        feed(before, 10, 0.6);
        List<DeploymentSnapshot> shown = new ArrayList<>();
        DeploymentProcessor processor = processor(withBudget(50_000), shown);

        processor.init(context);
        assertThat(context.forwarded()).isEmpty();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_000);

        assertThat(context.forwarded())
                .isNotEmpty()
                .extracting(forwarded -> forwarded.record().value())
                .allMatch(Report.OfAlert.class::isInstance);
        assertThat(shown).singleElement().satisfies(snapshot -> assertThat(snapshot.alerts())
                .allMatch(alert -> alert.state() == AlertState.RESOLVED));
        processor.process(message(batch(10, 0.1, 0.1)));
        assertThat(shown).hasSize(1);
    }

    private static DeploymentProcessor processor(DeploymentPolicy policy, List<DeploymentSnapshot> shown) {
        return new DeploymentProcessor(
                new Policies(List.of(policy)),
                new SnapshotSink() {
                    @Override
                    public void publish(DeploymentSnapshot snapshot) {
                        shown.add(snapshot);
                    }

                    @Override
                    public void retire(DeploymentId deployment) {}
                },
                MINIMUM_SHOWN,
                Duration.ofSeconds(10),
                true);
    }

    private static Record<String, Arrival> message(Delta delta) {
        return new Record<>(ID.toString(), new Arrival.Message(DeltaCodec.write(delta)), 2_000);
    }

    @Test
    void whatTasksSendWithinACommitIsOneBatch() {
        List<DeploymentSnapshot> shown = new ArrayList<>();
        DeploymentProcessor processor = processor(POLICY, shown);
        processor.init(context);

        processor.process(message(batch(100, 0.1, 0.1)));
        processor.process(message(batch(100, 0.1, 0.1)));
        assertThat(head().labelled()).as("before the commit").isZero();
        processor.process(new Record<>(ID.toString(), new Arrival.CommitToCome(), 2_000));

        assertThat(head().labelled()).isEqualTo(200);
        assertThat(head().batches()).isEqualTo(1);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_000);
        assertThat(shown).singleElement().satisfies(snapshot -> assertThat(
                        snapshot.ledger().get(Disposition.INFERENCE_JOINED))
                .isEqualTo(200));
    }

    private DeploymentHead head() {
        return DeploymentCodec.readHead(store.get(DeploymentKeys.of(ID, Part.HEAD)));
    }

    @Test
    void aCommandDoesNotWaitAndWhatCameBeforeItIsCountedBeforeIt() {
        DeploymentProcessor processor = processor(POLICY, new ArrayList<>());
        processor.init(context);

        processor.process(message(batch(100, 0.1, 0.1)));
        processor.process(message(
                Delta.of(ID, new BaselineCommand.Relearn("anna", nowMs, new BaselinePlan.FirstLabelled(1_000)))));
        processor.process(message(batch(50, 0.1, 0.1)));
        processor.process(new Record<>(ID.toString(), new Arrival.CommitToCome(), 2_000));

        assertThat(watch(POLICY).snapshot(MINIMUM_SHOWN).baselineProgress()).isEqualTo(50);
    }

    @Test
    void aBaselineLearnedAnewHoldsWhatCameSinceAlsoAfterARestart() {
        WatchedDeployment before = watch(POLICY);
        before.wake();
        feed(before, 4, 0.3);
        before.take(Delta.of(ID, new BaselineCommand.Relearn("anna", nowMs, new BaselinePlan.FirstLabelled(300))));
        feed(before, 2, 0.1);

        WatchedDeployment after = watch(POLICY);
        after.wake();
        assertThat(after.snapshot(MINIMUM_SHOWN)).isEqualTo(before.snapshot(MINIMUM_SHOWN));
        assertThat(after.snapshot(MINIMUM_SHOWN).baselineProgress()).isEqualTo(200);
        Delta last = batch(100, 0.1, 0.1);
        after.take(last);
        // Whatever is learned on the heap alone: this one never started again.
        before.take(last);

        assertThat(after.snapshot(MINIMUM_SHOWN).baselineVersion()).startsWith("b");
        assertThat(after.snapshot(MINIMUM_SHOWN).baseline())
                .isEqualTo(before.snapshot(MINIMUM_SHOWN).baseline());
    }

    @Test
    void whatWasNotPublishedBeforeARestartIsPublishedAfterIt() {
        WatchedDeployment before = watch(POLICY);
        before.wake();
        feed(before, 1, 0.1);
        assertThat(before.publishStatistics()).hasSize(3);
        feed(before, 1, 0.1);

        WatchedDeployment after = watch(POLICY);
        after.wake();

        assertThat(after.publishStatistics()).hasSize(3).hasSameSizeAs(before.publishStatistics());
        assertThat(watch(POLICY).publishStatistics()).isEmpty();
    }

    @Test
    void aDeploymentWithoutPolicyKeepsItsLedgerAndIsWatchedAgainOnceItHasOne() {
        WatchedDeployment before = watch(POLICY);
        before.wake();
        feed(before, 2, 0.1);
        UnwatchedDeployment without = new UnwatchedDeployment(ID, store);
        without.take(new Delta(
                ID,
                nowMs,
                new Ledger(),
                Map.of("UNKNOWN_DEPLOYMENT", 4L),
                new SessionSample(SessionSample.IN_TRANSIT),
                List.of()));

        assertThat(without.snapshot(MINIMUM_SHOWN).deadLetters()).containsEntry("UNKNOWN_DEPLOYMENT", 4L);
        assertThat(watch(POLICY).snapshot(MINIMUM_SHOWN).ledger().get(Disposition.INFERENCE_JOINED))
                .isEqualTo(200);
        assertThat(watch(POLICY).snapshot(MINIMUM_SHOWN).slices()).isNotEmpty();
    }
}
