package dev.lastmile.topology.bundle;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Records that follow each other in a partition, as the headers of the one record that stands for them. Headers are the one
 * part of a record that is an object from the consumer to the deserializers: so nothing is copied, and no bytes of a stranger can
 * look like a bundle. As headers it is empty, and stays so; those of the records themselves are never read.
 */
@SuppressWarnings("HashCodeToString") // one bundle is never compared with another
public final class Bundle implements Headers {

    private static final Header[] NONE = {};

    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final Runnable workedOff;

    private Bundle(List<ConsumerRecord<byte[], byte[]>> records, Runnable workedOff) {
        this.records = records;
        this.workedOff = workedOff;
    }

    /** The records, in order; never empty. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return Collections.unmodifiableList(records);
    }

    /** To be called once, by whoever is done with the records: more may be read then. */
    public void workedOff() {
        workedOff.run();
    }

    /**
     * The record that stands for these. It has the offset of the first: Kafka Streams commits the offset of the record it would
     * take next, or where the consumer is if there is none, and so begins again with whole bundles.
     *
     * @param records of one partition, one at least
     * @param workedOff what {@link #workedOff} does
     */
    static ConsumerRecord<byte[], byte[]> of(List<ConsumerRecord<byte[], byte[]>> records, Runnable workedOff) {
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        int keyBytes = 0;
        int valueBytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            keyBytes += Math.max(0, record.serializedKeySize());
            valueBytes += Math.max(0, record.serializedValueSize());
        }
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                first.timestamp(),
                first.timestampType(),
                keyBytes,
                valueBytes,
                null,
                null,
                new Bundle(records, workedOff),
                first.leaderEpoch());
    }

    @Override
    public Headers add(Header header) {
        throw cannotChange();
    }

    @Override
    public Headers add(String key, byte[] value) {
        throw cannotChange();
    }

    @Override
    public Headers remove(String key) {
        throw cannotChange();
    }

    @Override
    public @Nullable Header lastHeader(String key) {
        return null;
    }

    @Override
    public Iterable<Header> headers(String key) {
        return List.of();
    }

    @Override
    public Header[] toArray() {
        return NONE;
    }

    @Override
    public Iterator<Header> iterator() {
        return Collections.emptyIterator();
    }

    private static UnsupportedOperationException cannotChange() {
        return new UnsupportedOperationException("a bundle has no headers");
    }
}
