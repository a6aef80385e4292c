package dev.lastmile.local.deployment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression names, found without a parser: strings, label lists and durations are taken out, and what is
 * left and is neither a word of the language nor a function is a metric. Enough for the queries of this repository.
 */
final class PromQl {

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)?\\s*\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern DURATION = Pattern.compile("\\[[^]]*]");
    private static final Pattern WORD = Pattern.compile("(?<![0-9])[a-zA-Z_:][a-zA-Z0-9_:]*(\\s*\\()?");
    private static final Set<String> OPERATORS = Set.of(
            "and", "or", "unless", "offset", "bool", "by", "without", "on", "ignoring", "group_left", "group_right");

    private PromQl() {}

    /** A metric with the labels its selector names. */
    record Selector(String metric, Set<String> labels) {}

    /** Every use of a metric, in order. */
    static List<Selector> selectors(String expression) {
        String rest = STRING.matcher(expression).replaceAll("\"\"");
        List<Selector> selectors = new ArrayList<>();
        Matcher withLabels = SELECTOR.matcher(rest);
        while (withLabels.find()) {
            if (withLabels.group(1) == null) {
                throw new IllegalArgumentException("a selector without a metric name: " + expression);
            }
            selectors.add(new Selector(withLabels.group(1), labelsIn(withLabels.group(2), MATCHER)));
        }
        rest = SELECTOR.matcher(rest).replaceAll(" ");
        rest = LABEL_LIST.matcher(rest).replaceAll(" ");
        rest = DURATION.matcher(rest).replaceAll(" ");
        rest = rest.replace("\"\"", " ");
        Matcher word = WORD.matcher(rest);
        while (word.find()) {
            boolean isFunction = word.group(1) != null;
            if (!isFunction && !OPERATORS.contains(word.group())) {
                selectors.add(new Selector(word.group(), Set.of()));
            }
        }
        return selectors;
    }

    /** The labels named in {@code by (…)} and its like. */
    static Set<String> groupingLabels(String expression) {
        Set<String> labels = new LinkedHashSet<>();
        Matcher list = LABEL_LIST.matcher(STRING.matcher(expression).replaceAll("\"\""));
        while (list.find()) {
            labels.addAll(labelsIn(list.group(2), Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)")));
        }
        return labels;
    }

    private static Set<String> labelsIn(String text, Pattern label) {
        Set<String> labels = new LinkedHashSet<>();
        Matcher matcher = label.matcher(text);
        while (matcher.find()) {
            labels.add(matcher.group(1));
        }
        return labels;
    }
}
