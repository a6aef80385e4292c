package dev.lastmile.topology.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real RocksDB of Kafka Streams, and what happens to its files between two starts. */
class SelfRestoringTest {

    private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);
    private static final int ENTRIES = 5_000;

    private final Damages damages = new Damages(System::currentTimeMillis);
    private final Path directory;

    SelfRestoringTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private KeyValueStore<Bytes, byte[]> opened() {
        KeyValueStore<Bytes, byte[]> store = new SelfRestoring(Stores.persistentKeyValueStore("cells")).get();
        Properties properties = new Properties();
        properties.put(Damages.CONFIG, damages);
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(properties, new TaskId(0, 0), directory.toFile());
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    private void fill() {
        KeyValueStore<Bytes, byte[]> store = opened();
        for (int i = 0; i < ENTRIES; i++) {
            store.put(key(i), ("value " + i * 7919).getBytes(StandardCharsets.UTF_8));
        }
        store.commit(Map.of(CHANGELOG, 1L));
        store.close();
    }

    private static Bytes key(int i) {
        return Bytes.wrap(String.format("%06d", i).getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.getFileName().toString().endsWith(suffix))
                    .sorted(Comparator.comparingLong(path -> -path.toFile().length()))
                    .toList();
        }
    }

    @Test
    void wholeStateIsReadAgain() {
        fill();

        KeyValueStore<Bytes, byte[]> store = opened();

        assertThat(store.get(key(4_711))).isEqualTo(("value " + 4_711 * 7919).getBytes(StandardCharsets.UTF_8));
        int read = 0;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                assertThat(entry.key).isEqualTo(key(read));
                read++;
            }
        }
        assertThat(read).isEqualTo(ENTRIES);
        store.close();
        assertThat(damages.count()).isZero();
    }

    @Test
    void oneByteThatIsNotWhatWasWrittenGivesItUpBeforeItIsRead() throws IOException {
        fill();
        Path largest = files(".sst").get(0);
        try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
            long middle = file.length() / 2;
            file.seek(middle);
            int before = file.read();
            file.seek(middle);
            file.write(before ^ 1);
        }

        assertThatThrownBy(this::opened).isInstanceOf(TaskCorruptedException.class);
        assertThat(damages.count()).isEqualTo(1);
    }

    @Test
    void aMissingFileGivesItUp() throws IOException {
        fill();
        Files.delete(files(".sst").get(0));

        assertThatThrownBy(this::opened).isInstanceOf(TaskCorruptedException.class);
    }

    @Test
    void whereNothingIsItIsMade() {
        KeyValueStore<Bytes, byte[]> store = opened();

        assertThat(store.get(key(1))).isNull();
        store.close();
    }
}
