package dev.lastmile.app;

import dev.lastmile.topology.serde.AnswerTooLongException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another connection, ready to be used, whose answer may neither be long nor take long. */
final class BoundedConnection extends HttpURLConnection {

    /** Far more than any schema that is accepted takes. */
    static final long MOST_BYTES = 4L << 20;

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final HttpURLConnection inner;

    BoundedConnection(HttpURLConnection inner) {
        super(inner.getURL());
        this.inner = inner;
    }

    @Override
    public void connect() throws IOException {
        inner.connect();
    }

    @Override
    public void setDoOutput(boolean does) {
        inner.setDoOutput(does);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return inner.getOutputStream();
    }

    @Override
    public int getResponseCode() throws IOException {
        return inner.getResponseCode();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Bounded(inner.getInputStream(), false);
    }

    @Override
    public @Nullable InputStream getErrorStream() {
        InputStream error = inner.getErrorStream();
        return error == null ? null : new Bounded(error, true);
    }

    @Override
    public void disconnect() {
        inner.disconnect();
    }

    @Override
    public boolean usingProxy() {
        return inner.usingProxy();
    }

    private static final class Bounded extends FilterInputStream {

        private final boolean isError;
        private final long endNanos = System.nanoTime() + MOST_NANOS;
        private long left = MOST_BYTES;

        Bounded(InputStream in, boolean isError) {
            super(in);
            this.isError = isError;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw isError
                        ? new IOException("an error of more than " + MOST_BYTES + " bytes")
                        : new AnswerTooLongException(MOST_BYTES);
            }
            if (System.nanoTime() - endNanos > 0) {
                throw new IOException(
                        "an answer that takes longer than " + TimeUnit.NANOSECONDS.toSeconds(MOST_NANOS) + " s");
            }
        }
    }
}
