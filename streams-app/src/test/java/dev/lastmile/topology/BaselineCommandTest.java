package dev.lastmile.topology;

import static dev.lastmile.alert.SliceStanding.MINIMUM_SHOWN;
import static dev.lastmile.topology.Fixtures.CUSTOMER;
import static dev.lastmile.topology.Fixtures.NOON;
import static dev.lastmile.topology.Fixtures.WARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.alert.AlertState;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.BaselineStanding.Missing;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import dev.lastmile.detection.BaselineTrail;
import dev.lastmile.detection.SessionSample;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Ledger;
import dev.lastmile.score.Metric;
import dev.lastmile.score.Score;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.SliceCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who decides what a deployment is compared with, and what becomes of everything else when it is decided. */
class BaselineCommandTest {

    private static final DeploymentId ID = new DeploymentId(CUSTOMER, WARD);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final Slice SCOTTISH = Slice.of("accent", "scottish");
    private static final DeploymentPolicy POLICY = policy(new BaselinePlan.FirstLabelled(1_000));

    private final MockProcessorContext<String, Report> context = new MockProcessorContext<>();
    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(DeploymentProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private long nowMs = NOON.toEpochMilli();

    BaselineCommandTest() {
        context.addStateStore(store);
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static DeploymentPolicy policy(BaselinePlan plan) {
        return Fixtures.policy(Metric.ERROR_RATE, plan);
    }

    /** The deployment as a process that starts now finds it. */
    private WatchedDeployment start(DeploymentPolicy policy) {
        WatchedDeployment watch = new WatchedDeployment(ID, policy, store, new WarmCells());
        watch.wake();
        return watch;
    }

    /** Batches of a hundred labelled inferences, an hour each; of the fifty scottish ones so many are wrong. */
    private List<Report.OfAlert> feed(WatchedDeployment watch, int batches, int wrongScottish) {
        List<Report.OfAlert> alerts = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            SliceCounts overall = new SliceCounts();
            SliceCounts scottish = counted(50, wrongScottish);
            SliceCounts welsh = counted(50, 5);
            overall.add(scottish);
            overall.add(welsh);
            long bucketMs = nowMs;
            nowMs += HOUR_MS;
            Delta delta = new Delta(
                    ID,
                    nowMs,
                    new Ledger(),
                    Map.of(),
                    new SessionSample(SessionSample.IN_TRANSIT),
                    List.of(
                            new Delta.Cell("v1", bucketMs, Slice.OVERALL, overall),
                            new Delta.Cell("v1", bucketMs, SCOTTISH, scottish),
                            new Delta.Cell("v1", bucketMs, Slice.of("accent", "welsh"), welsh)));
            watch.take(delta).forEach(report -> alerts.add((Report.OfAlert) report));
        }
        return alerts;
    }

    private static SliceCounts counted(int count, int wrong) {
        SliceCounts counts = new SliceCounts();
        for (int i = 0; i < count; i++) {
            counts.addReceived();
            counts.addFirstLabel(Score.of(i < wrong ? 1 : 0, 1), 1_000);
        }
        return counts;
    }

    private List<Report> obey(DeploymentWatch watch, BaselineCommand command) {
        return watch.take(Delta.of(ID, command));
    }

    private BaselineCommand relearn(BaselinePlan.Learned plan) {
        return new BaselineCommand.Relearn("anna", nowMs, plan);
    }

    private BaselineCommand importCard() {
        Map<Slice, SliceBaseline> slices = Map.of(
                Slice.OVERALL,
                new SliceBaseline(9_000, 9_000, 900, 9_000, 0.1, 0.09),
                SCOTTISH,
                new SliceBaseline(143, 143, 14, 143, 0.1, 0.09));
        return new BaselineCommand.Import(
                "anna", nowMs, new Baseline("spring-2026", Baseline.Source.FILE, 0, 0, 0, 1, slices));
    }

    private static BaselineStanding standing(DeploymentWatch watch) {
        return watch.snapshot(MINIMUM_SHOWN).baseline();
    }

    private static double evidence(WatchedDeployment watch) {
        return watch.snapshot(MINIMUM_SHOWN).slices().stream()
                .filter(slice -> slice.slice().equals(SCOTTISH))
                .map(SliceStanding::evidence)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void learningAnewKeepsStatisticsBaselineAndDetectorsUntilTheNewOneIsFrozen() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 10, 5);
        String old = standing(watch).version();
        assertThat(feed(watch, 5, 25))
                .extracting(report -> report.alert().state())
                .contains(AlertState.FIRING);
        double before = evidence(watch);

        assertThat(obey(watch, relearn(new BaselinePlan.FirstLabelled(300)))).isEmpty();

        assertThat(standing(watch).version()).isEqualTo(old);
        assertThat(standing(watch).progress()).isZero();
        assertThat(evidence(watch)).isEqualTo(before);
        List<Report.OfAlert> meanwhile = feed(watch, 2, 25);
        assertThat(meanwhile).extracting(report -> report.alert().state()).doesNotContain(AlertState.RESOLVED);
        assertThat(standing(watch).progress()).isEqualTo(200);
        assertThat(standing(watch).version()).isEqualTo(old);

        List<Report.OfAlert> frozen = feed(watch, 1, 25);

        assertThat(frozen).isNotEmpty().allSatisfy(report -> {
            assertThat(report.alert().state()).isEqualTo(AlertState.RESOLVED);
            assertThat(report.alert().message()).contains("because a new baseline is in force");
        });
        assertThat(standing(watch).version()).isNotEqualTo(old);
        assertThat(standing(watch).progress()).isNull();
        assertThat(watch.snapshot(MINIMUM_SHOWN).slices().get(0).labelled()).isEqualTo(1_800);
        assertThat(standing(watch).trail())
                .extracting(BaselineTrail.Entry::setBy)
                .containsExactly("policy", "command by anna");
    }

