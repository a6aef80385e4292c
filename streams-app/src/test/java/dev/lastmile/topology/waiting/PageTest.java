package dev.lastmile.topology.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lastmile.topology.serde.ByteReader;
import dev.lastmile.topology.serde.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PageTest {

    private static byte[] entry(int number) {
        return ("x".repeat(number * 7 % 300) + number).getBytes(StandardCharsets.UTF_8);
    }

    /** One, two or three bytes long. */
    private static int earlierPage(int number) {
        return number * 100 % 20_001;
    }

    /** What follows a page's length. */
    private static byte[] page(int entries) {
        Page page = new Page();
        for (int i = 0; i < entries; i++) {
            byte[] entry = entry(i);
            byte[] among = Arrays.copyOf(entry, entry.length + 5);
            page.add(i * 31L, -i, earlierPage(i), among, 0, entry.length);
        }
        ByteWriter out = new ByteWriter();
        page.moveTo(out);
        assertThat(page.isEmpty()).isTrue();
        ByteReader in = new ByteReader(out.toByteArray());
        int length = in.unsigned();
        assertThat(length).isEqualTo(out.size() - in.position());
        return Arrays.copyOfRange(out.toByteArray(), in.position(), out.size());
    }

    private static byte[] read(PageView view, int entry) {
        ByteWriter out = new ByteWriter();
        return view.entry(entry).moveTo(out).toByteArray();
    }

    @Test
    void everyEntryIsFoundInAnyOrder() {
        int entries = 200;
        byte[] page = page(entries);
        byte[] among = new byte[page.length + 20];
        System.arraycopy(page, 0, among, 10, page.length);
        for (int step : new int[] {1, 7, entries - 1}) {
            PageView view = new PageView(among, 10, 10 + page.length);
            for (int i = 0; i < entries; i++) {
                int number = i * step % entries;
                int found = view.find(number * 31L, -number);

                assertThat(found).isEqualTo(number);
                assertThat(read(view, found)).isEqualTo(entry(number));
                assertThat(view.high(found)).isEqualTo(number * 31L);
                assertThat(view.low(found)).isEqualTo(-number);
            }
        }
    }

    @Test
    void itSaysWhereEachEntryWasBefore() {
        ByteReader earlier = new PageView(page(200)).earlierPages();

        for (int i = 0; i < 200; i++) {
            assertThat(earlier.unsigned()).isEqualTo(earlierPage(i));
        }
    }

    @Test
    void anIdHasToBeTheSameAsAWhole() {
        PageView view = new PageView(page(10));

        assertThat(view.find(31, -2)).isEqualTo(PageView.NOT_THERE);
        assertThat(view.find(32, -1)).isEqualTo(PageView.NOT_THERE);
        assertThat(new PageView(page(0)).find(0, 0)).isEqualTo(PageView.NOT_THERE);
    }

    @Test
    void aPageThatIsCutIsRefused() {
        byte[] page = page(10);
        PageView view = new PageView(Arrays.copyOf(page, page.length - 1));

        assertThatIllegalStateException().isThrownBy(() -> view.entry(0)).withMessageContaining("entries up to");
    }

    @Test
    void oneOfAnotherReleaseIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new PageView(new byte[] {9, 0}))
                .withMessageContaining("another release");
    }
}
