package dev.lastmile.join;

import dev.lastmile.event.Answer;
import dev.lastmile.event.Inference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first 64 bits of SHA-256 over what a customer sent. A customer could find two of their own records that collide
 * (2^32 tries); all they gain is that one of their conflicts counts as a duplicate. Not thread-safe.
 */
final class ContentHash {

    /** A buffer that a long text has made larger than this is not kept. */
    private static final int KEPT_BYTES = 16 << 10;

    private final MessageDigest digest;

    /** All that is hashed, since a digest takes one long piece far faster than many short ones. */
    private ByteBuffer content = ByteBuffer.allocate(256);

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    long of(Answer answer) {
        return add(answer).value();
    }

    long of(Inference inference) {
        add(inference.modelVersion()).add(inference.occurredAtMs()).add(inference.output());
        Double confidence = inference.confidence();
        if (confidence == null) {
            add(0);
        } else {
            add(1).add(Double.doubleToLongBits(confidence));
        }
        addOptional(inference.sessionId());
        for (Map.Entry<String, String> attribute : inOrder(inference.attributes())) {
            add(attribute.getKey()).add(attribute.getValue());
        }
        add(inference.attributes().size());
        for (Map.Entry<String, Answer> other : inOrder(inference.otherOutputs())) {
            add(other.getKey()).add(other.getValue());
        }
        return value();
    }

    private static <V> List<Map.Entry<String, V>> inOrder(Map<String, V> map) {
        if (map.isEmpty()) {
            return List.of();
        }
        List<Map.Entry<String, V>> ordered = new ArrayList<>(map.entrySet());
        ordered.sort(Map.Entry.comparingByKey());
        return ordered;
    }

    /** 32 bits that name a session well enough to sample it, never {@link KnownInference#NO_SESSION} for one. */
    int ofSession(@Nullable String sessionId) {
        if (sessionId == null) {
            return KnownInference.NO_SESSION;
        }
        int hash = (int) add(sessionId).value();
        return hash == KnownInference.NO_SESSION ? 1 : hash;
    }

    private ContentHash add(Answer answer) {
        if (answer instanceof Answer.Transcript transcript) {
            return add(1).add(transcript.text());
        } else if (answer instanceof Answer.Label label) {
            return add(2).add(label.value());
        } else if (answer instanceof Answer.Quantity quantity) {
            return add(3).add(Double.doubleToLongBits(quantity.value()));
        } else if (answer instanceof Answer.ErrorCounts counts) {
            return add(4).add(counts.errors()).add(counts.trials());
        }
        return add(5);
    }

    /** The length goes in too, so that ("ab", "c") and ("a", "bc") differ. */
    private ContentHash add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        room(bytes.length).put(bytes);
        return this;
    }

    private ContentHash addOptional(@Nullable String text) {
        return text == null ? add(0) : add(1).add(text);
    }

    private ContentHash add(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (content.remaining() < bytes) {
            content = ByteBuffer.allocate(2 * (content.position() + bytes)).put(content.flip());
        }
        return content;
    }

    /** Begins anew for the next one. */
    private long value() {
        digest.update(content.flip());
        if (content.capacity() > KEPT_BYTES) {
            content = ByteBuffer.allocate(KEPT_BYTES);
        }
        content.clear();
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
