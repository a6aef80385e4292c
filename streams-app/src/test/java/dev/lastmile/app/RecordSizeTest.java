package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.schema.DeadLetterEvent;
import dev.lastmile.schema.TrustedRecords;
import dev.lastmile.topology.DeadLetter;
import dev.lastmile.topology.RefusalReason;
import dev.lastmile.topology.SourceRecord;
import dev.lastmile.topology.SourceTopic;
import dev.lastmile.topology.serde.DeadLetterEvents;
import dev.lastmile.topology.serde.SourceRecordCodec;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A broker takes messages of 1 MiB, with all that is in them: what is made of the largest record has to fit. */
class RecordSizeTest {

    private static final int BROKERS_LIMIT = 1 << 20;

    /** Of a batch and a record, with room to spare. */
    private static final int OVERHEAD = 200;

    private static final int KEY_BYTES = 1_024;

    private final SourceRecord largest = new SourceRecord(
            SourceTopic.of("lastmile." + "c".repeat(32) + ".ground-truth.v1"),
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            0,
            new byte[KEY_BYTES],
            new byte[TopologyFactory.MAX_RECORD_BYTES - KEY_BYTES]);

    @Test
    void theDeadLetterOfTheLargestRecordFitsThroughTheBroker() throws IOException {
        TrustedRecords.trust();
        DeadLetterEvent letter =
                DeadLetterEvents.of(new DeadLetter(RefusalReason.BAD_AVRO, largest, null, "i".repeat(256)));

        int size = KEY_BYTES + DeadLetterEvent.getEncoder().encode(letter).remaining() + OVERHEAD;

        assertThat(size).isLessThan(BROKERS_LIMIT);
    }

    @Test
    void theLargestRecordThatWaitsForTheRegistryFitsThroughTheBroker() {
        int size = SourceRecordCodec.key(largest.topic(), largest.partition(), largest.offset()).length
                + SourceRecordCodec.write(largest).length
                + OVERHEAD;

        assertThat(size).isLessThan(BROKERS_LIMIT);
    }
}
