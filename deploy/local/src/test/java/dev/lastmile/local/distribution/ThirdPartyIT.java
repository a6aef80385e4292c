package dev.lastmile.local.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.local.deployment.RepositoryFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists in {@code deploy} and the texts in the jars against the SBOMs. */
class ThirdPartyIT {

    /** Each licence that may be redistributed here, and what its text says without fail. */
    private static final Map<String, List<String>> ALLOWED = Map.of(
            "Apache-2.0", List.of("Apache License", "Version 2.0, January 2004"),
            "BSD-2-Clause", List.of("Redistribution and use in source and binary forms"),
            "BSD-3-Clause", List.of("Redistribution and use in source and binary forms", "Neither the name"),
            "EPL-2.0", List.of("Eclipse Public License - v 2.0"),
            "MIT", List.of("Permission is hereby granted, free of charge"));

    private static final Pattern LICENCE_OR_NOTICE =
            Pattern.compile("(META-INF/)?(LICENSE|NOTICE)[^/]*|META-INF/[^/]*-(LICENSE|NOTICE)");

    @ParameterizedTest
    @EnumSource
    void theListHoldsExactlyWhatTheSbomNames(Distribution distribution) {
        Set<String> shipped = distribution.thirdParties().stream()
                .map(component -> component.coordinates() + " " + component.version())
                .collect(Collectors.toSet());

        assertThat(ListedComponent.in(distribution)).containsExactlyInAnyOrderElementsOf(shipped);
    }

    @Test
    void everyLicenceIsAllowedHereAndOfferedByTheAuthors() {
        Map<String, Component> byCoordinates = Distribution.LOCAL.thirdParties().stream()
                .collect(Collectors.toMap(Component::coordinates, Function.identity()));

        assertThat(ListedComponent.all()).isNotEmpty().allSatisfy(listed -> {
            assertThat(ALLOWED).as(listed.coordinates()).containsKey(listed.licence());
            assertThat(byCoordinates.get(listed.coordinates()))
                    .as(listed.coordinates())
                    .isNotNull()
                    .satisfies(offered -> assertThat(offered.licences()).contains(listed.licence()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyLicencesTextIsInTheJarWhereTheListSays(Distribution distribution) {
        Archive jar = distribution.archive();

        assertThat(ListedComponent.all())
                .filteredOn(listed -> listed.where().contains(distribution))
                .allSatisfy(listed -> assertThat(text(jar, listed.text()).replaceAll("\\s+", " "))
                        .as(listed.coordinates())
                        .contains(Objects.requireNonNull(ALLOWED.get(listed.licence()))));
    }

    @ParameterizedTest
    @EnumSource
    void everyLicenceAndNoticeThatCameWithAComponentIsInTheJar(Distribution distribution) {
        Archive jar = distribution.archive();
        Map<String, Archive> candidates = Distribution.candidates();

        assertThat(distribution.thirdParties()).allSatisfy(component -> {
            Archive original = Objects.requireNonNull(candidates.get(component.fileName()), component.fileName());
            assertThat(original.names())
                    .filteredOn(name -> LICENCE_OR_NOTICE.matcher(name).matches())
                    .allSatisfy(name -> assertThat(jar.bytes("META-INF/third-party/" + component.name() + "/" + name))
                            .isEqualTo(original.bytes(name)));
        });
        assertThat(jar.names()).contains("META-INF/third-party/lastmile-confluent-client/META-INF/NOTICE");
    }

    @ParameterizedTest
    @EnumSource
    void licenceNoticeAndListOfTheJarAreOurs(Distribution distribution) {
        Archive jar = distribution.archive();

        assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(RepositoryFiles.text("LICENSE"));
        assertThat(text(jar, "META-INF/NOTICE")).isEqualTo(RepositoryFiles.text("NOTICE"));
        assertThat(text(jar, "META-INF/THIRD-PARTY.md")).isEqualTo(RepositoryFiles.text("deploy/THIRD-PARTY.md"));
        assertThat(jar.names())
                .filteredOn(name -> LICENCE_OR_NOTICE.matcher(name).matches())
                .containsExactlyInAnyOrder("META-INF/LICENSE", "META-INF/NOTICE");
    }

    /** A new version is not shipped before somebody has looked whether it has known weaknesses. */
    @Test
    void everyVersionThatIsShippedHasBeenLookedUp() {
        Set<String> lookedUp = RepositoryFiles.lines("deploy/VULNERABILITIES.md").stream()
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length > 4)
                .map(cells -> cells[1].replace("`", "").strip() + " " + cells[2].strip())
                .collect(Collectors.toSet());

        assertThat(Distribution.LOCAL.thirdParties()).allSatisfy(component -> assertThat(lookedUp)
                .containsAnyOf(
                        component.coordinates() + " " + component.version(),
                        component.group() + ":* " + component.version()));
    }

    @Test
    void thePartsOfTheRepackagedClientAreListedToo() {
        Sbom parts = Sbom.of(Distribution.MONITOR.archive().bytes("META-INF/sbom/lastmile-confluent-client.cdx.json"));
        String licences = RepositoryFiles.text("deploy/THIRD-PARTY.md");
        String weaknesses = RepositoryFiles.text("deploy/VULNERABILITIES.md");

        assertThat(parts.components()).isNotEmpty().allSatisfy(part -> {
            String cells = "`" + part.coordinates() + "` | " + part.version() + " |";
            assertThat(licences).contains(cells + " Apache-2.0 |");
            assertThat(weaknesses).contains(cells);
        });
    }

    private static String text(Archive jar, String name) {
        return new String(jar.bytes(name), StandardCharsets.UTF_8);
    }
}
