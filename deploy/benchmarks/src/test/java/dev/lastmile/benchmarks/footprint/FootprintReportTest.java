package dev.lastmile.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.benchmarks.load.Content;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FootprintReportTest {

    private static final Cap CAP = new Cap("1g", "256MiB", 2_048);

    @TempDir
    private Path directory = Path.of("");

    private static FootprintSample sample(Content content, long peakMiB) {
        return new FootprintSample(
                content,
                1_000_000,
                50_000,
                new ProcessMemory(600L << 20, 700L << 20),
                new ProcessMemory(650L << 20, peakMiB << 20),
                55_000_000,
                38_500_000,
                30_000_000,
                2_250_000,
                List.of(new StartUp("nothing", 5, 5, 0, 0, 0), new StartUp("no state", 10, 7, 2.5, 600, 1_000_000)));
    }

    @Test
    void figuresAreOfOneWaitingInference() throws Exception {
        new FootprintReport(Map.of(), CAP, List.of(sample(Content.COUNTS, 1_900))).write(directory);

        assertThat(Files.readString(directory.resolve("footprint.md")))
                .contains("| counts | 1,000,000 | took them in | 600 | 700 | 2,048 |")
                .contains("| counts | 1,000,000 | 55.0 | 38.5 | 30.0 | 15.0 |")
                .contains("| counts | nothing | 5.0 | 5.0 | 0.0 | 0 | 0 | – |")
                .contains("| counts | no state | 10.0 | 7.0 | 2.5 | 600 | 1,000,000 | 400,000 |");
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("footprint.json").toFile());
        assertThat(json.at("/requirements").findValuesAsText("standing")).containsExactly("aim", "aim", "must", "must");
    }

    @Test
    void moreThanTheCapIsAMissAndTranscriptsAreHeldToNothingElse() {
        FootprintReport report = new FootprintReport(Map.of(), CAP, List.of(sample(Content.TRANSCRIPTS, 2_100)));

        assertThat(report.json().at("/requirements").findValuesAsText("standing"))
                .containsExactly("missed");
    }

    @Test
    void partsOfAStartAreNotLongerThanTheWhole() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StartUp("", 5, 4, 2, 0, 0));
        assertThat(new StartUp("", 5, 5, 0, 0, 0).entriesPerSecond()).isEmpty();
    }
}
