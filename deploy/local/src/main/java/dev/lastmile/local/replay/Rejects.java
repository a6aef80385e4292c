package dev.lastmile.local.replay;

import dev.lastmile.local.CannotRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The file of rows that were not used: file, line, column, reason. It is written even when it stays empty but for its header. */
final class Rejects implements AutoCloseable {

    private final CSVPrinter printer;
    private long count;

    private Rejects(CSVPrinter printer) {
        this.printer = printer;
    }

    /**
     * Starts the file anew.
     *
     * @throws CannotRun when it cannot be written
     */
    static Rejects create(Path path) throws CannotRun {
        try {
            CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(path), CSVFormat.RFC4180);
            printer.printRecord("file", "line", "column", "reason");
            return new Rejects(printer);
        } catch (IOException e) {
            throw CannotRun.at("cannot write the rejects to " + path, e);
        }
    }

    /** One that counts and writes nothing. */
    static Rejects counting() {
        try {
            return new Rejects(new CSVPrinter(Writer.nullWriter(), CSVFormat.RFC4180));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds a row.
     *
     * @param column empty for the row as a whole
     */
    void add(Path file, long line, String column, String reason) {
        try {
            printer.printRecord(file, line, column, reason);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count++;
    }

    /** How many rows there are. */
    long count() {
        return count;
    }

    @Override
    public void close() {
        try {
            printer.close(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
