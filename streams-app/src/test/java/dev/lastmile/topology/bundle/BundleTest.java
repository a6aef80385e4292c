package dev.lastmile.topology.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BundleTest {

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, String value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add("a customer's own", valueBytes);
        return new ConsumerRecord<>(
                "topic",
                3,
                offset,
                1_000 + offset,
                TimestampType.LOG_APPEND_TIME,
                keyBytes.length,
                valueBytes.length,
                keyBytes,
                valueBytes,
                headers,
                Optional.of(2));
    }

    @Test
    void aBundleStandsWhereItsFirstRecordStoodAndWeighsWhatAllOfThemDo() {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(record(7, "a", "1"), record(9, "bc", "234"));

        ConsumerRecord<byte[], byte[]> bundle = Bundle.of(records, () -> {});

        assertThat(bundle.topic()).isEqualTo("topic");
        assertThat(bundle.partition()).isEqualTo(3);
        assertThat(bundle.offset()).isEqualTo(7);
        assertThat(bundle.timestamp()).isEqualTo(1_007);
        assertThat(bundle.leaderEpoch()).contains(2);
        assertThat(bundle.serializedKeySize()).isEqualTo(3);
        assertThat(bundle.serializedValueSize()).isEqualTo(4);
        assertThat(bundle.headers()).isInstanceOf(Bundle.class);
        assertThat(((Bundle) bundle.headers()).records()).isEqualTo(records);
    }

    /** Whatever copies headers copies none: a customer's go no further than the consumer. */
    @Test
    void asHeadersItIsEmptyAndStaysSo() {
        Bundle headers =
                (Bundle) Bundle.of(List.of(record(0, "a", "1")), () -> {}).headers();

        assertThat(headers).isEmpty();
        assertThat(headers.toArray()).isEmpty();
        assertThat(headers.lastHeader("a customer's own")).isNull();
        assertThat(headers.headers("a customer's own")).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> headers.add("more", new byte[0]));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> headers.remove("more"));
    }
}
