package dev.lastmile.faults.campaign;

import dev.lastmile.faults.attack.Attack;
import dev.lastmile.faults.fault.Strike;
import dev.lastmile.faults.installation.Installation;
import dev.lastmile.faults.installation.Shape;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.traffic.EventBytes;
import dev.lastmile.faults.traffic.Journal;
import dev.lastmile.faults.traffic.Places;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.faults.traffic.Traffic;
import dev.lastmile.faults.verdict.RecordVerdict;
import dev.lastmile.faults.verdict.Unread;
import dev.lastmile.faults.verdict.Verdict;
import dev.lastmile.faults.wire.Outputs.PutAway;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/**
 * An installation that customers send to while something happens to it; then everything is healed and counted, and what came out is
 * compared with what the topics say must have.
 *
 * @param name in its outcome
 * @param shape of what is struck
 * @param shownWithin how long it may take, after everything was read and its offsets committed, until everything is counted and
 *     published
 */
public record Ordeal(String name, Shape shape, Duration shownWithin) {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** Also of monitors that are not waited for: who is slow has not lost anything. */
    private static final Duration READ_WITHIN = Duration.ofMinutes(10);

    /** Said beside what was broken then: no client can make up for it. */
    private static final String MARKERS_LEFT_OUT =
            "a broker took partitions without a leader for deleted, and left out the ends of transactions (KAFKA-20734)";

    /** What happens while customers send. */
    public interface Course {

        /**
         * Lets it happen, and sets the pace at which is sent.
         *
         * @param schedule whose time has begun
         */
        void run(Installation installation, Traffic traffic, Schedule schedule)
                throws IOException, InterruptedException;
    }

    /**
     * Goes through it.
     *
     * @param seed of the stream and the garbage in it
     * @param directory empty; data and logs stay there
     */
    public Outcome run(long seed, Path directory, Schedule schedule, Course course)
            throws IOException, InterruptedException {
        try (Installation installation = Installation.start(directory, shape)) {
            try {
                return run(installation, seed, schedule, course);
            } catch (IOException e) {
                throw installation.markersLeftOut() == 0 ? e : new IOException(MARKERS_LEFT_OUT, e);
            }
        }
    }

    private Outcome run(Installation installation, long seed, Schedule schedule, Course course)
            throws IOException, InterruptedException {
        try (EventBytes events = new EventBytes(installation.registryUrl())) {
            Journal journal = new Journal();
            try (Traffic traffic = new Traffic(
                    OracleStream.endless(seed), seed, 0, installation.bootstrapServers(), events, journal)) {
                Stranger.speak(installation.bootstrapServers());
                traffic.start();
                schedule.begin();
                course.run(installation, traffic, schedule);
                traffic.end();
            }
            schedule.tell(journal.acknowledged().count() + " records were sent");
            for (MonitorProcess monitor : installation.monitors()) {
                monitor.awaitReady(READY_WITHIN);
            }
            awaitRead(installation);
            schedule.tell("everything is healed and read, and what comes out is compared");
            Verdict verdict = Verdict.of(installation.bootstrapServers(), installation.monitors(), shownWithin);
            List<Strike> strikes = schedule.strikes();
            List<String> broken = broken(verdict, strikes, journal);
            broken.addAll(ofTheStranger(installation));
            if (!broken.isEmpty() && installation.markersLeftOut() > 0) {
                broken.add(MARKERS_LEFT_OUT);
            }
            return new Outcome(name, seed, Commit.current(), strikes, verdict.records(), verdict.cells(), broken);
        }
    }

    /** What is missing after that is lost, and not late. */
    private static void awaitRead(Installation installation) throws IOException, InterruptedException {
        try (Admin admin = installation.admin()) {
            Unread unread = new Unread(
                    Installation.progressIn(Installation.watchedTopics(), admin), installation.bootstrapServers());
            Patience.of(READ_WITHIN).until("all that was sent is read", () -> unread.records() == 0);
        }
    }

    /** Of what nobody compares in full, since nobody knows it in full: each record in one ledger, and refused if it must be. */
    private List<String> ofTheStranger(Installation installation) throws IOException, InterruptedException {
        return RecordVerdict.of(
                        installation.bootstrapServers(),
                        Set.of(Stranger.CUSTOMER),
                        Attack::reasonsFor,
                        installation.monitors(),
                        shownWithin,
                        true)
                .broken();
    }

    /**
     * All promises that did not hold: those of the end, those of each strike, that what was acknowledged is there, and that nothing of
     * an aborted transaction shows.
     */
    private static List<String> broken(Verdict verdict, List<Strike> strikes, Journal journal) {
        List<String> broken = new ArrayList<>(verdict.broken());
        strikes.forEach(strike -> broken.addAll(strike.broken()));
        // It may have more: what was not acknowledged in time was sent again.
        Places lost = journal.acknowledged().without(verdict.read());
        if (lost.count() > 0) {
            broken.add(
                    "the broker acknowledged " + lost.count() + " records that it does not have, the first at " + lost);
        }
        Set<Journal.Place> aborted = journal.aborted();
        if (aborted.isEmpty()) {
            broken.add("I6: nothing was aborted, so it shows nothing");
        }
        for (PutAway letter : verdict.putAway()) {
            if (aborted.contains(new Journal.Place(letter.topic(), letter.partition(), letter.offset()))) {
                broken.add("I6: of an aborted transaction: " + letter);
            }
        }
        return broken;
    }
}
