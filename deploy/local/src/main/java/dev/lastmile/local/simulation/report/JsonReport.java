package dev.lastmile.local.simulation.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.trial.AlarmRate;
import dev.lastmile.local.simulation.trial.Delay;
import dev.lastmile.local.simulation.trial.Figure;
import dev.lastmile.local.simulation.trial.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Figures as JSON. Field names are a contract; fields may be added. Effects are in score units, 0-1; what did not happen, or
 * lies beyond what was seen, is null.
 */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    /**
     * Writes the report.
     *
     * @param about how the figures came about, by name
     * @param labelledPerDay labelled inferences of the deployment a day
     * @throws CannotRun when it cannot be written
     */
    public static void write(Path file, Map<String, String> about, List<Figure> figures, double labelledPerDay)
            throws CannotRun {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        ObjectNode circumstances = report.putObject("about");
        about.forEach(circumstances::put);
        ArrayNode array = report.putArray("figures");
        figures.forEach(figure -> array.add(of(figure, labelledPerDay)));
        try {
            Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        } catch (IOException e) {
            throw CannotRun.at("cannot write the report to " + file, e);
        }
    }

    private static ObjectNode of(Figure figure, double labelledPerDay) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Scenario scenario = figure.scenario();
        node.put("scenario", scenario.name());
        node.put("method", figure.method());
        node.put("effect", scenario.points());
        switch (scenario.question()) {
            case DETECTION, RECOVERY -> {
                node.put("slice", Tables.sliceOf(scenario));
                node.put("slice_share", scenario.share());
            }
            case FALSE_ALARMS -> node.putNull("slice");
        }
        if (figure instanceof Figure.FalseAlarms alarms) {
            node.set("false_alarms", rate(alarms.all()));
            node.set("false_disparate_alarms", rate(alarms.disparate()));
        } else if (figure instanceof Figure.Detections detections) {
            node.set("delay_slice_labels", delay(detections.ofSlice()));
            node.set("delay_labels", delay(detections.ofDeployment()));
            node.set("delay_days", days(detections.sinceChange(), labelledPerDay));
            node.set("delay_any_page_slice_labels", delay(detections.page()));
            node.set("delay_related_page_slice_labels", delay(detections.trouble()));
            node.put("runs_naming_a_slice", detections.named());
            node.put("runs_naming_the_planted_slice_first", detections.namedRight());
            node.put("runs_naming_a_stranger_before", detections.strangers());
        } else if (figure instanceof Figure.Recoveries recoveries) {
            node.set("resolution_slice_labels", delay(recoveries.ofSlice()));
        }
        return node;
    }

    private static ObjectNode rate(AlarmRate rate) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("alarms", rate.alarms());
        node.put("labels", rate.labels());
        node.put("per_100000", rate.rate());
        node.put("lower", rate.interval().lower());
        node.put("upper", rate.interval().upper());
        node.put("runs_with_any", rate.runsWithAny());
        return node;
    }

    private static ObjectNode delay(Delay delay) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("runs", delay.runs());
        node.put("happened", delay.happened());
        node.put("median", orNull(delay.median()));
        node.put("median_lower", orNull(delay.lower()));
        node.put("median_upper", orNull(delay.upper()));
        node.put("p90", orNull(delay.p90()));
        return node;
    }

    private static ObjectNode days(Delay delay, double labelledPerDay) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("runs", delay.runs());
        node.put("happened", delay.happened());
        node.put("median", daysOrNull(delay.median(), labelledPerDay));
        node.put("p90", daysOrNull(delay.p90(), labelledPerDay));
        return node;
    }

    private static @Nullable Double daysOrNull(OptionalLong labels, double labelledPerDay) {
        return labels.isPresent() ? labels.getAsLong() / labelledPerDay : null;
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