    @Test
    void anImportedBaselineIsInForceAtOnceAndStaysSoWhateverThePolicyLearns() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 5, 5);

        obey(watch, importCard());

        assertThat(standing(watch).version()).isEqualTo("spring-2026");
        assertThat(standing(watch).progress()).isNull();
        feed(watch, 10, 5);
        WatchedDeployment restarted = start(POLICY);
        assertThat(standing(restarted).version()).isEqualTo("spring-2026");
        assertThat(restarted.snapshot(MINIMUM_SHOWN)).isEqualTo(watch.snapshot(MINIMUM_SHOWN));
        WatchedDeployment otherLimits = start(POLICY.withLimits(new Limits(8, 100, Duration.ofDays(7))));
        assertThat(standing(otherLimits).version()).isEqualTo("spring-2026");
        feed(otherLimits, 10, 5);
        assertThat(standing(otherLimits).version()).isEqualTo("spring-2026");
    }

    @Test
    void aPlanThatChangesInTheConfigurationOutranksTheCommandBeforeIt() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 5, 5);
        obey(watch, importCard());

        WatchedDeployment changed = start(policy(new BaselinePlan.FirstLabelled(200)));

        assertThat(standing(changed).version()).isEqualTo("spring-2026");
        assertThat(standing(changed).progress()).isZero();
        feed(changed, 2, 5);
        assertThat(standing(changed).version()).startsWith("b");
        assertThat(standing(start(policy(new BaselinePlan.None()))).version()).isNull();
    }

    @Test
    void whatIsLearnedOnCommandGoesOnAfterARestart() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 10, 5);
        obey(watch, relearn(new BaselinePlan.FirstLabelled(300)));
        feed(watch, 1, 5);

        WatchedDeployment restarted = start(POLICY);

        assertThat(standing(restarted).progress()).isEqualTo(100);
        feed(restarted, 2, 5);
        assertThat(standing(restarted).trail()).hasSize(2);
    }

    @Test
    void aRangeOfThePastIsTakenFromTheBucketsThatAreKept() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 12, 5);
        long fromMs = NOON.toEpochMilli() + 2 * HOUR_MS;

        obey(watch, relearn(new BaselinePlan.Range(fromMs, fromMs + 4 * HOUR_MS, Duration.ofHours(1))));

        BaselineTrail.Entry last = standing(watch).trail().get(1);
        assertThat(last.labelled()).isEqualTo(400);
        assertThat(last.source()).isEqualTo(Baseline.Source.RANGE);
        assertThat(last.fromMs()).isEqualTo(fromMs);
        assertThat(last.version()).isEqualTo(standing(watch).version());
    }

    @Test
    void commandsThatCannotBeObeyedAreCountedAndChangeNothing() {
        WatchedDeployment watch = start(policy(new BaselinePlan.None()));
        feed(watch, 2, 5);

        obey(watch, new BaselineCommand.Relearn("anna", nowMs, null));
        obey(watch, relearn(new BaselinePlan.Range(0, HOUR_MS, Duration.ZERO)));
        obey(watch, new BaselineCommand.Refused(nowMs, CommandRefusal.WRONG_CARD));
        obey(watch, new BaselineCommand.Refused(nowMs, CommandRefusal.WRONG_CARD));

        Map<String, Long> expected = Map.of("NO_PLAN", 1L, "RANGE_FORGOTTEN", 1L, "WRONG_CARD", 2L);
        assertThat(standing(watch).refusedCommands()).isEqualTo(expected);
        assertThat(standing(watch).version()).isNull();
        assertThat(standing(watch).progress()).isNull();
        assertThat(standing(start(policy(new BaselinePlan.None()))).refusedCommands())
                .isEqualTo(expected);
    }

    @Test
    void aDeploymentThatNoPolicyCoversRefusesEveryCommand() {
        UnwatchedDeployment watch = new UnwatchedDeployment(ID, store);

        obey(watch, importCard());

        assertThat(standing(new UnwatchedDeployment(ID, store)).refusedCommands())
                .isEqualTo(Map.of("NOT_WATCHED", 1L));
    }

    @Test
    void aCommandOfAnAbsurdTimeDoesNotMoveTheDeploymentsClock() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 1, 5);
        long clockMs = watch.clockMs();

        obey(watch, new BaselineCommand.Relearn("anna", Long.MAX_VALUE, null));

        assertThat(watch.clockMs()).isEqualTo(clockMs);
    }

    @Test
    void aBaselineMaySetBeforeTheFirstInferenceCame() {
        WatchedDeployment watch = start(POLICY);

        obey(watch, importCard());
        feed(watch, 1, 5);

        assertThat(standing(watch).version()).isEqualTo("spring-2026");
        assertThat(standing(watch).trail()).hasSize(1);
    }

    @Test
    void whatIsMissingIsToldWhileLearningAndAfterwards() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 3, 5);

        assertThat(standing(watch).missing())
                .containsExactly(new Missing(SCOTTISH, 150, 200), new Missing(Slice.of("accent", "welsh"), 150, 200));

        obey(watch, importCard());
        assertThat(standing(watch).missing()).containsExactly(new Missing(SCOTTISH, 143, 200));
    }

    @Test
    void theCurrentFormHoldsTheModelVersionsThatAnsweredLast() {
        WatchedDeployment watch = start(POLICY);
        feed(watch, 3, 5);
        assertThat(standing(watch).current()).containsEntry(SCOTTISH, new SliceBaseline(150, 150, 15, 150, 0.1, 0.09));
        SliceCounts fresh = counted(40, 10);

        watch.take(new Delta(
                ID,
                nowMs,
                new Ledger(),
                Map.of(),
                new SessionSample(SessionSample.IN_TRANSIT),
                List.of(
                        new Delta.Cell("v2", nowMs, Slice.OVERALL, fresh),
                        new Delta.Cell("v2", nowMs, SCOTTISH, fresh))));

        assertThat(standing(watch).current()).containsOnlyKeys(Slice.OVERALL, SCOTTISH);
        assertThat(standing(watch).current()).containsEntry(SCOTTISH, new SliceBaseline(40, 40, 10, 40, 0.25, 0.1875));
    }
}
