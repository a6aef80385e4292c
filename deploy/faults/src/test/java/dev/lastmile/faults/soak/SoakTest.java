package dev.lastmile.faults.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lastmile.faults.campaign.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakTest {

    private static final long MEBIBYTE = 1 << 20;

    private static List<Growth.Sample> samples(long minutes, long bytesAMinute) {
        return LongStream.range(0, minutes)
                .mapToObj(minute -> new Growth.Sample(
                        Duration.ofMinutes(minute), 300 * MEBIBYTE + minute * bytesAMinute + minute % 3 * MEBIBYTE))
                .toList();
    }

    @Test
    void growthIsThatOfALineThroughWhatIsLeftAfterTheWarmUp() {
        assertThat(Growth.ofMemory(samples(120, MEBIBYTE), Duration.ofMinutes(30)))
                .isCloseTo(60, within(.5));
        assertThat(Growth.ofMemory(samples(120, 0), Duration.ZERO)).isCloseTo(0, within(.5));
        assertThat(Growth.ofMemory(samples(1, 0), Duration.ZERO)).isNaN();
    }

    @Test
    void theMaximumIsThatOfTheBestFifteenSeconds() {
        List<MaximumRate.Sample> samples = LongStream.rangeClosed(0, 60)
                .mapToObj(second -> new MaximumRate.Sample(
                        Duration.ofSeconds(second).toNanos(), second <= 30 ? second * 10 : 300 + (second - 30) * 40))
                .toList();

        assertThat(MaximumRate.highest(samples)).isEqualTo(40);
        assertThat(MaximumRate.highest(samples.subList(0, 31))).isEqualTo(10);
        assertThat(MaximumRate.highest(samples.subList(0, 5))).isZero();
    }

    @Test
    void whatCannotBeComparedIsNotSent() throws Exception {
        Room.require(3_000, MEBIBYTE);

        assertThatThrownBy(() -> Room.require(4_000, MEBIBYTE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-Xmx");
    }

    /** Minutes say nothing about growth: that faults are drawn, strike, and everything is exact in the end. */
    @Tag("long")
    @Test
    void threeMinutesOfItAreExact(@TempDir Path directory) throws Exception {
        Soak.Plan plan = new Soak.Plan(
                Duration.ofMinutes(3),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                OptionalDouble.of(800),
                Double.POSITIVE_INFINITY);

        Outcome outcome = Soak.run(plan, 1, directory, System.out::println);

        assertThat(outcome.standing()).as("%s", outcome).isEqualTo(Outcome.Standing.PASSED);
        assertThat(outcome.notes()).contains("800 records a second");
        assertThat(Files.readAllLines(directory.resolve("memory.csv")))
                .startsWith("seconds,bytes")
                .hasSizeGreaterThan(15);
    }
}
