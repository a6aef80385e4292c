package dev.lastmile.join;

import dev.lastmile.event.Answer;
import dev.lastmile.event.Inference;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first 64 bits of SHA-256 over what a customer sent. A customer could find two of their own records that collide
 * (2^32 tries); all they gain is that one of their conflicts counts as a duplicate.
 */
final class ContentHash {

    /** All that is hashed, since a digest takes one long piece far faster than many short ones. */
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(256);

    private ContentHash() {}

    static long of(Answer answer) {
        return new ContentHash().add(answer).value();
    }

    static long of(Inference inference) {
        ContentHash hash = new ContentHash()
                .add(inference.modelVersion())
                .add(inference.occurredAtMs())
                .add(inference.output())
                .add(String.valueOf(inference.confidence()))
                .addOptional(inference.sessionId());
        new TreeMap<>(inference.attributes())
                .forEach((name, value) -> hash.add(name).add(value));
        hash.add(inference.attributes().size());
        for (Map.Entry<String, Answer> other : new TreeMap<>(inference.otherOutputs()).entrySet()) {
            hash.add(other.getKey()).add(other.getValue());
        }
        return hash.value();
    }

    /** 32 bits that name a session well enough to sample it, never {@link KnownInference#NO_SESSION} for one. */
    static int ofSession(@Nullable String sessionId) {
        if (sessionId == null) {
            return KnownInference.NO_SESSION;
        }
        int hash = (int) new ContentHash().add(sessionId).value();
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
        content.writeBytes(bytes);
        return this;
    }

    private ContentHash addOptional(@Nullable String text) {
        return text == null ? add(0) : add(1).add(text);
    }

    private ContentHash add(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            content.write((int) (value >>> shift));
        }
        return this;
    }

    private long value() {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content.toByteArray()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
