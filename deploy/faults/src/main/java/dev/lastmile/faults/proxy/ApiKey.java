package dev.lastmile.faults.proxy;

/** The requests of Kafka's protocol that are of interest here, by the number that the protocol gives them. */
public enum ApiKey {
    PRODUCE(0),
    FETCH(1),
    JOIN_GROUP(11),
    HEARTBEAT(12),
    SYNC_GROUP(14),
    INIT_PRODUCER_ID(22),
    ADD_PARTITIONS_TO_TXN(24),
    ADD_OFFSETS_TO_TXN(25),
    END_TXN(26),
    TXN_OFFSET_COMMIT(28);

    private final short number;

    ApiKey(int number) {
        this.number = (short) number;
    }

    short number() {
        return number;
    }
}
