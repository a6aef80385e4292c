package dev.lastmile.provision;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.SecurityDisabledException;

/** Waiting for the cluster. */
final class Answer {

    private static final int TIME_LIMIT_SECONDS = 40;

    private Answer() {}

    /**
     * What the cluster answers.
     *
     * @param what what was asked, for the message: "the topics' names"
     * @throws KafkaException in one line, if it refuses or does not answer
     */
    static <T> T of(String what, KafkaFuture<T> future) {
        try {
            return future.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof SecurityDisabledException) {
                throw new KafkaException(
                        "the cluster has no authorizer: everybody may do everything; set authorizer.class.name", cause);
            }
            throw new KafkaException(what + ": " + line(cause), cause);
        } catch (TimeoutException e) {
            throw new KafkaException(what + ": the cluster does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(what + ": interrupted", e);
        }
    }

    private static String line(Throwable cause) {
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return cause.getClass().getSimpleName() + message.replaceAll("\\s*\\R\\s*", " ");
    }
}
