package dev.lastmile.local.deployment;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A real browser without a window. */
final class Browser {

    /** Of the page's own clock: long enough for several of its rounds of questions. */
    private static final int PAGE_TIME_MS = 8_000;

    private static final Pattern NOT_TEXT = Pattern.compile("(?s)<(script|style|noscript|title)\\b.*?</\\1>|<[^>]*>");

    private final Tool program;
    private final Path profile;

    private Browser(Tool program, Path profile) {
        this.program = program;
        this.profile = profile;
    }

    /** Chromium; skips the running test where there is none. */
    static Browser orSkip(Path profile) {
        return new Browser(Tool.orSkip("chromium", "chromium"), profile);
    }

    /** The page as it stands after its scripts ran, as markup. */
    String open(URI page) throws IOException, InterruptedException {
        Tool.Outcome outcome = program.run(
                List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile,
                        "--virtual-time-budget=" + PAGE_TIME_MS,
                        "--dump-dom",
                        page.toString()),
                Map.of());
        // Around it stands what the browser has to say of its own.
        int from = outcome.output().indexOf("<html");
        int to = outcome.output().lastIndexOf("</html>");
        if (outcome.exitCode() != 0 || from < 0 || to < from) {
            throw new IllegalStateException("no page: " + outcome);
        }
        return outcome.output().substring(from, to);
    }

    /** What a reader sees of the markup, elements apart from each other by one space. */
    static String text(String markup) {
        return NOT_TEXT.matcher(markup)
                .replaceAll(" ")
                .replace("&nbsp;", " ")
                .replace('\u00a0', ' ')
                .replaceAll("\\s+", " ");
    }
}
