package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store says of how far it is. */
class BlockStoreTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("lastmile-join-changelog", 3);

    private final BlockStore.Supplier supplier = new BlockStore.Supplier("join");
    private final Path directory;

    BlockStoreTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private KeyValueStore<Bytes, byte[]> opened() {
        KeyValueStore<Bytes, byte[]> store = supplier.get();
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new java.util.Properties(), new TaskId(0, 0), directory.toFile());
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    @Test
    void afterAStopInGoodOrderItKnowsHowFarItIs() {
        KeyValueStore<Bytes, byte[]> store = opened();
        assertThat(store.committedOffset(CHANGELOG)).isNull();
        store.commit(Map.of(CHANGELOG, 41L));
        store.commit(Map.of(CHANGELOG, 42L));
        store.close();

        KeyValueStore<Bytes, byte[]> again = opened();

        assertThat(again.committedOffset(CHANGELOG)).isEqualTo(42);
        again.close();
        KeyValueStore<Bytes, byte[]> third = opened();
        assertThat(third.committedOffset(CHANGELOG)).as("opened and closed").isEqualTo(42);
        third.close();
    }

    @Test
    void whatIsOpenDoesNotSayOnTheDiskHowFarItIs() throws IOException {
        KeyValueStore<Bytes, byte[]> store = opened();
        store.commit(Map.of(CHANGELOG, 41L));
        store.close();
        KeyValueStore<Bytes, byte[]> open = opened();
        open.commit(Map.of(CHANGELOG, 50L));
        Path copy = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-copy"));
        copy(directory, copy);
        open.close();

        KeyValueStore<Bytes, byte[]> killed = new BlockStoreTest(copy).opened();

        assertThat(killed.committedOffset(CHANGELOG)).isNull();
        killed.close();
    }

    @Test
    void whereItsFilesAreGoneItKnowsNothing() throws IOException {
        KeyValueStore<Bytes, byte[]> store = opened();
        store.commit(Map.of(CHANGELOG, 41L));
        store.close();
        try (Stream<Path> all = Files.walk(directory.resolve("join"))) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }

        KeyValueStore<Bytes, byte[]> empty = opened();

        assertThat(empty.committedOffset(CHANGELOG)).isNull();
        empty.close();
    }

    @Test
    void whatIsToBeForgottenIsForgotten() {
        KeyValueStore<Bytes, byte[]> store = opened();
        store.commit(Map.of(CHANGELOG, 41L));
        store.commit(Map.of());
        assertThat(store.committedOffset(CHANGELOG)).isNull();
        store.close();

        KeyValueStore<Bytes, byte[]> again = opened();

        assertThat(again.committedOffset(CHANGELOG)).isNull();
        again.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
