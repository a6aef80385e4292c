package dev.lastmile.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import org.junit.jupiter.api.Test;

final class JavaTest {

    private static final String SEPARATOR = File.pathSeparator;

    @Test
    void libraryIsHiddenByTheBeginningOfItsFileNameAlone() {
        String classPath = String.join(SEPARATOR, "classes", "x/rocksdbjni-1/a-1.jar", "y/rocksdbjni-1.jar", "z/b.jar");

        assertThat(Java.without("rocksdbjni-", classPath))
                .isEqualTo(String.join(SEPARATOR, "classes", "x/rocksdbjni-1/a-1.jar", "z/b.jar"));
    }
}
