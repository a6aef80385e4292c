package dev.lastmile.benchmarks.throughput.contestant.flink;

import dev.lastmile.benchmarks.throughput.contestant.Stage;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/**
 * Settings of a job that is to be fast and exact: incremental checkpoints each second, exactly once; objects reused between
 * operators of a chain, no type without a serialiser of its own, bloom filters.
 */
final class FlinkSettings {

    /** For RocksDB's caches and write buffers, as much as Lastmile takes by default. */
    private static final MemorySize STATE_MEMORY = MemorySize.ofMebiBytes(256);

    private FlinkSettings() {}

    static Configuration of(Stage stage, Backend backend) {
        Path directory = stage.state();
        Configuration settings = new Configuration();
        settings.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(StateBackendOptions.STATE_BACKEND, backend.optionName());
        settings.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        settings.set(
                RocksDBOptions.LOCAL_DIRECTORIES, directory.resolve("rocksdb").toString());
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, STATE_MEMORY);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        settings.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
        // A run that failed is not to be hidden by a second try.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(RestOptions.ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        settings.set(RestOptions.BIND_PORT, "0");
        return settings;
    }
}
