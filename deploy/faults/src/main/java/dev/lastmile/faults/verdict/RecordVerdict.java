package dev.lastmile.faults.verdict;

import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.Patience;
import dev.lastmile.faults.wire.Outputs.PutAway;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether I1 and I4 hold of any records, whatever they are: every one is in the ledgers once, and each that must be refused is one dead
 * letter with its reason, and no other is.
 *
 * @param broken what does not hold, a line each; none if all does
 * @param records that were judged
 * @param letters by reason
 */
public record RecordVerdict(List<String> broken, long records, Map<String, Long> letters) {

    /** What the join says of ground truths that were accepted at first. */
    private static final Set<String> OF_THE_JOIN = Set.of("NOT_SCORABLE", "CORRECTIONS_OFF", "TOO_MANY_REVISIONS");

    /** With which those are refused in the end that wait for their turn to be looked up. */
    private static final String UNKNOWN = "UNKNOWN_SCHEMA";

    private static final int SHOWN = 10;
    private static final Logger LOG = LoggerFactory.getLogger(RecordVerdict.class);

    public RecordVerdict {
        broken = List.copyOf(broken);
        letters = Map.copyOf(letters);
    }

    /** Says what must become of a record. */
    public interface Judging {

        /** The reasons with which it may be refused; none if it must be accepted, and {@link #ACCEPTED} too if it may be. */
        Set<String> reasonsFor(ConsumerRecord<byte[], byte[]> record);
    }

    /** Among the reasons: that it need not be refused. */
    public static final String ACCEPTED = "ACCEPTED";

    private record Place(String topic, int partition, long offset) {}

    /**
     * Waits until every record is counted, and a while for those to be decided that wait for their schemas; then compares.
     *
     * @param customers whose input topics are judged
     * @param monitors all that are left, ready
     * @param within how long it may take until everything is counted, and once more until all of it is decided
     * @param mayWait whether records that wait for their schemas may still do so then
     */
    public static RecordVerdict of(
            String bootstrapServers,
            Set<String> customers,
            Judging judging,
            List<MonitorProcess> monitors,
            Duration within,
            boolean mayWait)
            throws IOException, InterruptedException {
        TopicReader reader = new TopicReader(bootstrapServers);
        Map<Place, Set<String>> expected = new HashMap<>();
        long[] records = {0};
        List<String> topics = new ArrayList<>();
        customers.forEach(
                customer -> topics.addAll(List.of(Topics.inferences(customer), Topics.groundTruth(customer))));
        reader.read(topics, record -> {
            records[0]++;
            Set<String> reasons = judging.reasonsFor(record);
            if (!reasons.isEmpty()) {
                expected.put(new Place(record.topic(), record.partition(), record.offset()), reasons);
            }
        });
        List<String> broken = new ArrayList<>();
        try {
            Patience.of(within)
                    .until(
                            "every record is in a ledger",
                            () -> Found.sum(Found.ledgers(customers, monitors)) >= records[0]);
            // Where many ask for schemas that nobody knows, each waits for its turn, one a second.
            Patience.of(within)
                    .until("none is undecided", () -> countOf(Found.ledgers(customers, monitors), "_undecided") == 0);
        } catch (IOException e) {
            // What is compared below says what is missing.
            LOG.atInfo().addKeyValue("why", e.getMessage()).log("Not everything was decided in time");
        }
        // Read before what is compared: meanwhile there are fewer of them, and never more.
        long undecided = countOf(Found.ledgers(customers, monitors), "_undecided");
        Found found = Found.from(reader, customers, monitors);
        if (undecided > 0 && !mayWait) {
            broken.add("I1: " + undecided + " are undecided");
        }
        if (Found.sum(found.ledgers()) != records[0]) {
            broken.add("I1: " + records[0] + " records, but " + Found.sum(found.ledgers()) + " in ledgers");
        }
        long counted = countOf(found.ledgers(), "_dead_lettered");
        if (undecided == 0 && counted != found.putAway().size()) {
            broken.add("I4: " + counted + " dead letters are counted, and there are "
                    + found.putAway().size());
        }
        compare(expected, found.putAway(), undecided, broken);
        Map<String, Long> letters = new TreeMap<>();
        found.putAway().forEach(letter -> letters.merge(letter.reason(), 1L, Long::sum));
        return new RecordVerdict(broken, records[0], letters);
    }

    private static long countOf(Map<String, Map<String, Long>> ledgers, String disposition) {
        long[] sum = {0};
        ledgers.values()
                .forEach(ledger -> ledger.forEach((name, count) -> {
                    if (name.endsWith(disposition)) {
                        sum[0] += count;
                    }
                }));
        return sum[0];
    }

    private static void compare(
            Map<Place, Set<String>> expected, List<PutAway> found, long undecided, List<String> broken) {
        List<String> wrong = new ArrayList<>();
        Set<Place> seen = new HashSet<>();
        for (PutAway letter : found) {
            Place place = new Place(letter.topic(), letter.partition(), letter.offset());
            Set<String> reasons = expected.get(place);
            boolean isOfTheJoin = OF_THE_JOIN.contains(letter.reason())
                    && letter.topic().contains(".ground-truth.")
                    && (reasons == null || reasons.contains(ACCEPTED));
            if (!seen.add(place)) {
                wrong.add("I4: twice: " + letter);
            } else if (!isOfTheJoin && (reasons == null || !reasons.contains(letter.reason()))) {
                wrong.add("I4: " + letter + ", and should be " + (reasons == null ? ACCEPTED : reasons));
            }
        }
        List<String> waiting = new ArrayList<>();
        expected.forEach((place, reasons) -> {
            if (!reasons.contains(ACCEPTED) && !seen.contains(place)) {
                List<String> which = reasons.contains(UNKNOWN) ? waiting : wrong;
                which.add("I4: missing: " + place + " " + reasons);
            }
        });
        if (waiting.size() > undecided) {
            wrong.addAll(waiting);
            wrong.add("I4: of these only " + undecided + " are undecided");
        }
        broken.addAll(wrong.subList(0, Math.min(SHOWN, wrong.size())));
        if (wrong.size() > SHOWN) {
            broken.add("I4: and " + (wrong.size() - SHOWN) + " more");
        }
    }
}
