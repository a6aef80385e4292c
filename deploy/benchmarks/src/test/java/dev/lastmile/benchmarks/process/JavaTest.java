package dev.lastmile.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JavaTest {

    private static final String SEPARATOR = File.pathSeparator;

    /** A program that fails if its argument is no number. */
    static final class Printing {
        private Printing() {}

        /** Prints the number. */
        public static void main(String[] arguments) {
            System.out.println(Integer.parseInt(arguments[0]));
        }
    }

    @Test
    void whyAProcessFailedCanBeSaid() throws Exception {
        Child child = Java.start(List.of(), Printing.class, List.of("none"));

        assertThat(child.process().waitFor()).isNotZero();
        assertThat(child.lastWords())
                .contains(
                        "\nException in thread \"main\" java.lang.NumberFormatException: For input string: \"none\"\n");
    }

    @Test
    void libraryIsHiddenByTheBeginningOfItsFileNameAlone() {
        String classPath = String.join(SEPARATOR, "classes", "x/rocksdbjni-1/a-1.jar", "y/rocksdbjni-1.jar", "z/b.jar");

        assertThat(Java.without("rocksdbjni-", classPath))
                .isEqualTo(String.join(SEPARATOR, "classes", "x/rocksdbjni-1/a-1.jar", "z/b.jar"));
    }
}
