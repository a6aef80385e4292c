package dev.lastmile.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.topology.damage.Damages;
import dev.lastmile.topology.serde.ForeignStateException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

    private final SteppingClock clock = new SteppingClock();
    private final List<End> ends = new ArrayList<>();
    private final ThreadReplacement replacement =
            new ThreadReplacement(clock, ends::add, new Damages(clock::millis), Duration.ofMillis(1));

    @Test
    void aThreadThatDiesNowAndThenIsReplaced() {
        for (int i = 0; i < 3 * ThreadReplacement.MOST_DEATHS; i++) {
            assertThat(replacement.handle(new IllegalStateException("now and then")))
                    .isEqualTo(REPLACE_THREAD);
            clock.advance(ThreadReplacement.WINDOW.dividedBy(ThreadReplacement.MOST_DEATHS));
        }

        assertThat(ends).isEmpty();
        assertThat(replacement.deaths()).isEqualTo(3 * ThreadReplacement.MOST_DEATHS);
    }

    @Test
    void threadsThatKeepDyingEndTheMonitorForItsSupervisorToRestart() {
        for (int i = 0; i < ThreadReplacement.MOST_DEATHS; i++) {
            assertThat(replacement.handle(new IllegalStateException("again"))).isEqualTo(REPLACE_THREAD);
        }

        assertThat(replacement.handle(new IllegalStateException("again"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(ends).singleElement().extracting(End::exitCode).isEqualTo(End.FAILED);
    }

    @Test
    void aRefusalByTheBrokerEndsAtOnceAsWrongConfigurationInOneLine() {
        Throwable death = new StreamsException("task 0_0", new TopicAuthorizationException("Not authorized:\n[x]"));

        assertThat(replacement.handle(death)).isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ends)
                .containsExactly(
                        new End(End.BAD_CONFIGURATION, "kafka: the broker refuses this client: Not authorized: [x]"));
    }

    @Test
    void stateOfAnotherReleaseEndsAtOnceInOneLine() {
        Throwable death = new StreamsException("task 0_0", new ForeignStateException("format 9 is not 2"));

        assertThat(replacement.handle(death)).isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ends)
                .containsExactly(
                        new End(
                                End.BAD_CONFIGURATION,
                                "state: format 9 is not 2: the state was written by another release, reset it or run that release"));
    }

    @Test
    void aTopicThatMayNotBeMadeIsNamed() {
        Throwable death = new StreamsException(
                "Could not create topic watch-join-changelog.",
                new TopicAuthorizationException("Authorization failed."));

        assertThat(replacement.handle(death)).isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ends)
                .containsExactly(new End(
                        End.BAD_CONFIGURATION,
                        "kafka: the broker refuses this client: Could not create topic watch-join-changelog. Authorization"
                                + " failed."));
    }

    @Test
    void anotherNumberOfPartitionsEndsAtOnceWithoutTheAdviceToDeleteWhatWasCounted() {
        Throwable death = new StreamsException(
                new StreamsException(
                        "Existing internal topic watch-join-changelog has invalid partitions: expected: 4; actual: 3. Use"
                                + " 'org.apache.kafka.tools.StreamsResetter' tool to clean up invalid topics before processing."));

        assertThat(replacement.handle(death)).isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ends)
                .containsExactly(new End(
                        End.BAD_CONFIGURATION,
                        "kafka: the widest input topic has 4 partitions, but watch-join-changelog was made for 3: their"
                                + " number can never be changed"));
    }

    @Test
    void aFullDiskIsWaitedFor() {
        Throwable death = new ProcessorStateException("x", new IOException("No space left on device"));
        for (int i = 0; i <= 2 * ThreadReplacement.MOST_DEATHS; i++) {
            assertThat(replacement.handle(death)).isEqualTo(REPLACE_THREAD);
        }

        assertThat(ends).isEmpty();
    }

    @Test
    void anExhaustedHeapIsNotTriedAgain() {
        assertThat(replacement.handle(new OutOfMemoryError("test"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    /** Stands still until it is told to move. */
    private static final class SteppingClock extends Clock {

        private Instant now = Instant.EPOCH;

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
