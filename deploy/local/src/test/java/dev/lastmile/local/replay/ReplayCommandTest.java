package dev.lastmile.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is typed, over files, through the real topology. */
final class ReplayCommandTest {

    private static final Instant START = Instant.parse("2019-03-01T08:00:00Z");
    private static final String INFERENCE_HEADER =
            "customer,deployment,model_version,inference_id,occurred_at,output,slice.accent";
    private static final String TRUTH_HEADER = "customer,deployment,inference_id,observed_at,truth,revision";
    private static final String POLICY = """
            deployments:
              - {customer: st-marys, deployment: ward-7, metric: word_error_rate, dimensions: [accent]}
              - {customer: bank, deployment: fraud, metric: error_rate, dimensions: [accent]}
            """;

    private final ReplayFiles files;
    private final List<String> inferences = new ArrayList<>();
    private final List<String> truths = new ArrayList<>();

    ReplayCommandTest(@TempDir Path directory) {
        files = new ReplayFiles(directory);
        inferences.add(INFERENCE_HEADER);
        truths.add(TRUTH_HEADER);
    }

    @Test
    void errorsAndTrialsAreThoseOfTheRows() throws Exception {
        for (int i = 0; i < 12; i++) {
            inferences.add(
                    "st-marys,ward-7,v1,i" + i + "," + at(i) + ",the patient is well," + (i < 11 ? "scottish" : ""));
            truths.add("st-marys,ward-7,i" + i + "," + at(i + 60) + ",the patient was very well,0");
        }

        JsonNode report = replay(0);

        JsonNode deployment = report.at("/deployments/0");
        assertThat(deployment.get("customer").asText()).isEqualTo("st-marys");
        assertThat(deployment.get("metric").asText()).isEqualTo("word_error_rate");
        assertThat(deployment.get("baseline").isNull()).isTrue();
        JsonNode overall = ReplayFiles.slice(deployment, "{}");
        assertThat(overall.get("inferences").asLong()).isEqualTo(12);
        assertThat(overall.get("labelled").asLong()).isEqualTo(12);
        assertThat(overall.get("errors").asLong()).isEqualTo(24);
        assertThat(overall.get("trials").asLong()).isEqualTo(60);
        assertThat(overall.get("ratio").asDouble()).isEqualTo(0.4);
        assertThat(overall.get("lower").asDouble()).isLessThan(0.4);
        assertThat(ReplayFiles.slice(deployment, "{\"accent\":\"scottish\"}")
                        .get("trials")
                        .asLong())
                .isEqualTo(55);
        assertThat(deployment.get("slices")).hasSize(3);
        assertThat(ReplayFiles.slice(deployment, "{\"accent\":\"unknown\"}")
                        .get("trials")
                        .asLong())
                .as("one's own files show one's own slices, however small")
                .isEqualTo(5);
    }

    @Test
    void everyRowEndsInOneDisposition() throws Exception {
        inferences.add(inference("labelled", 0, "a b"));
        inferences.add(inference("labelled", 0, "a b"));
        inferences.add(inference("labelled", 0, "something else"));
        inferences.add(inference("never", 1, "a b"));
        inferences.add(inference("corrected", 2, "a b"));
        inferences.add(inference("late", 3, "a b"));
        inferences.add("st-marys,ward-8,v1,x," + at(4) + ",a b,scottish");
        truths.add(truth("labelled", 100, "a b", 0));
        truths.add(truth("labelled", 100, "a b", 0));
        truths.add(truth("labelled", 101, "b b", 0));
        truths.add(truth("corrected", 102, "b b", 1));
        truths.add(truth("corrected", 103, "b b", 0));
        truths.add(truth("late", 20 * 86_400, "a b", 0));
        truths.add(truth("unheard-of", 5, "a b", 0));

        JsonNode report = replay(0);
        JsonNode ledger = report.get("ledger");

        assertThat(report.get("rejected_rows").asLong()).isEqualTo(1);
        assertThat(report.get("unreadable_rows").asLong()).isZero();
        assertThat(ledger.get("inference_joined").asLong()).isEqualTo(2);
        assertThat(ledger.get("inference_duplicate").asLong()).isEqualTo(1);
        assertThat(ledger.get("inference_conflicting").asLong()).isEqualTo(1);
        assertThat(ledger.get("inference_dead_lettered").asLong()).isEqualTo(1);
        assertThat(ledger.get("inference_waiting").asLong()).isEqualTo(2);
        assertThat(ledger.get("truth_joined").asLong()).isEqualTo(2);
        assertThat(ledger.get("truth_duplicate").asLong()).isEqualTo(1);
        assertThat(ledger.get("truth_conflicting").asLong()).isEqualTo(1);
        assertThat(ledger.get("truth_superseded").asLong()).isEqualTo(1);
        assertThat(ledger.get("truth_too_late").asLong()).isEqualTo(1);
        assertThat(ledger.get("truth_waiting").asLong()).isEqualTo(1);
        assertThat(files.rejects())
                .containsExactly(
                        file("i.csv") + ",8,deployment,"
                                + "\"refused by the monitor: UNKNOWN_DEPLOYMENT, no policy is configured for this deployment\"");
    }

