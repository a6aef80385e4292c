package dev.lastmile.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final Pattern REFERENCE =
            Pattern.compile("(?:href|src)=\"([^\"#]+)\"|from \"([^\"]+)\"|url\\(([^)]+)\\)");

    private final Page page = new Page();

    private String text(String path) {
        return new String(page.file(path).orElseThrow().body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.css", "/page.js", "/chart.js", "/icon.svg"})
    void noFileNamesAnotherHost(String path) {
        // The one address is the name of SVG's vocabulary, which nobody looks up.
        String text = text(path).replace("http://www.w3.org/2000/svg", "");

        assertThat(text).doesNotContain("://", "//cdn", "@import");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.css", "/page.js", "/chart.js"})
    void everyFileThatIsReferredToIsServed(String path) {
        Matcher reference = REFERENCE.matcher(text(path));
        while (reference.find()) {
            String name = reference.group(1) != null
                    ? reference.group(1)
                    : reference.group(2) != null ? reference.group(2) : reference.group(3);

            assertThat(page.file("/" + name.replaceFirst("^\\./", ""))).as(name).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page.js", "/chart.js"})
    void whatComesFromOutsideIsNeverWrittenAsMarkup(String path) {
        assertThat(text(path))
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style");
    }

    @Test
    void thePageHasNoScriptOrStyleInLineSinceTheContentSecurityPolicyForbidsThem() {
        assertThat(text("/")).doesNotContain("<style", " style=", "onclick", "javascript:");
        assertThat(Pattern.compile("<script(?![^>]* src=)").matcher(text("/")).find())
                .isFalse();
    }
}
