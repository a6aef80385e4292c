package dev.lastmile.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceTest {

    @Test
    void aSliceIsPrintedAsPeopleReadIt() {
        assertThat(Slice.OVERALL).hasToString("overall");
        assertThat(Slice.of("noise", "imaging").and("accent", "scottish")).hasToString("noise=imaging,accent=scottish");
        assertThat(Slice.of("a", "50%,x=y")).hasToString("a=50%25%2Cx%3Dy");
    }

    @Test
    void everySliceParsesBackFromItsText() {
        Random random = new Random(11);
        String[] pieces = {"%", "2C", "25", "3D", ",", "=", "a", "é", "%2C", "%25", "%3D", "overall", " ", "|"};
        for (int number = 0; number < 20_000; number++) {
            Slice slice = Slice.OVERALL;
            for (int term = random.nextInt(4); term > 0; term--) {
                StringBuilder value = new StringBuilder();
                for (int piece = 1 + random.nextInt(5); piece > 0; piece--) {
                    value.append(pieces[random.nextInt(pieces.length)]);
                }
                slice = slice.and("d" + term, value.toString());
            }
            assertThat(Slice.parse(slice.toString())).isEqualTo(slice);
        }
    }

    @Test
    void slicesAreEqualByTheirTermsHoweverTheyWereMade() {
        Slice parsed = Slice.parse("noise=imaging,accent=scottish");
        Slice made = Slice.of("noise", "imaging").and("accent", "scottish");

        assertThat(made).isEqualTo(parsed).hasSameHashCodeAs(parsed);
        assertThat(made.parent()).isEqualTo(Slice.of("noise", "imaging"));
        assertThat(made).isNotEqualTo(Slice.of("accent", "scottish").and("noise", "imaging"));
    }

    @Test
    void aNameThatWasParsedBeforeIsTheSameSlice() {
        assertThat(Slice.parse("accent=scottish")).isSameAs(Slice.parse("accent=scottish"));
    }

    @Test
    void moreNamesThanAreRememberedStillParse() {
        for (int i = 0; i < 50_000; i++) {
            assertThat(Slice.parse("site=" + i).last().value()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void textThatIsNoSliceIsRefused() {
        for (String text : List.of("", "accent", "=x", "accent=", "a=1,", ",a=1", "a=1,a=2")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> Slice.parse(text));
        }
    }

    @Test
    void theParentIsAllTermsButTheLastAndTheOrderOfTermsHasMeaning() {
        Slice slice = Slice.of("noise", "imaging").and("accent", "scottish");

        assertThat(slice.parent()).isEqualTo(Slice.of("noise", "imaging"));
        assertThat(slice.parent().parent()).isEqualTo(Slice.OVERALL);
        assertThat(slice.last()).isEqualTo(new Slice.Term("accent", "scottish"));
        assertThat(slice).isNotEqualTo(Slice.of("accent", "scottish").and("noise", "imaging"));
        assertThatIllegalStateException().isThrownBy(Slice.OVERALL::parent);
    }

    @Test
    void shorterSlicesComeFirst() {
        List<Slice> slices =
                List.of(Slice.of("b", "1").and("a", "1"), Slice.of("b", "1"), Slice.OVERALL, Slice.of("a", "2"));

        assertThat(slices.stream().sorted())
                .containsExactly(
                        Slice.OVERALL,
                        Slice.of("a", "2"),
                        Slice.of("b", "1"),
                        Slice.of("b", "1").and("a", "1"));
    }
}
