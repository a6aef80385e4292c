package dev.lastmile.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's files make the monitor say, under every kind of baseline. */
final class ReplayVerdictsTest {

    private static final Instant START = Instant.parse("2019-03-01T00:00:00Z");
    private static final int STEP_SECONDS = 30;
    private static final List<String> ACCENTS = List.of("english", "indian", "scottish", "welsh");

    /** Of the inferences, when the change comes: after them the baseline is complete, however it is made. */
    private static final double CHANGED_FROM = 0.5;

    private static final double HEALTHY = 0.1;
    private static final double WORSE = 0.3;

    private final ReplayFiles files;

    ReplayVerdictsTest(@TempDir Path directory) {
        files = new ReplayFiles(directory);
    }

    /** Who gets worse by {@link #WORSE} less {@link #HEALTHY}. */
    private enum Worse {
        NOBODY,
        SCOTTISH,
        EVERYBODY
    }

    @Test
    void oneAccentWorseThanTheOthersIsDisparateDegradation() throws Exception {
        JsonNode report = replay(Worse.SCOTTISH, 6_000, "{labelled: 2500}");

        assertThat(verdicts(report)).containsExactly("DISPARATE_DEGRADATION {\"accent\":\"scottish\"}");
        assertThat(report.at("/deployments/0/baseline").asText()).startsWith("b");
    }

    @Test
    void equallyWorseForEverybodyIsDegradationAndNothingDisparate() throws Exception {
        JsonNode report = replay(Worse.EVERYBODY, 6_000, "{labelled: 2500}");

        assertThat(verdicts(report)).contains("DEGRADATION {}").allMatch(verdict -> verdict.startsWith("DEGRADATION "));
    }

    @Test
    void nothingHappensWhereNothingHappened() throws Exception {
        assertThat(verdicts(replay(Worse.NOBODY, 6_000, "{labelled: 2500}"))).isEmpty();
    }

    @Test
    void theBaselineMayBeATimeRange() throws Exception {
        String range = "{from: " + at(0) + ", to: " + at(2_500) + ", settle: PT2H}";

        assertThat(verdicts(replay(Worse.SCOTTISH, 6_000, range)))
                .contains("DISPARATE_DEGRADATION {\"accent\":\"scottish\"}");
    }

    @Test
    void theBaselineMayBeAServiceCard() throws Exception {
        StringBuilder card = new StringBuilder("""
                slices:
                  - {slice: {}, labelled: 4000, mean: 0.1}
                """);
        for (String accent : ACCENTS) {
            card.append("  - {slice: {accent: ").append(accent).append("}, labelled: 1000, mean: 0.1}\n");
        }
        files.write("card.yaml", card.toString());

        JsonNode report = replay(Worse.SCOTTISH, 6_000, "{file: card.yaml}");

        assertThat(verdicts(report)).contains("DISPARATE_DEGRADATION {\"accent\":\"scottish\"}");
        assertThat(report.at("/deployments/0/baseline").asText()).startsWith("b");
    }

    @Test
    void withoutABaselineOnlyDisparityIsClaimed() throws Exception {
        assertThat(verdicts(replay(Worse.SCOTTISH, 6_000, ""))).containsExactly("DISPARITY {\"accent\":\"scottish\"}");
    }

    /** The processor time of the one thread that does it, which other work on the machine does not lengthen. */
    @Test
    void aHundredThousandRowsTakeLessThanAMinute() throws Exception {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        JsonNode report = replay(Worse.SCOTTISH, 50_000, "{labelled: 8000}");

        assertThat(Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(report.at("/ledger/inference_joined").asLong()).isEqualTo(50_000);
    }

    private JsonNode replay(Worse worse, int inferences, String baseline) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> answers = new ArrayList<>();
        List<String> truths = new ArrayList<>();
        answers.add("customer,deployment,model_version,inference_id,occurred_at,output,slice.accent");
        truths.add("customer,deployment,inference_id,observed_at,truth");
        for (int i = 0; i < inferences; i++) {
            String accent = ACCENTS.get(random.nextInt(ACCENTS.size()));
            boolean hit = worse == Worse.EVERYBODY || (worse == Worse.SCOTTISH && accent.equals("scottish"));
            boolean wrong = random.nextDouble() < (hit && i >= CHANGED_FROM * inferences ? WORSE : HEALTHY);
            answers.add("bank,fraud,v1,i" + i + "," + at(i) + "," + (wrong ? "fraud" : "fine") + "," + accent);
            truths.add("bank,fraud,i" + i + "," + at(i + random.nextInt(120)) + ",fine");
        }
        files.write("i.csv", answers);
        files.write("g.csv", truths);
        files.write("policy.yaml", """
                deployments:
                  - {customer: bank, deployment: fraud, metric: error_rate, dimensions: [accent]%s}
                """.formatted(baseline.isEmpty() ? "" : ", baseline: " + baseline));
        assertThat(files.replay()).as(files.err()).isZero();
        return files.report();
    }

    /** Kind and slice of every alert. */
    private static Set<String> verdicts(JsonNode report) {
        Set<String> verdicts = new TreeSet<>();
        report.get("alerts").forEach(alert -> verdicts.add(alert.get("kind").asText() + " " + alert.get("slice")));
        return verdicts;
    }

    private static String at(int step) {
        return START.plusSeconds((long) step * STEP_SECONDS).toString();
    }
}
