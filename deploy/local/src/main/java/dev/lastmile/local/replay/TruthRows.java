package dev.lastmile.local.replay;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.EventLimits;
import dev.lastmile.schema.GroundTruthEvent;
import dev.lastmile.schema.Topics;
import dev.lastmile.score.Metric;
import dev.lastmile.topology.Policies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Rows of the ground-truth file as the events a customer would have sent. */
final class TruthRows implements CsvFile.RowReader {

    static final List<String> REQUIRED = List.of("customer", "deployment", "inference_id", "observed_at", "truth");

    private static final String REVISION = "revision";

    private final Path file;
    private final Policies policies;
    private final WireFormat wire;
    private final Recording recording;

    TruthRows(Path file, Policies policies, WireFormat wire, Recording recording) {
        this.file = file;
        this.policies = policies;
        this.wire = wire;
        this.recording = recording;
    }

    /** Whether the column is one that is looked at. */
    static boolean knows(String column) {
        return REQUIRED.contains(column) || column.equals(REVISION);
    }

    @Override
    public void read(CsvRow row) throws BadCell {
        DeploymentId deployment = Cells.deployment(row);
        Metric metric = policies.find(deployment).map(p -> p.scorer().metric()).orElse(Metric.WORD_ERROR_RATE);
        String id = Cells.visible(row, "inference_id", EventLimits.MAX_INFERENCE_ID_LENGTH);
        Instant observedAt = Cells.time(row, "observed_at");
        GroundTruthEvent event = GroundTruthEvent.newBuilder()
                .setDeployment(deployment.deployment())
                .setInferenceId(id)
                .setObservedAt(observedAt)
                .setTruth(Cells.answer(row, "truth", metric))
                .setRevision(revision(row))
                .build();
        String topic = Topics.groundTruth(deployment.customer());
        byte[] value = wire.write(topic, event);
        recording.add(new TimedRecord(
                observedAt.toEpochMilli(), true, topic, id.getBytes(StandardCharsets.UTF_8), value, file, row.line()));
    }

    private static int revision(CsvRow row) throws BadCell {
        String text = row.get(REVISION);
        if (text.isEmpty()) {
            return 0;
        }
        int revision;
        try {
            revision = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BadCell(REVISION, "must be a whole number");
        }
        if (revision < 0) {
            throw new BadCell(REVISION, "must be >= 0");
        }
        return revision;
    }
}
