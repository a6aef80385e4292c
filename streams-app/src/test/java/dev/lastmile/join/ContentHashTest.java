package dev.lastmile.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.Answer;
import dev.lastmile.event.DeploymentId;
import dev.lastmile.event.Inference;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hashes are kept in stores: another rule would take every duplicate there is for a conflict. */
final class ContentHashTest {

    private static final ContentHash HASH = new ContentHash();

    private static final Inference INFERENCE = new Inference(
            new DeploymentId("acme", "ward"),
            "v1",
            "i-1",
            1_700_000_000_000L,
            Map.of("noise", "imaging", "accent", "scottish"),
            new Answer.Transcript("caf\u00e9"),
            0.5,
            "call-7",
            Map.of("v0", new Answer.Label("yes")));

    @Test
    void isTheFirst64BitsOfSha256OverLengthsAndContentInOrder() {
        long expected = sha256(out -> {
            write(out, "v1");
            out.writeLong(1_700_000_000_000L);
            out.writeLong(1);
            write(out, "caf\u00e9");
            out.writeLong(1);
            out.writeLong(Double.doubleToLongBits(0.5));
            out.writeLong(1);
            write(out, "call-7");
            write(out, "accent");
            write(out, "scottish");
            write(out, "noise");
            write(out, "imaging");
            out.writeLong(2);
            write(out, "v0");
            out.writeLong(2);
            write(out, "yes");
        });

        assertThat(HASH.of(INFERENCE)).isEqualTo(expected);
    }

    @Test
    void ofALongTextIsThatOfAllOfItAndChangesNoLaterOne() {
        String text = "word ".repeat(20_000);
        long before = HASH.of(INFERENCE);

        assertThat(HASH.of(new Answer.Transcript(text))).isEqualTo(sha256(out -> {
            out.writeLong(1);
            write(out, text);
        }));
        assertThat(HASH.of(INFERENCE)).isEqualTo(before);
    }

    @Test
    void ofASessionIsNeverThatOfNone() {
        assertThat(HASH.ofSession(null)).isEqualTo(KnownInference.NO_SESSION);
        assertThat(HASH.ofSession("call-7")).isEqualTo((int) sha256(out -> write(out, "call-7")));
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeLong(bytes.length);
        out.write(bytes);
    }

    private static long sha256(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()))
                    .getLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