    @Test
    void badRowsAreRejectedWithLineColumnAndReasonAndTheRestCounts() throws Exception {
        inferences.add("Bad Customer,ward-7,v1,i1," + at(0) + ",a,scottish");
        inferences.add("st-marys,ward-7,,i1," + at(0) + ",a,scottish");
        inferences.add("st-marys,ward-7,v1,i1,yesterday,a,scottish");
        inferences.add("bank,fraud,v1,i1," + at(0) + ",,scottish");
        inferences.add(inference("good", 0, ""));
        truths.add("st-marys,ward-7,good," + at(1) + ",one two,minus one");
        truths.add(truth("good", 2, "one two", 0));

        JsonNode report = replay(0);

        assertThat(files.rejects())
                .containsExactly(
                        file("i.csv") + ",2,customer,\"must be 1 to 32 of a-z, 0-9 and -\"",
                        file("i.csv") + ",3,model_version,must not be empty",
                        file("i.csv") + ",4,occurred_at,"
                                + "\"must be a time in ISO-8601, UTC, such as 2026-03-01T08:30:00Z\"",
                        file("i.csv") + ",5,output,must not be empty",
                        file("g.csv") + ",2,revision,must be a whole number");
        assertThat(report.get("rejected_rows").asLong()).isEqualTo(5);
        assertThat(report.get("unreadable_rows").asLong()).isEqualTo(5);
        assertThat(report.at("/ledger/inference_joined").asLong()).isEqualTo(1);
        assertThat(files.out()).contains("5 rows were not used");
    }

    @Test
    void optionalColumnsMayBeAbsentAndOthersAreNamed() throws Exception {
        truths.set(0, "truth,observed_at,inference_id,deployment,customer");
        truths.add("one two," + at(1) + ",i1,ward-7,st-marys");
        inferences.set(0, INFERENCE_HEADER + ",remark");
        inferences.add(inference("i1", 0, "one two") + ",hello");

        assertThat(replay(0).at("/ledger/truth_joined").asLong()).isEqualTo(1);
        assertThat(files.out()).contains("Not looked at in " + file("i.csv") + ": remark");
    }

