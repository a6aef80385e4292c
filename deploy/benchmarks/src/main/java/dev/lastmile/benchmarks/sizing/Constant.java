package dev.lastmile.benchmarks.sizing;

/** What sizes are computed from, each by its key in {@code measured.properties}, where value and source stand. */
enum Constant {
    NEAR_MICROS("event.near.micros", "monitor, an event whose pair meets within a commit, µs"),
    FAR_MICROS("event.far.micros", "monitor, an event whose pair meets later, µs"),
    BROKER_NEAR_MICROS("broker.near.micros", "broker, an event, within a commit, µs"),
    BROKER_FAR_MICROS("broker.far.micros", "broker, an event, later, µs"),
    SLICE_MICROS("slice.micros", "first stage, each slice of an event beyond five, µs"),
    TRANSCRIPT_BYTE_MICROS("transcript.byte.micros", "scoring, a byte of a transcript, µs"),
    ENTRY_DISK_BYTES("entry.disk.bytes", "entry of the join on disk, counts only, bytes"),
    ENTRY_CHANGELOG_BYTES("entry.changelog.bytes", "the same in the changelog, one replica, bytes"),
    TRANSCRIPT_DISK_FACTOR("transcript.disk.factor", "a byte of a transcript on disk, bytes"),
    TRANSCRIPT_CHANGELOG_FACTOR("transcript.changelog.factor", "the same in the changelog, bytes"),
    RESTORE_ENTRIES("restore.entries", "entries of the join read back, a thread and second"),
    RESTORE_RECORDS("restore.records", "other records read back, a thread and second"),
    INFERENCE_BYTES("inference.bytes", "an inference in its topic, bytes"),
    TRUTH_BYTES("truth.bytes", "a ground truth in its topic, bytes"),
    CELL_MICROS("cell.micros", "second stage, a cell touched in a commit, µs"),
    COMMIT_SLICE_MICROS("commit.slice.micros", "second stage, a commit of a deployment, a live slice, µs"),
    SNAPSHOT_SLICE_MICROS("snapshot.slice.micros", "second stage, a snapshot, a live slice, µs"),
    RECORD_MICROS("record.micros", "a message between the stages, read or sent, µs"),
    MESSAGE_CELL_MICROS("message.cell.micros", "each cell in it, µs"),
    PUBLISHED_MICROS("published.micros", "a cell published, µs"),
    WAKE_CELL_MICROS("wake.cell.micros", "a cell read when its deployment moves, µs"),
    BROKER_RECORD_MICROS("broker.record.micros", "broker, a record that is no event, µs"),
    CELL_BYTES("cell.bytes", "a cell in its store, bytes"),
    MESSAGE_CELL_BYTES("message.cell.bytes", "a cell in a message, bytes"),
    MESSAGE_BYTES("message.bytes", "a message without cells, bytes"),
    STATISTICS_BYTES("statistics.bytes", "a published cell, bytes"),
    STEP_BYTES("step.bytes", "what waits until a step of time, in the changelog, bytes"),
    BLOCK_BYTES("block.bytes", "a block and its batch in the changelog, bytes"),
    ID_TABLE_BYTES("id.table.bytes", "heap, an id kept, in a full page table, bytes"),
    ID_DISK_BYTES("id.disk.bytes", "an id for which no page table has room, on disk, bytes"),
    SLICE_HEAP_BYTES("slice.heap.bytes", "heap, a live slice, bytes"),
    DEPLOYMENT_HEAP_BYTES("deployment.heap.bytes", "heap, a deployment in each task of the first stage, bytes"),
    DEPLOYMENT_SERIES("deployment.series", "series of a deployment"),
    SLICE_SERIES("slice.series", "series of a slice"),
    FALSE_PAGES("false.pages", "false pages per 100,000 labelled inferences"),
    PROCESS_MEBIBYTES("process.mebibytes", "memory beside heap and stores, MiB");

    private final String key;
    private final String meaning;

    Constant(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** Its name in the file. */
    String key() {
        return key;
    }

    /** What it is, and its unit. */
    String meaning() {
        return meaning;
    }
}
