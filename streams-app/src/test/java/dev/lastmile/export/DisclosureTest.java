package dev.lastmile.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.alert.Alert;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.detection.Verdict;
import dev.lastmile.http.Refusals;
import dev.lastmile.score.Metric;
import dev.lastmile.slice.Slice;
import dev.lastmile.topology.Report;
import dev.lastmile.topology.serde.AlertEvents;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether what is shown tells what is not. */
class DisclosureTest {

    private static final String NOW = "now";
    private static final String BASELINE = AlertNumbers.BASELINE;
    private static final String LABELLED = AlertNumbers.LABELLED;
    private static final String RECEIVED = AlertNumbers.RECEIVED;

    private static final Slice A = Slice.of("accent", "a");
    private static final Slice B = Slice.of("accent", "b");
    private static final Slice C = Slice.of("accent", "c");
    private static final Slice HUM = Slice.of("noise", "hum");
    private static final Slice QUIET = Slice.of("noise", "quiet");

    private static Disclosure table(Map<Slice, Long> counts) {
        Disclosure table = new Disclosure();
        counts.forEach((slice, count) -> table.add(slice, count, count));
        return table;
    }

    private static Set<Slice> hidden(Map<Slice, Long> counts) {
        return table(counts).hidden(Set.of(), Set.of());
    }

    @Test
    void whereNothingIsSmallNothingIsHidden() {
        assertThat(hidden(Map.of(Slice.OVERALL, 100L, A, 60L, B, 40L))).isEmpty();
    }

    @Test
    void besideOneSmallCellTheSmallestOtherIsHidden() {
        assertThat(hidden(Map.of(Slice.OVERALL, 105L, A, 60L, B, 40L, C, 5L))).containsExactlyInAnyOrder(B, C);
    }

    @Test
    void smallCellsThatAreNotSmallTogetherNeedNoOther() {
        assertThat(hidden(Map.of(Slice.OVERALL, 74L, A, 60L, B, 8L, C, 6L))).containsExactlyInAnyOrder(B, C);
    }

    @Test
    void whatAnAlertNamesIsKeptAndWhatWasHiddenBeforeGoesFirst() {
        Map<Slice, Long> counts = Map.of(Slice.OVERALL, 105L, A, 60L, B, 40L, C, 5L);

        assertThat(table(counts).hidden(Set.of(B), Set.of())).containsExactlyInAnyOrder(A, C);
        assertThat(table(counts).hidden(Set.of(), Set.of(A))).containsExactlyInAnyOrder(A, C);
    }

    @Test
    void aCellThatIsHiddenBesideAnotherCannotBeHadFromTheOtherSideOfItsTable() {
        // Of the row of hum, b is hidden beside a; the column of b would tell it, were nothing else hidden there.
        Map<Slice, Long> counts =
                new HashMap<>(Map.of(Slice.OVERALL, 250L, A, 85L, B, 85L, C, 80L, HUM, 85L, QUIET, 165L));
        counts.put(HUM.and("accent", "a"), 5L);
        counts.put(HUM.and("accent", "b"), 40L);
        counts.put(HUM.and("accent", "c"), 40L);
        counts.put(QUIET.and("accent", "a"), 80L);
        counts.put(QUIET.and("accent", "b"), 45L);
        counts.put(QUIET.and("accent", "c"), 40L);

        Set<Slice> hidden = hidden(counts);

        assertThat(hidden).contains(HUM.and("accent", "a"), QUIET.and("accent", "a"));
        for (String accent : List.of("b", "c")) {
            assertThat(hidden.contains(HUM.and("accent", accent)))
                    .isEqualTo(hidden.contains(QUIET.and("accent", accent)));
        }
    }

