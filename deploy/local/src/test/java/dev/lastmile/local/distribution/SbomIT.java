package dev.lastmile.local.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SBOM in each jar against the jar. */
class SbomIT {

    @ParameterizedTest
    @EnumSource
    void itNamesExactlyTheJarsWhoseClassesAreInside(Distribution distribution) {
        Set<Map.Entry<String, Long>> inside = distribution.archive().classes();
        String own = distribution.own().fileName();
        List<String> found = Distribution.candidates().values().stream()
                .filter(candidate -> !candidate.classes().isEmpty())
                .filter(candidate -> inside.containsAll(candidate.classes()))
                .map(Archive::fileName)
                .filter(name -> !name.equals(own))
                .toList();

        assertThat(distribution.sbom().components())
                .extracting(Component::fileName)
                .containsExactlyInAnyOrderElementsOf(found);
    }

    @ParameterizedTest
    @EnumSource
    void everyClassInsideIsOursOrThatOfANamedComponent(Distribution distribution) {
        Map<String, Archive> candidates = Distribution.candidates();
        Set<Map.Entry<String, Long>> unnamed =
                new HashSet<>(distribution.archive().classes());
        Stream.concat(
                        Stream.of(distribution.own()),
                        distribution.sbom().components().stream()
                                .map(component -> Objects.requireNonNull(
                                        candidates.get(component.fileName()), component.fileName())))
                .forEach(archive -> unnamed.removeAll(archive.classes()));

        assertThat(unnamed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyComponentHasVersionLicenceAndHash(Distribution distribution) {
        assertThat(distribution.sbom().json().get("components")).allSatisfy(node -> {
            assertThat(node.path("version").asText())
                    .as(node.path("name").asText())
                    .isNotEmpty();
            assertThat(node.path("licenses")).as(node.path("name").asText()).isNotEmpty();
            assertThat(node.path("purl").asText()).startsWith("pkg:maven/");
            assertThat(node.path("hashes").findValuesAsText("alg")).contains("SHA-256");
        });
    }

    @ParameterizedTest
    @EnumSource
    void nothingInItChangesFromOneBuildToTheNext(Distribution distribution) {
        JsonNode json = distribution.sbom().json();

        assertThat(json.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(json.has("serialNumber")).isFalse();
        assertThat(json.path("metadata").has("timestamp")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void besidesTheWholesOnlyThatOfTheRepackagedClientIsInside(Distribution distribution) {
        Set<String> ours = distribution.archive().names().stream()
                .filter(name -> name.startsWith("META-INF/sbom/lastmile-"))
                .collect(Collectors.toSet());

        assertThat(ours)
                .containsExactlyInAnyOrder(distribution.sbomName(), "META-INF/sbom/lastmile-confluent-client.cdx.json");
    }
}
