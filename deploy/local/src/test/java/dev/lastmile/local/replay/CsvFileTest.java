package dev.lastmile.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.local.CannotRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvFileTest {

    private final Path directory;
    private final Path file;
    private final Path rejectsFile;

    CsvFileTest(@TempDir Path directory) {
        this.directory = directory;
        file = directory.resolve("in.csv");
        rejectsFile = directory.resolve("rejects.csv");
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() throws Exception {
        List<CsvRow> rows = read("b,a\r\n2,1\r\n4,3\r\n", List.of("a", "b"));

        assertThat(rows).extracting(row -> row.get("a") + row.get("b")).containsExactly("12", "34");
        assertThat(rows).extracting(row -> row.get("absent")).containsOnly("");
    }

    @Test
    void quotesCommasAndNewlinesInCellsAreText() throws Exception {
        List<CsvRow> rows = read("a,b\n\"one, \"\"two\"\"\nthree\",x\nplain,y\n", List.of("a"));

        assertThat(rows).extracting(row -> row.get("a")).containsExactly("one, \"two\"\nthree", "plain");
        assertThat(rows).extracting(CsvRow::line).containsExactly(2L, 4L);
        assertThat(rejects()).isEmpty();
    }

    @Test
    void aByteOrderMarkAndBlankLinesAreNothing() throws Exception {
        assertThat(read("\uFEFFa,b\n1,2\n\n3,4\n", List.of("a", "b"))).hasSize(2);
        assertThat(rejects()).isEmpty();
    }

    @Test
    void aRowWithTooFewColumnsIsRejectedAndTheRestGoesOn() throws Exception {
        assertThat(read("a,b\n1,2\n3\n5,6\n", List.of("a")))
                .extracting(row -> row.get("a"))
                .containsExactly("1", "5");

        assertThat(rejects()).containsExactly(file + ",3,,\"has 1 columns, the header has 2\"");
    }

    @Test
    void aRowWithAStrayQuoteIsRejectedOnceAndTheRestGoesOn() throws Exception {
        List<CsvRow> rows = read("a,b\n1,2\n\"3\"x,4\n5,6\n", List.of("a"));

        assertThat(rows).extracting(row -> row.get("a")).containsExactly("1", "5");
        assertThat(rejects()).containsExactly(file + ",3,,is not quoted as RFC 4180 demands");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRejected() throws Exception {
        assertThat(read("a,b\n1,2\n\"3,4\n5,6\n", List.of("a"))).hasSize(1);

        assertThat(rejects()).containsExactly(file + ",3,,is not quoted as RFC 4180 demands");
    }

    @Test
    void bytesThatAreNotUtf8AreRejectedByCell() throws Exception {
        Files.write(file, "a,b\nfine,x\nb\u00e4d,y\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(rowsOf(List.of("a"))).hasSize(1);
        assertThat(rejects()).containsExactly(file + ",3,a,is not UTF-8");
    }

    @Test
    void aBadCellNamesItsColumn() throws Exception {
        Files.writeString(file, "a,b\n1,2\n,4\n");

        try (CsvFile csv = CsvFile.open(file, List.of("a"));
                Rejects rejects = Rejects.create(rejectsFile)) {
            csv.forEach(row -> row.required("a"), rejects);
            assertThat(rejects.count()).isEqualTo(1);
        }
        assertThat(rejects()).containsExactly(file + ",3,a,must not be empty");
    }

    @Test
    void aHeaderThatDoesNotDoIsOneLine() throws Exception {
        assertThatThrownBy(() -> read("a,c\n1,2\n", List.of("a", "b")))
                .isInstanceOf(CannotRun.class)
                .hasMessage(file + " has no column b: its first line must name [a, b]");
        assertThatThrownBy(() -> read("a,a\n1,2\n", List.of("a")))
                .isInstanceOf(CannotRun.class)
                .hasMessage(file + " has two columns named a");
        assertThatThrownBy(() -> read("", List.of("a")))
                .isInstanceOf(CannotRun.class)
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> CsvFile.open(directory.resolve("nowhere.csv"), List.of("a")))
                .isInstanceOf(CannotRun.class)
                .hasMessage("there is no file " + directory.resolve("nowhere.csv"));
    }

    private List<CsvRow> read(String text, List<String> required) throws Exception {
        Files.writeString(file, text);
        return rowsOf(required);
    }

    private List<CsvRow> rowsOf(List<String> required) throws CannotRun {
        List<CsvRow> rows = new ArrayList<>();
        try (CsvFile csv = CsvFile.open(file, required);
                Rejects rejects = Rejects.create(rejectsFile)) {
            csv.forEach(rows::add, rejects);
        }
        return rows;
    }

    private List<String> rejects() throws IOException {
        List<String> lines = Files.readAllLines(rejectsFile);
        return lines.subList(1, lines.size());
    }
}
