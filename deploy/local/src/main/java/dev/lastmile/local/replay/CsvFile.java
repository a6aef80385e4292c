package dev.lastmile.local.replay;

import dev.lastmile.local.CannotRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file in RFC 4180 format, UTF-8, whose first line names its columns in any order. What is not a row of it goes to the
 * rejects, and reading goes on.
 */
final class CsvFile implements AutoCloseable {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char NOT_UTF_8 = '\uFFFD';

    /** What becomes of rows. */
    interface RowReader {
        /** Takes a row; {@link BadCell} sends it to the rejects. */
        void read(CsvRow row) throws BadCell;
    }

    private final Path path;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private long position;

    private CsvFile(Path path, CSVParser parser, Iterator<CSVRecord> records, List<String> header) {
        this.path = path;
        this.parser = parser;
        this.records = records;
        this.header = header;
    }

    /**
     * Opens a file.
     *
     * @param required columns it must have
     * @throws CannotRun when it cannot be read or its header does not do
     */
    static CsvFile open(Path path, List<String> required) throws CannotRun {
        @Nullable CSVParser parser = null;
        try {
            parser = FORMAT.parse(reader(path));
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new CannotRun(path + " is empty: the first line must name the columns");
            }
            List<String> header = headerOf(path, records.next(), required);
            CsvFile file = new CsvFile(path, parser, records, header);
            parser = null;
            return file;
        } catch (IOException | UncheckedIOException e) {
            throw CannotRun.at("cannot read " + path, e);
        } finally {
            closeQuietly(parser);
        }
    }

    private static BufferedReader reader(Path path) throws IOException, CannotRun {
        if (!Files.exists(path)) {
            throw new CannotRun("there is no file " + path);
        }
        if (Files.isDirectory(path)) {
            throw new CannotRun(path + " is a directory, not a file");
        }
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(
                        Files.newInputStream(path),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                1 << 16);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private static List<String> headerOf(Path path, CSVRecord first, List<String> required) throws CannotRun {
        List<String> header = new ArrayList<>();
        for (String cell : first) {
            header.add(cell.strip());
        }
        Set<String> names = new HashSet<>();
        for (String name : header) {
            if (!names.add(name)) {
                throw new CannotRun(path + " has two columns named " + name);
            }
        }
        for (String name : required) {
            if (!names.contains(name)) {
                throw new CannotRun(path + " has no column " + name + ": its first line must name " + required);
            }
        }
        return List.copyOf(header);
    }

    /** The columns for which the test fails. */
    List<String> columnsOtherThan(Predicate<String> known) {
        return header.stream().filter(known.negate()).toList();
    }

    List<String> columns() {
        return header;
    }

    /** How many characters lie before the row that was read last; about the bytes of the file so far. */
    long position() {
        return position;
    }

    /** Hands all rows to the reader, and those that are none to the rejects. */
    void forEach(RowReader reader, Rejects rejects) {
        // What is left of a line after a stray quote is no row of its own, nor a second reject.
        boolean restOfBadLine = false;
        while (true) {
            long line = parser.getCurrentLineNumber() + 1;
            try {
                if (!records.hasNext()) {
                    return;
                }
                CSVRecord csv = records.next();
                position = csv.getCharacterPosition();
                if (!restOfBadLine && !isBlank(csv)) {
                    reader.read(row(line, csv));
                }
                restOfBadLine = false;
            } catch (BadCell bad) {
                rejects.add(path, line, bad.column(), bad.reason());
            } catch (UncheckedIOException e) {
                if (!restOfBadLine) {
                    rejects.add(path, line, "", "is not quoted as RFC 4180 demands");
                }
                restOfBadLine = true;
            }
        }
    }

    private CsvRow row(long line, CSVRecord csv) throws BadCell {
        if (csv.size() != header.size()) {
            throw new BadCell("", "has " + csv.size() + " columns, the header has " + header.size());
        }
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String cell = csv.get(i);
            if (cell.indexOf(NOT_UTF_8) >= 0) {
                throw new BadCell(header.get(i), "is not UTF-8");
            }
            cells.put(header.get(i), cell);
        }
        return new CsvRow(line, cells);
    }

    private static boolean isBlank(CSVRecord csv) {
        return csv.size() == 1 && csv.get(0).isEmpty();
    }

    @Override
    public void close() {
        closeQuietly(parser);
    }

    private static void closeQuietly(@Nullable CSVParser parser) {
        if (parser == null) {
            return;
        }
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
