package dev.lastmile.topology.waiting;

import dev.lastmile.topology.serde.ForeignStateException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;

/**
 * The column families of a segment.
 *
 * @param shared what entries share, and what is known of the segment
 * @param pages entries, by the numbers of their {@link Page}s
 * @param ids the numbers of pages by ids, for which the {@link PageTable} has no room
 */
record Families(ColumnFamilyHandle shared, ColumnFamilyHandle pages, ColumnFamilyHandle ids) implements AutoCloseable {

    /** What comes after the number of the segment in their names, in the order above. */
    static final List<String> SUFFIXES = List.of("-shared", "-pages", "-ids");

    /** That of pages. */
    static final String PAGES = SUFFIXES.get(1);

    static Families of(List<ColumnFamilyHandle> inOrder) {
        return new Families(inOrder.get(0), inOrder.get(1), inOrder.get(2));
    }

    List<ColumnFamilyHandle> all() {
        return List.of(shared, pages, ids);
    }

    static byte[] name(int segment, String suffix) {
        return (segment + suffix).getBytes(StandardCharsets.UTF_8);
    }

    /** The number of the segment that a family of that name belongs to. */
    static int segmentOf(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new ForeignStateException("there is a column family " + text);
        }
        return Integer.parseInt(text.substring(0, dash));
    }

    @Override
    public void close() {
        all().forEach(ColumnFamilyHandle::close);
    }
}
