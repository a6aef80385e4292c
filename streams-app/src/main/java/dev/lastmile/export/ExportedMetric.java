package dev.lastmile.export;

import io.prometheus.client.Collector;
import java.util.List;

/**
 * Every metric of Lastmile's own: name, labels, type, meaning. Dashboards and alert rules are written against this list,
 * so a name once published stays. Ratios are 0-1, times are seconds.
 */
enum ExportedMetric {
    SLICE_ERROR_RATIO("lastmile_slice_error_ratio", Labels.SLICE, "Errors over trials of a slice."),
    SLICE_ERROR_RATIO_LOWER(
            "lastmile_slice_error_ratio_lower",
            Labels.SLICE,
            "Lower end of the 95 % interval of the error ratio, valid at any time."),
    SLICE_ERROR_RATIO_UPPER(
            "lastmile_slice_error_ratio_upper",
            Labels.SLICE,
            "Upper end of the 95 % interval of the error ratio, valid at any time."),
    SLICE_RECENT_ERROR_RATIO(
            "lastmile_slice_recent_error_ratio",
            Labels.SLICE,
            "Errors over trials of a slice in the most recent buckets."),
    SLICE_BASELINE_ERROR_RATIO(
            "lastmile_slice_baseline_error_ratio",
            Labels.SLICE,
            "Errors over trials of a slice in the frozen baseline."),
    SLICE_INFERENCES("lastmile_slice_inferences", Labels.SLICE, "Inferences accepted into a slice."),
    SLICE_LABELLED(
            "lastmile_slice_labelled",
            Labels.SLICE,
            "Inferences of a slice with a standing ground truth; slices below 11 are not shown."),
    SLICE_LABEL_COVERAGE("lastmile_slice_label_coverage_ratio", Labels.SLICE, "Labelled over received in a slice."),
    SLICE_LABEL_DELAY(
            "lastmile_slice_label_delay_seconds",
            Labels.SLICE,
            "Median delay of first labels, within a factor of two."),
    SLICE_DISPARATE_EFFECT(
            "lastmile_slice_disparate_effect_ratio",
            Labels.SLICE,
            "How much more a slice got worse than the rest since the baseline."),
    SLICE_EVIDENCE(
            "lastmile_slice_evidence",
            Labels.SLICE,
            "Largest evidence of a slice over the verdicts; at 1 an alert may fire."),
    ALERT_ACTIVE("lastmile_alert_active", Labels.ALERT, "1 while this alert is firing."),
    ALERT_EFFECT(
            "lastmile_alert_effect_ratio",
            Labels.ALERT,
            "Estimated effect of a firing alert since its onset, in score units."),
    ALERTS_FIRING("lastmile_alerts_firing", Labels.KIND, "Alerts firing, by what they claim."),
    RECORDS(
            "lastmile_records_total",
            List.of("customer", "deployment", "disposition"),
            "Records by what became of them; each counted once."),
    RECORDS_WAITING(
            "lastmile_records_waiting",
            Labels.KIND,
            "Inferences waiting for their ground truth, and the other way round."),
    RECORDS_UNDECIDED(
            "lastmile_records_undecided", Labels.KIND, "Records that wait for the schema registry to answer."),
    DEAD_LETTERS(
            "lastmile_dead_letters_total",
            List.of("customer", "deployment", "reason"),
            "Records that could not be accepted, by reason."),
    COMMANDS_REFUSED(
            "lastmile_commands_refused_total",
            List.of("customer", "deployment", "reason"),
            "Operators' commands that were not obeyed, by reason."),
    BASELINE_FROZEN("lastmile_baseline_frozen", Labels.DEPLOYMENT, "1 once the deployment has a frozen baseline."),
    BASELINE_LABELLED(
            "lastmile_baseline_labelled",
            Labels.DEPLOYMENT,
            "Labelled inferences learned so far while a baseline is being learned."),
    BASELINE_SLICES_SHORT(
            "lastmile_baseline_slices_short",
            Labels.DEPLOYMENT,
            "Slices with 11 or more scores in the baseline, but fewer than they need to alert against it."),
    DEPLOYMENT_UPDATED(
            "lastmile_deployment_updated_timestamp_seconds",
            Labels.DEPLOYMENT,
            "Time of the deployment's last batch, seconds since the epoch."),
    STREAMS_STATE("lastmile_streams_state", List.of("state"), "1 for the state the stream is in."),
    STREAMS_THREADS_ALIVE("lastmile_streams_threads_alive", Labels.NONE, "Stream threads that run."),
    STREAMS_LAG(
            "lastmile_streams_consumer_lag_records",
            List.of("topic"),
            "Records not yet read, summed over the partitions read here."),
    STREAMS_PROCESSED("lastmile_streams_records_processed_total", Labels.NONE, "Records processed since the start."),
    STREAMS_COMMIT_LATENCY(
            "lastmile_streams_commit_latency_seconds_avg",
            Labels.NONE,
            "Mean time of a commit over the last half minute."),
    STREAMS_BLOCK_CACHE(
            "lastmile_streams_rocksdb_block_cache_bytes", Labels.NONE, "Memory in the block cache all stores share."),
    STREAMS_RESTORING(
            "lastmile_streams_restoring_records", Labels.NONE, "Records still to be read before state is complete."),
    STREAMS_RESTORED(
            "lastmile_streams_restored_records_total",
            Labels.NONE,
            "Records of state that were read back since the start."),
    READ_AHEAD_BYTES(
            "lastmile_streams_read_ahead_bytes",
            Labels.NONE,
            "Bytes of records that were read and are not worked off."),
    PARTITIONS_WAITING(
            "lastmile_streams_partitions_waiting",
            Labels.NONE,
            "Partitions that are not read until some of what was read ahead is worked off."),
    HELD_BACK(
            "lastmile_streams_held_back_total",
            Labels.NONE,
            "Times since the start that partitions began to wait where none did."),
    STREAMS_FAILED_THREADS(
            "lastmile_streams_failed_threads_total", Labels.NONE, "Stream threads that died since the start."),
    STATES_GIVEN_UP(
            "lastmile_states_given_up_total",
            Labels.NONE,
            "Times since the start that a task's damaged state was deleted and read back from its changelog."),
    LOST_OFFSETS(
            "lastmile_lost_offsets_total",
            List.of("topic"),
            "Offsets since the start that the broker deleted before they were read; as many records at most."),
    PARTITIONS_HELD(
            "lastmile_partitions_held",
            Labels.NONE,
            "Partitions that are not read, since as many of their records as may wait for the schema registry."),
    INPUT_TOPICS_NOT_LOG_APPEND_TIME(
            "lastmile_input_topics_not_log_append_time",
            Labels.NONE,
            "Input topics whose timestamps the customer, not the broker, decides."),
    CUSTOMERS_INCOMPLETE(
            "lastmile_customers_incomplete",
            Labels.NONE,
            "Customers who are not read, since a topic of theirs, a right on one or the registry's word is missing."),
    COMMANDS_UNADDRESSED(
            "lastmile_commands_unaddressed_total",
            Labels.NONE,
            "Operators' commands since the start whose key names no deployment."),
    HTTP_REFUSED(
            "lastmile_http_refused_total",
            List.of("reason"),
            "HTTP clients that were not served since the start, or not to the end, by reason."),
    EXPORT_SERIES(
            "lastmile_export_series",
            Labels.NONE,
            "Series of deployments and topics in this exposition, after the limits."),
    EXPORT_SERIES_LIMIT(
            "lastmile_export_series_limit",
            Labels.NONE,
            "The most series of deployments and topics one exposition may hold."),
    EXPORT_BYTES("lastmile_export_bytes", Labels.NONE, "Size of these series as text, before it is compressed."),
    EXPORT_BYTES_LIMIT(
            "lastmile_export_bytes_limit", Labels.NONE, "The most bytes one exposition may have, all series together."),
    EXPORT_SERIES_SUPPRESSED(
            "lastmile_export_series_suppressed_total",
            Labels.NONE,
            "Series left out because of the limits, summed over expositions: growing means some are left out now."),
    BUILD_INFO("lastmile_build_info", List.of("version"), "1, with the version that runs.");

    private final String metricName;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which the checker does not know to be immutable
    private final List<String> labels;

    private final String help;

    ExportedMetric(String metricName, List<String> labels, String help) {
        this.metricName = metricName;
        this.labels = labels;
        this.help = help;
    }

    /** A counter if its name ends in {@code _total}, else a gauge. */
    Collector.Type type() {
        return metricName.endsWith("_total") ? Collector.Type.COUNTER : Collector.Type.GAUGE;
    }

    /** The name as it is exposed; counters end in {@code _total}. */
    String metricName() {
        return metricName;
    }

    /** Label names, in the order values are given. */
    List<String> labels() {
        return labels;
    }

    String help() {
        return help;
    }

    /** Label lists that several metrics share; a class of its own because constants are initialised first. */
    private static final class Labels {
        static final List<String> NONE = List.of();
        static final List<String> DEPLOYMENT = List.of("customer", "deployment");
        static final List<String> KIND = List.of("customer", "deployment", "kind");
        static final List<String> SLICE = List.of("customer", "deployment", "model_version", "metric", "slice");
        static final List<String> ALERT =
                List.of("customer", "deployment", "model_version", "kind", "slice", "alert_id");

        private Labels() {}
    }
}
