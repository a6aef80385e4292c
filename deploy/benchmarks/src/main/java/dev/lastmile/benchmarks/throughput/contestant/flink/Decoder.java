package dev.lastmile.benchmarks.throughput.contestant.flink;

import dev.lastmile.benchmarks.throughput.contestant.Clients;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with Confluent's client, as the other contestants do, and keeps what the job needs.
 *
 * @param <E> the generated class
 * @param <T> what is kept of it
 */
final class Decoder<E, T> implements KafkaRecordDeserializationSchema<T> {

    private final String registryUrl;
    private final Class<E> event;
    private final Small<E, T> small;
    private final TypeInformation<T> type;
    private transient @Nullable KafkaAvroDeserializer deserializer;

    /** What is kept. */
    interface Small<E, T> extends java.io.Serializable {
        T of(E event);
    }

    Decoder(String registryUrl, Class<E> event, Small<E, T> small, TypeInformation<T> type) {
        this.registryUrl = registryUrl;
        this.event = event;
        this.small = small;
        this.type = type;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        deserializer = Clients.deserializer(registryUrl);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
        if (deserializer == null) {
            throw new IllegalStateException("used before it was opened");
        }
        out.collect(small.of(event.cast(deserializer.deserialize(record.topic(), record.value()))));
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