    @Test
    void aNoisyAccentRaisesADisparityAndTheSameFilesGiveTheSameReport() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 1_200; i++) {
            boolean scottish = i % 4 == 0;
            boolean wrong = random.nextDouble() < (scottish ? 0.45 : 0.1);
            inferences.add("bank,fraud,v1,i" + i + "," + at(i) + "," + (wrong ? "fraud" : "fine") + ","
                    + (scottish ? "scottish" : "english"));
            truths.add("bank,fraud,i" + i + "," + at(i + 3_600) + ",fine,0");
        }

        JsonNode report = replay(0);

        JsonNode alert = report.at("/alerts/0");
        assertThat(report.get("alerts")).hasSize(1);
        assertThat(alert.get("kind").asText()).isEqualTo("DISPARITY");
        assertThat(alert.get("state").asText()).isEqualTo("FIRING");
        assertThat(alert.get("slice").toString()).isEqualTo("{\"accent\":\"scottish\"}");
        assertThat(alert.get("effect").asDouble()).isBetween(0.2, 0.5);
        assertThat(alert.get("slice_mean").asDouble())
                .isGreaterThan(alert.get("rest_mean").asDouble());
        assertThat(alert.get("coverage_now").asDouble()).isGreaterThan(0.5);
        assertThat(alert.get("inference_weight").asDouble()).isEqualTo(1);
        assertThat(Instant.parse(alert.get("started_at").asText())).isBetween(START, START.plusSeconds(4_800));
        assertThat(alert.get("ended_at").isNull()).isTrue();
        assertThat(files.out()).contains("FIRING DISPARITY bank/fraud accent=scottish");
        assertThat(replay(0)).isEqualTo(report);
    }

    @Test
    void whatCannotBeUsedIsOneLineAndExitCodeTwo() throws Exception {
        inferences.set(0, "customer,deployment");

        run(2);
        assertThat(files.err().lines()).singleElement().asString().contains("i.csv has no column model_version");

        Files.delete(file("g.csv"));
        inferences.set(0, INFERENCE_HEADER);
        files.write("i.csv", inferences);
        assertThat(files.replay()).isEqualTo(2);
        assertThat(files.err()).contains("there is no file " + file("g.csv"));
    }

    /** Offsets count over all topics, lines over one file: the records of the other file and customer must not shift them. */
    @Test
    void whatTheMonitorRefusesIsFoundAgainAmongTheRowsOfOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            inferences.add(inference("s" + i, 10L * i, "a b"));
            inferences.add("bank,fraud,v1,b" + i + "," + at(10L * i + 1) + ",fine,scottish");
            truths.add(truth("s" + i, 10L * i + 2, "a b", 0));
            truths.add("bank,fraud,b" + i + "," + at(10L * i + 3) + ",fine,0");
            if (i == 7) {
                inferences.add("bank,loans,v1,x," + at(10L * i + 4) + ",fine,scottish");
                truths.add("bank,loans,x," + at(10L * i + 5) + ",fine,0");
            }
        }
        for (int revision = 1; revision <= 17; revision++) {
            truths.add(truth("s0", 1_000 + revision, "a b", revision));
        }

        replay(0);

        String unknown =
                ",deployment,\"refused by the monitor: UNKNOWN_DEPLOYMENT, no policy is configured for this deployment\"";
        String tooMany =
                ",revision,\"refused by the monitor: TOO_MANY_REVISIONS, more revisions than are kept for one inference\"";
        assertThat(files.rejects())
                .containsExactlyInAnyOrder(
                        file("i.csv") + ",18" + unknown,
                        file("g.csv") + ",18" + unknown,
                        file("g.csv") + ",58" + tooMany,
                        file("g.csv") + ",59" + tooMany);
    }

    /** Nothing is forgotten in a replay, and nothing depends on what else is in the files. */
    @Test
    void yearsLaterIsTooLateAndAnIdIsStillTheSameHoweverManyRowsLieBetween() throws Exception {
        long year = 365L * 86_400;
        inferences.add(inference("early", 0, "a b"));
        inferences.add(inference("reused", 0, "a b"));
        truths.add(truth("early", 3 * year, "a b", 0));
        inferences.add("st-marys,ward-7,v1,reused," + at(3 * year) + ",another answer,scottish");
        for (int i = 0; i < 6_000; i++) {
            inferences.add("bank,fraud,v1,b" + i + "," + at(year + 3_600L * i) + ",fine,scottish");
        }

        JsonNode ward = replay(0).at("/deployments/1");

        assertThat(ward.get("deployment").asText()).isEqualTo("ward-7");
        assertThat(ward.at("/ledger/truth_too_late").asLong()).isEqualTo(1);
        assertThat(ward.at("/ledger/inference_conflicting").asLong()).isEqualTo(1);
        assertThat(ward.at("/ledger/inference_waiting").asLong()).isEqualTo(2);
        assertThat(ReplayFiles.slice(ward, "{}").get("inferences").asLong()).isEqualTo(2);
    }

    @Test
    void aFileIsForOnePurpose() throws Exception {
        files.write("i.csv", inferences);
        files.write("g.csv", truths);
        files.write("policy.yaml", POLICY);

        assertThat(files.replayTo(file("g.csv"))).isEqualTo(2);
        assertThat(files.err()).contains("--ground-truth and --report must not be the same file: " + file("g.csv"));
        assertThat(file("g.csv")).hasContent(TRUTH_HEADER);
        assertThat(files.replayTo(file("."))).isEqualTo(2);
        assertThat(files.err()).contains("--report must be a file, not a directory");
    }

    @Test
    void aDimensionWithoutItsColumnIsSaid() throws Exception {
        inferences.set(0, INFERENCE_HEADER.replace("slice.accent", "slice.Accent"));

        replay(0);

        assertThat(files.out())
                .contains("Not looked at in " + file("i.csv") + ": slice.Accent")
                .contains("Not in " + file("i.csv") + ", so its values are unknown: slice.accent");
    }

    @Test
    void sumsOfAbsoluteErrorsAreInTrials() throws Exception {
        inferences.add("lab,dose,v1,i1," + at(0) + ",1.5,scottish");
        inferences.add("lab,dose,v1,i2," + at(1) + ",1d,scottish");
        truths.add("lab,dose,i1," + at(5) + ",2.25,0");

        JsonNode overall = ReplayFiles.slice(
                replay(0, POLICY + "  - {customer: lab, deployment: dose, metric: absolute_error, scale: 2}\n")
                        .at("/deployments/0"),
                "{}");

        assertThat(overall.get("errors").asDouble()).isEqualTo(0.375);
        assertThat(overall.get("trials").asLong()).isEqualTo(1);
        assertThat(files.out()).containsPattern("overall +v1 +1 +1 +0.375 +1 +0.3750");
        assertThat(files.rejects())
                .containsExactly(file("i.csv") + ",3,output,\"must be a number, such as 0.25, -3 or 1e-4\"");
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidBeforeTheWork() throws Exception {
        files.write("i.csv", inferences);
        files.write("g.csv", truths);
        files.write("policy.yaml", POLICY);
        Path nowhere = file("nowhere").resolve("report.json");

        assertThat(files.replayTo(nowhere)).isEqualTo(2);
        assertThat(files.err())
                .contains(
                        "cannot write the rejects to " + nowhere + ".rejects.csv: there is no such file or directory");
    }

    @Test
    void aWrongPolicyNamesItsKey() throws Exception {
        files.write("policy.yaml", POLICY.replace("metric: error_rate", "metric: happiness"));
        files.write("i.csv", inferences);
        files.write("g.csv", truths);

        assertThat(files.replay()).isEqualTo(2);
        assertThat(files.err()).contains("deployments[1].metric");
    }

    private JsonNode replay(int exitCode) throws IOException {
        return replay(exitCode, POLICY);
    }

    private JsonNode replay(int exitCode, String policy) throws IOException {
        run(exitCode, policy);
        return files.report();
    }

    private void run(int exitCode) throws IOException {
        run(exitCode, POLICY);
    }

    private void run(int exitCode, String policy) throws IOException {
        files.write("policy.yaml", policy);
        files.write("i.csv", inferences);
        files.write("g.csv", truths);
        assertThat(files.replay()).as(files.err()).isEqualTo(exitCode);
    }

    private Path file(String name) {
        return files.file(name);
    }

    private static String inference(String id, long second, String output) {
        return "st-marys,ward-7,v1," + id + "," + at(second) + "," + output + ",scottish";
    }

    private static String truth(String id, long second, String truth, int revision) {
        return "st-marys,ward-7," + id + "," + at(second) + "," + truth + "," + revision;
    }

    private static String at(long second) {
        return START.plusSeconds(second).toString();
    }
}
