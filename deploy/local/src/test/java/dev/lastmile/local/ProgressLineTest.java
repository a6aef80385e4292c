package dev.lastmile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {

    private final StringWriter written = new StringWriter();
    private long nowNanos;

    @Test
    void aLogGetsALineEveryFiveSeconds() {
        ProgressLine progress = new ProgressLine(new PrintWriter(written), false, () -> nowNanos);

        for (int second = 0; second <= 10; second++) {
            nowNanos = Duration.ofSeconds(second).toNanos();
            progress.show("second " + second);
        }

        assertThat(written.toString().lines()).containsExactly("second 5", "second 10");
    }

    @Test
    void aTerminalGetsOneLineThatMakesRoomForOthers() {
        ProgressLine progress = new ProgressLine(new PrintWriter(written), true, () -> nowNanos);

        progress.show("longer text");
        nowNanos = Duration.ofSeconds(1).toNanos();
        progress.show("short");
        progress.print("an alert");

        assertThat(written.toString())
                .isEqualTo("\rlonger text\rshort      \r     \ran alert" + System.lineSeparator());
    }

    @Test
    void aBarShowsShareAndWords() {
        assertThat(ProgressLine.bar(0.5, "half")).isEqualTo("[" + "#".repeat(15) + " ".repeat(15) + "] 50 % half");
        assertThat(ProgressLine.bar(7, "more")).startsWith("[" + "#".repeat(30) + "] 100 %");
    }
}
