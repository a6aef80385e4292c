package dev.lastmile.faults.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the tests of this build said when they ran last, from the reports that Surefire and Failsafe leave in each module. */
public final class TestResults {

    private static final String ROOT_PACKAGE = "dev.lastmile.";
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final List<String> REPORTS = List.of("target/surefire-reports", "target/failsafe-reports");

    private final List<Path> modules;
    private final Instant notBefore;

    /**
     * How often something was run.
     *
     * @param passed times that it passed
     * @param failed times that it did not
     * @param skipped times that it was left out by itself, since the machine lacks something
     */
    public record Result(int passed, int failed, int skipped) {

        static final Result NONE = new Result(0, 0, 0);

        Result plus(Result other) {
            return new Result(passed + other.passed, failed + other.failed, skipped + other.skipped);
        }
    }

    private TestResults(List<Path> modules, Instant notBefore) {
        this.modules = modules;
        this.notBefore = notBefore;
    }

    /**
     * Of the repository in that directory; of one that was not built there are none.
     *
     * @param notBefore when the code was changed last: older results are of other code, and are no results
     * @throws IOException where there is no repository
     */
    public static TestResults in(Path root, Instant notBefore) throws IOException {
        List<Path> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (matcher.find()) {
            modules.add(root.resolve(matcher.group(1)));
        }
        return new TestResults(modules, notBefore);
    }

    /** The modules that tests may be in. */
    public List<Path> modules() {
        return List.copyOf(modules);
    }

    /**
     * What came of a test, or of a whole class of them.
     *
     * @param type without {@code dev.lastmile.}
     * @param method empty for all of the class
     */
    public Result of(String type, String method) throws IOException {
        Result result = Result.NONE;
        for (Path module : modules) {
            for (String reports : REPORTS) {
                Path report = module.resolve(reports).resolve("TEST-" + ROOT_PACKAGE + type + ".xml");
                if (Files.exists(report) && !isOld(report)) {
                    result = result.plus(read(report, method));
                }
            }
        }
        return result;
    }

    private boolean isOld(Path report) throws IOException {
        return Files.getLastModifiedTime(report).toInstant().isBefore(notBefore);
    }

    /** Of when the results are, in a sentence, and how many were left out since they are too old. */
    public String age() throws IOException {
        List<Instant> times = new ArrayList<>();
        int old = 0;
        for (Path report : reports()) {
            if (isOld(report)) {
                old++;
            } else {
                times.add(Files.getLastModifiedTime(report).toInstant().truncatedTo(ChronoUnit.SECONDS));
            }
        }
        String left = old == 0 ? "" : "; " + old + " that are older than the code, " + notBefore + ", are left out";
        return times.isEmpty()
                ? "No tests' results" + left + "."
                : "Tests' results are from " + Collections.min(times) + " to " + Collections.max(times) + left + ".";
    }

    private List<Path> reports() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path module : modules) {
            for (String reports : REPORTS) {
                Path directory = module.resolve(reports);
                if (Files.isDirectory(directory)) {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "TEST-*.xml")) {
                        files.forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    private static Result read(Path report, String method) throws IOException {
        Result result = Result.NONE;
        NodeList cases = parse(report).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            if (cases.item(i) instanceof Element one && isOf(method, one.getAttribute("name"))) {
                result = result.plus(resultOf(one));
            }
        }
        return result;
    }

    /** Of a parameterized test the name goes on with the types and the number of the case. */
    private static boolean isOf(String method, String name) {
        return method.isEmpty() || name.split("[(\\[{]", 2)[0].equals(method);
    }

    private static Result resultOf(Element testcase) {
        if (has(testcase, "failure") || has(testcase, "error")) {
            return new Result(0, 1, 0);
        }
        return has(testcase, "skipped") ? new Result(0, 0, 1) : new Result(1, 0, 0);
    }

    private static boolean has(Element testcase, String child) {
        return testcase.getElementsByTagName(child).getLength() > 0;
    }

    private static Element parse(Path report) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(report.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no report of tests: " + report, e);
        }
    }
}
