package dev.lastmile.benchmarks.throughput.contestant.flink;

/** Where Flink keeps a job's state between checkpoints. */
enum Backend {
    /** On disk, with caches: any amount. */
    ROCKSDB("rocksdb"),
    /** On the heap: as much as fits. */
    HEAP("hashmap");

    private final String optionName;

    Backend(String optionName) {
        this.optionName = optionName;
    }

    String optionName() {
        return optionName;
    }
}
