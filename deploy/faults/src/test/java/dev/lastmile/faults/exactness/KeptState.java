package dev.lastmile.faults.exactness;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor of an earlier build left on the brokers when it had read a part of the stream: its changelogs, each record at its
 * offset, and how far it was in its input. Beside it lies its state directory, which is of the same moment.
 *
 * @param changelogs all partitions, empty ones too
 * @param read offsets of the customers' topics
 */
record KeptState(List<Changelog> changelogs, Map<TopicPartition, Long> read) {

    /** Where they are among the resources, and in which directory the maker puts them. */
    static final String CHANGELOGS = "changelogs.gz";

    static final String DIRECTORY = "state.zip";

    private static final int NO_VALUE = -1;

    /**
     * A partition of a changelog.
     *
     * @param records in order
     * @param end where it ends, which is after the mark of the last transaction
     */
    record Changelog(TopicPartition partition, List<Entry> records, long end) {

        /** The same, but for what is in the records. */
        Changelog with(UnaryOperator<Entry> change) {
            return new Changelog(partition, records.stream().map(change).toList(), end);
        }
    }

    /** A record of a changelog. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(long offset, byte[] key, byte @Nullable [] value) {

        Entry with(byte @Nullable [] other) {
            return new Entry(offset, key, other);
        }
    }

    /** The one among the resources. */
    static KeptState load() throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(resource(CHANGELOGS)))) {
            List<Changelog> changelogs = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                TopicPartition partition = new TopicPartition(in.readUTF(), in.readInt());
                List<Entry> records = new ArrayList<>();
                for (int entries = in.readInt(); entries > 0; entries--) {
                    records.add(new Entry(in.readLong(), bytes(in, in.readInt()), optional(in)));
                }
                changelogs.add(new Changelog(partition, records, in.readLong()));
            }
            Map<TopicPartition, Long> read = new HashMap<>();
            for (int count = in.readInt(); count > 0; count--) {
                read.put(new TopicPartition(in.readUTF(), in.readInt()), in.readLong());
            }
            return new KeptState(changelogs, read);
        }
    }

    void write(OutputStream file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(file))) {
            out.writeInt(changelogs.size());
            for (Changelog changelog : changelogs) {
                out.writeUTF(changelog.partition().topic());
                out.writeInt(changelog.partition().partition());
                out.writeInt(changelog.records().size());
                for (Entry entry : changelog.records()) {
                    out.writeLong(entry.offset());
                    out.writeInt(entry.key().length);
                    out.write(entry.key());
                    byte[] value = entry.value();
                    out.writeInt(value == null ? NO_VALUE : value.length);
                    out.write(value == null ? new byte[0] : value);
                }
                out.writeLong(changelog.end());
            }
            out.writeInt(read.size());
            for (Map.Entry<TopicPartition, Long> entry : read.entrySet()) {
                out.writeUTF(entry.getKey().topic());
                out.writeInt(entry.getKey().partition());
                out.writeLong(entry.getValue());
            }
        }
    }

    private static byte @Nullable [] optional(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NO_VALUE ? null : bytes(in, length);
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream found = KeptState.class.getResourceAsStream("kept/" + name);
        if (found == null) {
            throw new IOException("no such resource: kept/" + name);
        }
        return found;
    }

    /** Puts the state directory of that time where a monitor will look for it. */
    static void unpackDirectory(Path directory) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(resource(DIRECTORY))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    /** Packs a state directory, but for what RocksDB writes for people. */
    static void packDirectory(Path directory, OutputStream file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(path).toString();
                if (!path.getFileName().toString().startsWith("LOG")) {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(path, zip);
                }
            }
        }
    }
}
