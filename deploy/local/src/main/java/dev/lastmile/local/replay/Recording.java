package dev.lastmile.local.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All rows of both files. Mutable while files are read. */
final class Recording {

    /** By their own time; at equal times inferences first, then as the files have them. */
    private static final Comparator<TimedRecord> ORDER =
            Comparator.comparingLong(TimedRecord::atMs).thenComparing(TimedRecord::isTruth);

    private final List<TimedRecord> records = new ArrayList<>();

    void add(TimedRecord record) {
        records.add(record);
    }

    /** The records in the order in which they are replayed. */
    List<TimedRecord> inOrder() {
        List<TimedRecord> sorted = new ArrayList<>(records);
        sorted.sort(ORDER);
        return sorted;
    }
}
