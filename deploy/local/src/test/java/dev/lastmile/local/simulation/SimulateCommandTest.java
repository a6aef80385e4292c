package dev.lastmile.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.local.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
                .contains("60 slices", "accent=a9 (3.8 %)", "False alarms per 100,000", "median in days", "lastmile")
                .contains("oracle CUSUM", "z-test, 10k windows, tuned", "always", "never");
        JsonNode figures = new ObjectMapper().readTree(report.toFile()).get("figures");
        assertThat(figures.findValuesAsText("method")).contains("lastmile", "ratio, 2k windows, tuned");
        List<JsonNode> ofLastmile = new ArrayList<>();
        for (JsonNode figure : figures) {
            if (figure.get("method").asText().equals("lastmile") && figure.has("delay_slice_labels")) {
                ofLastmile.add(figure);
            }
        }
        assertThat(ofLastmile).hasSize(2);
        JsonNode detected = ofLastmile.get(0);
        assertThat(detected.at("/delay_slice_labels/happened").asInt()).isEqualTo(2);
        assertThat(detected.get("effect").asDouble()).isEqualTo(0.2);
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
    void ownRowsAreDrawnWithReplacement() throws Exception {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        List<String> inferences = new ArrayList<>(
                List.of("customer,deployment,model_version,inference_id,occurred_at,output,slice.accent,slice.noise"));
        List<String> truths = new ArrayList<>(List.of("customer,deployment,inference_id,observed_at,truth"));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 600; i++) {
            String said = random.nextDouble() < 0.3 ? "the patient was ill" : "the patient is well";
            String accent = i % 20 == 0 ? "scottish" : i % 3 == 0 ? "indian" : "us";
            inferences.add("st-marys,ward-7,v1,i" + i + ",2026-01-01T00:00:00Z," + said + "," + accent + ","
                    + (i % 2 == 0 ? "loud" : "quiet"));
            truths.add("st-marys,ward-7,i" + i + ",2026-01-01T01:00:00Z,the patient is well");
        }
        Path first = Files.write(directory.resolve("i.csv"), inferences);
        Path second = Files.write(directory.resolve("g.csv"), truths);

        int exit = simulate(
                "--policy",
                policy.toString(),
                "--inferences",
                first.toString(),
                "--ground-truth",
                second.toString(),
                "--methods",
                "lastmile,oracle",
                "--effect",
                ".2");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("600 labelled rows, drawn with replacement (0 rows could not be used)");
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
                "--icc 2|--sessions, --icc: correlation must be in",
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
        assertThat(err.toString()).contains(message).doesNotContain("Exception");
    }

    private String tables() {
        return out.toString().substring(out.toString().indexOf("False alarms"));
    }
}
