package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class EvolutionTest {

    static Stream<String> names() {
        return Contracts.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void todayReadsEveryKeptVersion(String name) {
        for (Schema kept : Contracts.kept(name)) {
            assertThat(Evolution.obstacles(Contracts.today(name), kept)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyKeptVersionReadsToday(String name) {
        for (Schema kept : Contracts.kept(name)) {
            assertThat(Evolution.obstacles(kept, Contracts.today(name))).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void todayIsTheNewestKeptVersionToTheLetter(String name) {
        List<Schema> kept = Contracts.kept(name);

        assertThat(Contracts.today(name).toString())
                .as("a changed contract is kept as src/test/resources/kept/%s/v%d.avsc", name, kept.size() + 1)
                .isEqualTo(kept.get(kept.size() - 1).toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void generatedCodeWritesTodaysContract(String name) {
        Schema generated = Contracts.GENERATED.stream()
                .filter(schema -> schema.getName().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(Contracts.withoutJavaProperties(generated).toString())
                .isEqualTo(Contracts.today(name).toString());
    }

    @Test
    void anInferenceWithANewOptionalFieldIsReadBothWays() {
        Schema future = Contracts.parse(Path.of("src/test/resources/future/InferenceEvent.avsc"));
        Schema today = Contracts.today("InferenceEvent");

        assertThat(Evolution.obstacles(future, today)).isEmpty();
        assertThat(Evolution.obstacles(today, future)).isEmpty();
    }

    @Test
    void anAlertOfANewKindIsReadBothWaysBecauseTheEnumHasADefault() {
        Schema today = Contracts.today("AlertEvent");
        Schema future = changed(today, "\"NEW_CONDITION\"]", "\"NEW_CONDITION\",\"NEGATIVE_FLIPS\"]");

        assertThat(Evolution.obstacles(future, today)).isEmpty();
        assertThat(Evolution.obstacles(today, future)).isEmpty();
    }

    @Test
    void aNewKindOfAnswerIsReadByANewerMonitorAndNotByAnOlderOne() {
        Schema today = Contracts.today("GroundTruthEvent");
        String counts = "\"name\":\"ErrorCounts\"";
        String ranking = "{\"type\":\"record\",\"name\":\"Ranking\",\"fields\":["
                + "{\"name\":\"items\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}]}";
        Schema future = changed(today, "{\"type\":\"record\"," + counts, ranking + ",{\"type\":\"record\"," + counts);

        assertThat(Evolution.obstacles(future, today)).isEmpty();
        assertThat(Evolution.obstacles(today, future)).isNotEmpty();
    }

    @Test
    void aRemovedDefaultIsCaught() {
        Schema today = Contracts.today("GroundTruthEvent");
        Schema older =
                changed(today, ",{\"name\":\"revision\",\"type\":\"int\"", ",{\"name\":\"gone\",\"type\":\"int\"");
        Schema planted = changed(today, ",\"default\":0}", "}");

        assertThat(Evolution.obstacles(today, older)).isEmpty();
        assertThat(Evolution.obstacles(planted, older)).isNotEmpty();
    }

    @Test
    void aRenamedFieldIsCaughtBothWays() {
        Schema today = Contracts.today("InferenceEvent");
        Schema planted = changed(today, "\"name\":\"occurred_at\"", "\"name\":\"happened_at\"");

        assertThat(Evolution.obstacles(planted, today)).isNotEmpty();
        assertThat(Evolution.obstacles(today, planted)).isNotEmpty();
    }

    @Test
    void aNarrowedTypeIsCaught() {
        Schema today = Contracts.today("SliceStatisticsEvent");
        Schema planted =
                changed(today, "\"name\":\"inferences\",\"type\":\"long\"", "\"name\":\"inferences\",\"type\":\"int\"");

        assertThat(Evolution.obstacles(planted, today)).isNotEmpty();
    }

    @Test
    void anAnswerTakenOutOfTheUnionIsCaught() {
        Schema today = Contracts.today("InferenceEvent");
        Schema planted = changed(
                today,
                "\"values\":[\"Transcript\",\"Label\",\"Quantity\",\"ErrorCounts\"]",
                "\"values\":[\"Transcript\",\"Label\",\"Quantity\"]");

        assertThat(Evolution.obstacles(planted, today)).isNotEmpty();
    }

    @Test
    void aNewFieldWithoutADefaultIsCaught() {
        Schema today = Contracts.today("AlertEvent");
        Schema planted = changed(
                today,
                "{\"name\":\"message\",\"type\":\"string\"",
                "{\"name\":\"severity\",\"type\":\"int\"},{\"name\":\"message\",\"type\":\"string\"");

        assertThat(Evolution.obstacles(planted, today)).isNotEmpty();
    }

    @Test
    void anEnumWithoutItsDefaultIsCaughtOnceItGrows() {
        Schema today = Contracts.today("DeadLetterEvent");
        Schema grown = changed(today, "\"TOO_MANY_SCHEMAS\"]", "\"TOO_MANY_SCHEMAS\",\"TOO_MANY_HEADERS\"]");
        Schema planted = changed(today, ",\"default\":\"UNKNOWN\"", "");

        assertThat(Evolution.obstacles(today, grown)).isEmpty();
        assertThat(Evolution.obstacles(planted, grown)).isNotEmpty();
    }

    /** The schema with one thing changed; fails if there is no such thing to change. */
    private static Schema changed(Schema schema, String what, String to) {
        String json = schema.toString();
        assertThat(json).containsOnlyOnce(what);
        return Contracts.parse(json.replace(what, to));
    }
}
