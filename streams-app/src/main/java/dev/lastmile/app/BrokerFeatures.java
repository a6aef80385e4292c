package dev.lastmile.app;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;

/** What the brokers must be able to do for the monitor's promises to hold. */
final class BrokerFeatures {

    /**
     * Of this version each transaction has an epoch of its own (KIP-890): an end of a transaction that was delayed on its way cannot
     * end the next one, nor leave one open for ever.
     */
    private static final String TRANSACTIONS = "transaction.version";

    private static final short LEAST_TRANSACTIONS = 2;

    private BrokerFeatures() {}

    /**
     * What the brokers lack, as a line for people; empty if nothing.
     *
     * @throws ExecutionException if they do not answer
     * @throws TimeoutException if they do not answer either
     */
    static Optional<String> lacking(Admin admin, int timeLimitMs)
            throws ExecutionException, TimeoutException, InterruptedException {
        FinalizedVersionRange transactions = admin.describeFeatures(
                        new DescribeFeaturesOptions().timeoutMs(timeLimitMs))
                .featureMetadata()
                .get(2L * timeLimitMs, TimeUnit.MILLISECONDS)
                .finalizedFeatures()
                .get(TRANSACTIONS);
        // A feature of version 0 is not listed.
        short version = transactions == null ? 0 : transactions.maxVersionLevel();
        return version >= LEAST_TRANSACTIONS
                ? Optional.empty()
                : Optional.of("kafka: the brokers' feature " + TRANSACTIONS + " must be " + LEAST_TRANSACTIONS
                        + " at least: " + version + " (kafka-features.sh upgrade --feature " + TRANSACTIONS + "="
                        + LEAST_TRANSACTIONS + ")");
    }
}
