package dev.lastmile.faults.fuzz.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceFloodTest {

    private static final long SEED = 20_261_128;
    private static final long VALUES = 1_000_000;

    @Test
    void aMillionValuesAreCappedAndEverythingStillAddsUp(@TempDir Path directory) throws Exception {
        SliceFlood.Result result = SliceFlood.of(SEED, VALUES, directory);

        System.out.println(result);
        assertThat(result.broken()).isEmpty();
        assertThat(result.values()).isGreaterThanOrEqualTo(VALUES);
    }
}
