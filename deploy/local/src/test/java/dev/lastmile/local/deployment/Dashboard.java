package dev.lastmile.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checked-in dashboard. */
final class Dashboard {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]+)}?");

    private final JsonNode root = RepositoryFiles.json("grafana/dashboards/lastmile.json");

    /**
     * One query of a panel, of a variable or of the annotations.
     *
     * @param where whose, for a message
     * @param expression PromQL with Grafana's variables in it
     * @param instant whether it is asked at one moment; over a range otherwise
     */
    record Query(String where, String expression, boolean instant) {

        /** The expression with each variable's value in its place; an unknown one is an error. */
        String withVariables(Map<String, String> values) {
            return VARIABLE.matcher(expression).replaceAll(match -> {
                String value = values.get(match.group(1));
                if (value == null) {
                    throw new IllegalArgumentException(where + " uses an unknown variable: " + match.group());
                }
                return Matcher.quoteReplacement(value);
            });
        }
    }

    JsonNode root() {
        return root;
    }

    /** Panels that show something: rows are not among them. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        root.get("panels").forEach(panel -> {
            if (!panel.get("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    /** Every query of every panel, and that of the annotations. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.get("targets")) {
                queries.add(new Query(
                        panel.get("title").asText() + ", query "
                                + target.get("refId").asText(),
                        target.get("expr").asText(),
                        target.path("instant").asBoolean(false)));
            }
        }
        for (JsonNode annotation : root.at("/annotations/list")) {
            queries.add(new Query(
                    "annotation " + annotation.get("name").asText(),
                    annotation.at("/target/expr").asText(),
                    false));
        }
        return queries;
    }

    /** The variables that are asked of Prometheus, in order; {@code label_values(selector, label)}. */
    List<Variable> variables() {
        Pattern form = Pattern.compile("label_values\\((.*), *([a-z_]+)\\)");
        List<Variable> variables = new ArrayList<>();
        for (JsonNode variable : root.at("/templating/list")) {
            if (variable.get("type").asText().equals("query")) {
                String name = variable.get("name").asText();
                var match = form.matcher(variable.at("/query/query").asText());
                if (!match.matches()) {
                    throw new IllegalStateException("variable " + name + " is not label_values(selector, label)");
                }
                variables.add(new Variable(name, new Query("variable " + name, match.group(1), true), match.group(2)));
            }
        }
        return variables;
    }

    /** A variable whose values are those of one label. */
    record Variable(String name, Query selector, String label) {}
}
