package dev.lastmile.faults.installation;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** What brokers say when they are asked, or that they do not. */
final class BrokerAnswer {

    private static final long WITHIN_SECONDS = 30;

    private BrokerAnswer() {}

    /**
     * Waits for it.
     *
     * @throws IOException where none comes, or a refusal
     */
    static <T> T to(KafkaFuture<T> question) throws IOException, InterruptedException {
        try {
            return question.get(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }
}
