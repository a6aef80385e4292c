package dev.lastmile.faults.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private TestResults(List<Path> modules) {
        this.modules = modules;
    }

    /**
     * Of the repository in that directory; of one that was not built there are none.
     *
     * @throws IOException where there is no repository
     */
    public static TestResults in(Path root) throws IOException {
        List<Path> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        while (matcher.find()) {
            modules.add(root.resolve(matcher.group(1)));
        }
        return new TestResults(modules);
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
                if (Files.exists(report)) {
                    result = result.plus(read(report, method));
                }
            }
        }
        return result;
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
