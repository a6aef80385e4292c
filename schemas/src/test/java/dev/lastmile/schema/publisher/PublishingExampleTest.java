package dev.lastmile.schema.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PublishingExampleTest {

    @Test
    void theReadmeShowsTheExampleAsItCompiles() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/lastmile/schema/publisher/PublishingExample.java"));
        String shown = source.substring(source.indexOf("// begin") + 9, source.indexOf("        // end"));

        assertThat(Files.readString(Path.of("README.md"))).contains(shown.indent(-8));
    }

    @Test
    void theExampleFailsForNothingButTheMissingBroker() {
        PublisherSettings settings = PublisherSettings.of("st-marys", "127.0.0.1:9", "mock://example")
                .with("max.block.ms", "100");

        assertThat(PublishingExample.publishBoth(settings))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withRootCauseInstanceOf(TimeoutException.class);
    }
}
