package dev.lastmile;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lastmile");

    private static final JavaClasses LAWBREAKER = new ClassFileImporter().importPackages("dev.lastmile.lawbreaker");

    static Stream<ArchRule> laws() {
        return new PackageLaw("dev.lastmile").rules().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laws")
    void theProductKeepsTheLawOfThePackages(ArchRule law) {
        law.check(PRODUCT);
    }

    @Test
    void everyPackageOfTheProductIsLookedAt() {
        List<String> packages = Stream.of("event", "stats", "score", "slice", "join", "detection", "alert")
                .map(name -> "dev.lastmile." + name)
                .toList();

        assertThat(packages)
                .allSatisfy(name -> assertThat(PRODUCT.containPackage(name)).isTrue());
        assertThat(PRODUCT.containPackage("dev.lastmile.topology.serde")).isTrue();
        assertThat(PRODUCT.containPackage("dev.lastmile.provision")).isTrue();
        assertThat(PRODUCT.containPackage("dev.lastmile.http")).isTrue();
        assertThat(PRODUCT.containPackage("dev.lastmile.export")).isTrue();
        assertThat(PRODUCT.containPackage("dev.lastmile.app")).isTrue();
    }

    @Test
    void plantedViolationsAreFound() {
        List<String> broken = new PackageLaw("dev.lastmile.lawbreaker")
                .rules().stream()
                        .filter(law -> law.evaluate(LAWBREAKER).hasViolation())
                        .map(ArchRule::getDescription)
                        .toList();

        assertThat(broken)
                .containsExactlyInAnyOrder(
                        "stats uses only what the architecture allows it",
                        "slice uses only what the architecture allows it",
                        "only app reads the clock",
                        "only app reads the environment and files",
                        "packages are free of cycles");
    }
}
