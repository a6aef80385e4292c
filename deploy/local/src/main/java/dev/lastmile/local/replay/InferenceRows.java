package dev.lastmile.local.replay;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.EventLimits;
import dev.lastmile.schema.InferenceEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.score.Metric;
import dev.lastmile.topology.DeploymentPolicy;
import dev.lastmile.topology.Policies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rows of the inferences file as the events a customer would have sent. */
final class InferenceRows implements CsvFile.RowReader {

    static final List<String> REQUIRED =
            List.of("customer", "deployment", "model_version", "inference_id", "occurred_at", "output");

    private static final List<String> OPTIONAL = List.of("confidence", "session_id");
    private static final String SLICE_PREFIX = "slice.";

    private final Path file;
    private final Policies policies;
    private final WireFormat wire;
    private final Recording recording;
    private final Map<String, String> dimensionByColumn = new HashMap<>();

    InferenceRows(Path file, List<String> columns, Policies policies, WireFormat wire, Recording recording) {
        this.file = file;
        this.policies = policies;
        this.wire = wire;
        this.recording = recording;
        for (String column : columns) {
            if (column.startsWith(SLICE_PREFIX)) {
                dimensionByColumn.put(column, column.substring(SLICE_PREFIX.length()));
            }
        }
    }

    /** Whether the column is one that is looked at under these policies. */
    static boolean knows(String column, Policies policies) {
        return REQUIRED.contains(column)
                || OPTIONAL.contains(column)
                || columnsOf(policies).contains(column);
    }

    /** The columns of the dimensions that any policy declares. */
    static Set<String> columnsOf(Policies policies) {
        Set<String> columns = new TreeSet<>();
        for (DeploymentPolicy policy : policies.all()) {
            policy.slicing().dimensions().forEach(dimension -> columns.add(SLICE_PREFIX + dimension));
        }
        return columns;
    }

    @Override
    public void read(CsvRow row) throws BadCell {
        DeploymentId deployment = Cells.deployment(row);
        // A deployment that no policy covers is refused by the topology, whatever its answers are.
        Metric metric = policies.find(deployment).map(p -> p.scorer().metric()).orElse(Metric.WORD_ERROR_RATE);
        String modelVersion = Cells.visible(row, "model_version", EventLimits.MAX_MODEL_VERSION_LENGTH);
        String id = Cells.visible(row, "inference_id", EventLimits.MAX_INFERENCE_ID_LENGTH);
        Instant occurredAt = Cells.time(row, "occurred_at");
        Map<String, String> attributes = attributes(row);
        InferenceEvent.Builder event = InferenceEvent.newBuilder()
                .setDeployment(deployment.deployment())
                .setModelVersion(modelVersion)
                .setInferenceId(id)
                .setOccurredAt(occurredAt)
                .setAttributes(attributes)
                .setOutput(Cells.answer(row, "output", metric));
        if (!row.get("confidence").isEmpty()) {
            event.setConfidence(confidence(row));
        }
        if (!row.get("session_id").isEmpty()) {
            event.setSessionId(Cells.visible(row, "session_id", EventLimits.MAX_SESSION_ID_LENGTH));
        }
        String topic = Topics.inferences(deployment.customer());
        byte[] value = wire.write(topic, event.build());
        recording.add(new TimedRecord(
                occurredAt.toEpochMilli(), false, topic, id.getBytes(StandardCharsets.UTF_8), value, file, row.line()));
    }

    private Map<String, String> attributes(CsvRow row) {
        Map<String, String> attributes = new HashMap<>();
        dimensionByColumn.forEach((column, dimension) -> {
            String value = row.get(column);
            if (!value.isEmpty()) {
                attributes.put(dimension, value);
            }
        });
        return attributes;
    }

    private static double confidence(CsvRow row) throws BadCell {
        double confidence = Cells.number(row, "confidence");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new BadCell("confidence", "must be in [0, 1]");
        }
        return confidence;
    }
}
