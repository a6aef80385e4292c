package dev.lastmile.faults.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {

    @Test
    void whereThereIsNoRepositoryItIsUnknown(@TempDir Path directory) throws Exception {
        assertThat(Commit.of(directory)).isEqualTo("unknown");
        assertThat(Commit.of(directory.resolve("nowhere"))).isEqualTo("unknown");
    }

    @Test
    void elseItIsWhatGitSays() throws Exception {
        assertThat(Commit.current()).matches("unknown|.*[0-9a-f]{12}(-dirty)?");
    }
}