    @Test
    void valuesThatWereTooManyLeaveNoSmallRest() {
        // Ten of a were counted elsewhere, as there were too many intersections.
        Map<Slice, Long> counts = Map.of(
                Slice.OVERALL,
                200L,
                A,
                90L,
                B,
                110L,
                HUM,
                200L,
                HUM.and("accent", "a"),
                80L,
                HUM.and("accent", "b"),
                110L);

        assertThat(hidden(counts)).contains(HUM.and("accent", "a"));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingSmallFollowsFromAllThatIsPublishedOfADeployment(long seed) throws IOException {
        Crowds crowds = new Crowds(seed);
        Adversary adversary = whoSawEverything(crowds);
        Map<String, Long> wholes = new HashMap<>();
        crowds.byVersion().forEach((version, counts) -> {
            Crowds.Count whole = counts.getOrDefault(Slice.OVERALL, new Crowds.Count(0, 0));
            wholes.put(version + LABELLED, whole.labelled());
            wholes.put(version + RECEIVED, whole.received());
        });

        assertThat(Adversary.small(adversary.differences(), wholes))
                .as("differences")
                .isEmpty();
        assertThat(Adversary.small(adversary.determined(), wholes))
                .as("equations")
                .isEmpty();
        assertThat(Adversary.small(adversary.pinned(), wholes)).as("bounds").isEmpty();
        assertThat(Adversary.small(adversary.concluded(), wholes))
                .as("one from the other")
                .isEmpty();
    }

    private static Adversary whoSawEverything(Crowds crowds) throws IOException {
        Publications publications = new Publications(new Snapshots(crowds.snapshot()));
        Publication publication = publications.all(any -> true).get(0);
        Adversary adversary = new Adversary();
        for (String field : List.of(LABELLED, RECEIVED)) {
            crowds.byVersion().forEach((version, counts) -> adversary.knows(version + field, counts.keySet()));
            adversary.knows(NOW + field, crowds.all().keySet());
            adversary.knows(BASELINE + field, crowds.baseline().keySet());
            List<String> versions = crowds.byVersion().keySet().stream()
                    .map(version -> version + field)
                    .toList();
            adversary.knowsSums(NOW + field, versions, crowds.all().keySet());
        }
        seesMetrics(adversary, publications);
        seesJson(adversary, new ObjectMapper().readTree(ApiViews.bytes(ApiViews.deployment(publication))));
        for (String field : List.of(LABELLED, RECEIVED)) {
            seesCard(adversary, BASELINE, CardView.inForce(publication).orElse(new byte[0]), field);
            seesCard(adversary, NOW, CardView.current(publication).orElse(new byte[0]), field);
        }
        for (Alert alert : publication.snapshot().alerts()) {
            new AlertNumbers(AlertEvents.of(new Report.OfAlert(alert, Metric.ERROR_RATE, 0))).tell(adversary);
        }
        return adversary;
    }

    private static void seesMetrics(Adversary adversary, Publications publications) {
        CollectorRegistry registry = new CollectorRegistry();
        new MetricsExporter(publications, () -> StreamsHealth.NOT_STARTED, new Refusals(), ExportLimits.DEFAULT, "1")
                .register(registry);
        ExpositionText text = ExpositionText.of(registry);
        Map.of("lastmile_slice_labelled", LABELLED, "lastmile_slice_inferences", RECEIVED)
                .forEach((metric, field) -> text.samples(metric)
                        .forEach(sample -> adversary.sees(
                                sample.labels().getOrDefault("model_version", "") + field,
                                Slice.parse(sample.labels().getOrDefault("slice", "")),
                                (long) sample.value())));
    }

    private static void seesJson(Adversary adversary, JsonNode json) {
        for (JsonNode slice : json.get("slices")) {
            for (String field : List.of(LABELLED, RECEIVED)) {
                adversary.sees(
                        slice.get("modelVersion").asText() + field,
                        Slice.parse(slice.get("slice").asText()),
                        slice.get(field.strip()).asLong());
            }
        }
        assertThat(json.get("history").toString()).doesNotContain("labelled");
        for (JsonNode missing : json.at("/baseline/missing")) {
            adversary.sees(
                    BASELINE + LABELLED,
                    Slice.parse(missing.get("slice").asText()),
                    missing.get("labelled").asLong());
        }
        json.get("alerts").forEach(alert -> new AlertNumbers(alert).tell(adversary));
    }

    private static void seesCard(Adversary adversary, String table, byte[] yaml, String field) throws IOException {
        for (String line : new String(yaml, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.startsWith("  - ")) {
                JsonNode entry = new ObjectMapper().readTree(line.substring(4));
                List<Slice.Term> terms = new ArrayList<>();
                for (Map.Entry<String, JsonNode> term : entry.get("slice").properties()) {
                    terms.add(new Slice.Term(term.getKey(), term.getValue().asText()));
                }
                adversary.sees(
                        table + field,
                        new Slice(terms),
                        entry.get(field.strip()).asLong());
            }
        }
    }

    @Test
    void alertsOfEveryKindAreAmongWhatIsSeenAndSomeAreOfHiddenSlices() {
        Map<Verdict, Long> ofHidden = new TreeMap<>();
        for (long seed = 1; seed <= 300; seed++) {
            Publication publication = Publication.of(new Crowds(seed).snapshot(), null);
            publication.snapshot().alerts().stream()
                    .filter(alert -> !publication.shows(alert.modelVersion(), alert.slice()))
                    .forEach(alert -> ofHidden.merge(alert.kind(), 1L, Long::sum));
        }

        assertThat(ofHidden).containsOnlyKeys(Verdict.values());
        assertThat(ofHidden.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(5));
    }

    @Test
    void mostOfWhatIsLargeEnoughIsStillShown() {
        long large = 0;
        long shown = 0;
        for (long seed = 1; seed <= 300; seed++) {
            DeploymentSnapshot snapshot = new Crowds(seed).snapshot();
            large += snapshot.slices().stream().mapToLong(one -> one.labelled()).sum();
            shown += Publication.of(snapshot, null).slices().stream()
                    .mapToLong(one -> one.labelled())
                    .sum();
        }

        assertThat(shown).isGreaterThan(large * 7 / 10);
    }
}
