package dev.lastmile.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.local.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** The command as it is typed, at a small size. */
final class SimulateCommandTest {

    private static final String POLICY = """
            deployments:
              - customer: st-marys
                deployment: ward-7
                metric: word_error_rate
                dimensions: [accent, noise]
                intersections: [[noise, accent]]
                baseline: {labelled: 20000}
            """;

    private static final String FIRST = "2026-01-01T00:00:00Z";

    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    SimulateCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private int simulate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("simulate", "--labels", "10000"));
        all.addAll(Arrays.asList(arguments));
        if (!all.contains("--runs")) {
            all.addAll(List.of("--runs", "2"));
        }
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void everyMethodStandsInTableReportAndPicture() throws Exception {
        Path report = directory.resolve("r.json");
        Path picture = directory.resolve("p.svg");

        int exit = simulate("--effect", ".2", "--report", report.toString(), "--picture", picture.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains(
                        "60 slices",
                        "accent=a9 (3.8 %)",
                        "False alarms per 100,000",
                        "in days from the change",
                        "lastmile")
                .contains("oracle CUSUM", "z-test, 10k windows, tuned", "always", "never");
        assertThat(figures(report, "ratio, 2k windows, tuned")).isNotEmpty();
        List<JsonNode> ofLastmile = figures(report, "lastmile");
        assertThat(ofLastmile).hasSize(2);
        JsonNode detected = ofLastmile.get(0);
        assertThat(detected.at("/delay_slice_labels/happened").asInt()).isEqualTo(2);
        assertThat(detected.get("effect").asDouble()).isEqualTo(0.2);
        assertThat(detected.at("/delay_days/median").asDouble())
                .isEqualTo(detected.at("/delay_labels/median").asDouble() / 24_000);
        assertThat(detected.at("/delay_days/p90").asDouble())
                .isEqualTo(detected.at("/delay_labels/p90").asDouble() / 24_000);
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("polyline").getLength()).isGreaterThan(10);
    }

    @Test
    void theSameSeedGivesTheSameTablesWithAnyNumberOfThreads() {
        simulate("--methods", "lastmile,z-test", "--effect", ".2", "--threads", "1");
        String one = tables();
        out.getBuffer().setLength(0);
        simulate("--methods", "lastmile,z-test", "--effect", ".2", "--threads", "3");

        assertThat(tables()).isEqualTo(one);
    }

    @Test
    void policyAndSharesMakeTheSlices() throws Exception {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        Path shares = Files.writeString(
                directory.resolve("shares.yaml"), "accent: {us: 60, scottish: 4, indian: 10, irish: 26}\n");

        int exit = simulate(
                "--policy",
                policy.toString(),
                "--shares",
                shares.toString(),
                "--values",
                "noise=3",
                "--slice",
                "accent=scottish",
                "--effect",
                ".2",
                "--methods",
                "lastmile,never",
                "--sessions",
                "5",
                "--delay",
                "PT2H",
                "--delay",
                "accent=scottish:PT0S",
                "--new-value",
                "noise=imaging:.2",
                "--margin",
                ".01",
                "--budget",
                "50000");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("Policy of st-marys/ward-7", "Shares of noise: Zipf's law over 3 made-up values")
                .contains("24 slices", "accent=scottish (4.0 %)", "sessions of 5, intraclass correlation 0.2")
                .contains("noise=imaging comes", "noise=imaging (20.0 % of the traffic)")
                .contains("PT2H, accent=scottish:PT0S", "Baseline of 20,000", "budget 50,000, margin 1 points");
    }

    @Test
    void aDelayOfLabelsIsPartOfTheDays() throws Exception {
        Path atOnce = directory.resolve("at-once.json");
        Path late = directory.resolve("late.json");

        simulate("--methods", "oracle,always", "--effect", ".2", "--report", atOnce.toString());
        simulate("--methods", "oracle,always", "--effect", ".2", "--delay", "PT12H", "--report", late.toString());

        JsonNode before = first(atOnce, "oracle CUSUM");
        JsonNode after = first(late, "oracle CUSUM");
        assertThat(after.at("/delay_days/median").asDouble())
                .isGreaterThan(before.at("/delay_days/median").asDouble() + 0.1);
        assertThat(after.at("/delay_days/p90").asDouble())
                .isGreaterThanOrEqualTo(after.at("/delay_days/median").asDouble());
    }

    @Test
    void aSliceOfAValueThatComesGetsWorseWithItsArrival() throws Exception {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        Path shares = Files.writeString(
                directory.resolve("shares.yaml"), "{accent: {us: 80, scottish: 20}, noise: {quiet: 1, loud: 1}}\n");
        Path report = directory.resolve("r.json");

        int exit = simulate(
                "--policy",
                policy.toString(),
                "--shares",
                shares.toString(),
                "--new-value",
                "noise=imaging:.2",
                "--slice",
                "noise=imaging,accent=scottish",
                "--effect",
                ".2",
                "--methods",
                "lastmile,never",
                "--report",
                report.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("worse will be noise=imaging, accent=scottish (4.0 %)")
                .contains("Delay at noise=imaging, accent=scottish (4.0 % of the traffic)")
                .doesNotContain("(0.00 %");
        JsonNode hospital = first(report, "lastmile");
        assertThat(hospital.get("scenario").asText()).isEqualTo("noise=imaging comes +20");
        JsonNode scottish = figures(report, "lastmile").get(1);
        assertThat(scottish.get("scenario").asText()).isEqualTo("noise=imaging, accent=scottish comes +20");
        assertThat(scottish.at("/delay_related_page_slice_labels/happened").asInt())
                .isEqualTo(2);
    }

    @Test
    void theListOfCommandsSaysWhatEachDoesInWholeSentences() {
        Main.commandLine().setOut(new PrintWriter(out, true)).execute("--help");

        String all = out.toString().replaceAll("\\s+", " ");
        assertThat(all)
                .contains("how soon they would name a slice that got worse.")
                .doesNotContain("yours: ");
    }

    @ParameterizedTest
    @CsvSource({
        "P10D,60 labelled inferences a day (100.0 % of 60;from the files: 600 inferences in 10 days",
        "PT0S,'24,000 labelled inferences a day (100.0 % of 24,000;the default: all rows'"
    })
    void trafficADayIsThatOfOwnRows(Duration span, String expected) throws Exception {
        int exit = simulateOwnRows(span);

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString()).contains(expected.split(";"));
    }

    @Test
    void trafficADayThatIsTypedGoesBeforeThatOfOwnRows() throws Exception {
        simulateOwnRows(Duration.ofDays(10), "--per-day", "500");

        assertThat(out.toString()).contains("500 labelled inferences a day (100.0 % of 500, from --per-day)");
    }

    @Test
    void ownRowsAreDrawnWithReplacement() throws Exception {
        int exit = simulateOwnRows(Duration.ofDays(1));

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("600 labelled rows, drawn with replacement (0 rows could not be used)");
    }

    private int simulateOwnRows(Duration span, String... more) throws IOException {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        List<String> inferences = new ArrayList<>(
                List.of("customer,deployment,model_version,inference_id,occurred_at,output,slice.accent,slice.noise"));
        List<String> truths = new ArrayList<>(List.of("customer,deployment,inference_id,observed_at,truth"));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 600; i++) {
            String said = random.nextDouble() < 0.3 ? "the patient was ill" : "the patient is well";
            String accent = i % 20 == 0 ? "scottish" : i % 3 == 0 ? "indian" : "us";
            Instant at = Instant.parse(FIRST).plus(span.multipliedBy(i).dividedBy(599));
            inferences.add("st-marys,ward-7,v1,i" + i + "," + at + "," + said + "," + accent + ","
                    + (i % 2 == 0 ? "loud" : "quiet"));
            truths.add("st-marys,ward-7,i" + i + ",2026-02-01T01:00:00Z,the patient is well");
        }
        Path first = Files.write(directory.resolve("i.csv"), inferences);
        Path second = Files.write(directory.resolve("g.csv"), truths);

        List<String> arguments =
                new ArrayList<>(List.of("--policy", policy.toString(), "--inferences", first.toString()));
        arguments.addAll(List.of("--ground-truth", second.toString(), "--methods", "lastmile", "--effect", ".2"));
        arguments.addAll(Arrays.asList(more));
        return simulate(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--effect 1.5|--effect must be in (0, 1)",
                "--effect .95|beyond what errors of kind words can have",
                "--slice accent=klingon|--slice is none of this deployment's: accent=klingon; there are accent=a1",
                "--slice nonsense|--slice: not dimension=value",
                "--methods tarot|must be one of lastmile, z-test",
                "--delay soon|--delay must be a duration",
                "--sessions 5 --icc 2|--sessions, --icc: correlation must be in",
                "--icc .3|--icc needs --sessions of 2 inferences or more: 0.3",
                "--per-day 10000000 --delay P1D|--delay must be from PT0S to PT2H24M, as long as 1,000,000 labelled",
                "--delay PT-1H|--delay must be from PT0S to PT1000H",
                "--delay P999999999999D|--delay must be from PT0S to PT1000H",
                "--runs many|--runs",
                "--nonsense|--nonsense",
                "--runs 0|--runs must be from 1",
                "--budget 5|budget must be >= 1000",
                "--policy nowhere.yaml|nowhere.yaml",
                "--inferences nowhere.csv|--inferences, --ground-truth and --policy go together",
                "--values accent=3|--shares, --values and --deployment need --policy",
                "--report nowhere/r.json|--report must be in a directory that is there",
                "--coverage 0|--coverage must be in (0, 1]",
                "--new-value imaging|--new-value must be dimension=value:share",
                "--new-value accent=a1:.2|a new value needs a known dimension, a name of its own",
                "--threads 0|--threads must be from 1"
            })
    void whatDoesNotDoIsSaidInOneLineWithExitCodeTwo(String arguments, String message) {
        int exit = simulate(arguments.split(" ", -1));

        assertThat(exit).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(message).doesNotContain("Exception");
    }

    private static JsonNode first(Path report, String method) throws IOException {
        return figures(report, method).get(0);
    }

    /** The figures of delays that a report has of a method. */
    private static List<JsonNode> figures(Path report, String method) throws IOException {
        List<JsonNode> its = new ArrayList<>();
        for (JsonNode figure : new ObjectMapper().readTree(report.toFile()).get("figures")) {
            if (figure.get("method").asText().equals(method) && figure.has("delay_slice_labels")) {
                its.add(figure);
            }
        }
        return its;
    }

    private String tables() {
        return out.toString().substring(out.toString().indexOf("False alarms"));
    }
}
