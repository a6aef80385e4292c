package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrayOutputTest {

    @Test
    void writesTheBytesOfADataOutputStream() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ArrayOutput written = new ArrayOutput();

        writeAll(new DataOutputStream(expected));
        writeAll(written);

        assertThat(written.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void refusesTheTextsThatADataOutputStreamRefuses() {
        assertThatThrownBy(() -> new ArrayOutput().writeUTF("a".repeat(65_536)))
                .isInstanceOf(UTFDataFormatException.class);
    }

    private static void writeAll(DataOutput out) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            out.write(random.nextInt());
            out.writeByte(random.nextInt());
            out.writeBoolean(random.nextBoolean());
            out.writeShort(random.nextInt());
            out.writeChar(random.nextInt());
            out.writeInt(random.nextInt());
            out.writeLong(random.nextLong());
            out.writeFloat(random.nextInt() / 3f);
            out.writeDouble(random.nextDouble());
            out.write(new byte[] {1, 2, 3});
            out.write(new byte[] {1, 2, 3}, 1, 1);
        }
        out.writeDouble(Double.NaN);
        out.writeDouble(Double.NEGATIVE_INFINITY);
        out.writeBytes("plain");
        out.writeChars("zwölf");
        out.writeUTF("");
        out.writeUTF("accent=scottish");
        out.writeUTF("zwölf \u0000 \u0001 \u007F \u0080 \uD83D\uDE00");
        out.writeUTF("a".repeat(65_535));
    }
}
