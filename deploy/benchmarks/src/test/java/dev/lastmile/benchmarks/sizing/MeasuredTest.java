package dev.lastmile.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import org.junit.jupiter.api.Test;

final class MeasuredTest {

    private static Properties complete() {
        Properties properties = new Properties();
        for (Constant constant : Constant.values()) {
            properties.setProperty(constant.key(), "2");
            properties.setProperty(constant.key() + ".by", "a command");
        }
        return properties;
    }

    @Test
    void theCheckedInFileHasAllConstantsAndNothingElse() {
        Measured measured = Measured.read();

        assertThat(measured.figures()).containsOnlyKeys(Constant.values());
        assertThat(measured.table().rows()).hasSize(Constant.values().length);
    }

    @Test
    void aConstantWithoutASourceIsRefusedByItsKey() {
        Properties properties = complete();
        properties.remove(Constant.FAR_MICROS.key() + ".by");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(properties))
                .withMessage("key must be there: event.far.micros.by");
    }

    @Test
    void aKeyThatIsNoConstantsIsRefused() {
        Properties properties = complete();
        properties.setProperty("event.fast.micros", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(properties))
                .withMessageContaining("event.fast.micros");
    }

    @Test
    void nothingCostsNothing() {
        Properties properties = complete();
        properties.setProperty(Constant.CELL_MICROS.key(), "0");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measured.of(properties))
                .withMessage("value must be > 0 and finite: 0.0");
    }
}
