package dev.lastmile.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Serves HTTP/1.1 by Jetty within limits, whatever clients do: requests without bodies, several a connection.
 *
 * <p>No thread waits for a client; a few make answers. So a client that is slow costs its connection and what it has not taken of its
 * answer, and no thread. Where there are too many connections none is turned away: the one that has been slow for longest has to go,
 * of the addresses that have most, so that whoever asks and takes its answer at once is served beside any number of those that do not.
 */
public final class BoundedServer implements AutoCloseable {

    /** Connections that the system may hold ready for us; more are made than these only while we cannot keep up. */
    private static final int BACKLOG = 1_024;

    /**
     * Accepted beyond the limit while others have to go for them. Few: whoever asks at once is looked at before so many have come
     * after that it were the one to go.
     */
    private static final int MOST_ON_THE_THRESHOLD = 32;

    /** What the system holds of an answer; left to itself it holds megabytes for a client that reads nothing. */
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    /** One accepts, one selects, one admits connections and goes on with requests that came together. */
    private static final int JETTY_THREADS = 3;

    private static final int THREAD_IDLE_MS = 60_000;

    private static final long LOOK_EVERY_MS = 100;

    private final Clients clients;
    private final ThreadPoolExecutor makers;
    private final Server server;
    private final ServerConnector connector;

    private BoundedServer(
            @Nullable SSLContext tls,
            Limits limits,
            Map<String, String> always,
            Handler handler,
            Refusals refusals,
            LongSupplier nanoTime) {
        clients = new Clients(limits, refusals, nanoTime);
        makers = makers(limits);
        Serving serving = new Serving(limits, always, handler, makers, clients, refusals);
        int mostAtOnce = limits.connections() + MOST_ON_THE_THRESHOLD;
        QueuedThreadPool threads = new QueuedThreadPool(
                JETTY_THREADS, 1, THREAD_IDLE_MS, 0, new ArrayBlockingQueue<>(2 * mostAtOnce), null);
        threads.setName("jetty");
        threads.setDaemon(true);
        // No buffer serves two clients: of requests that Jetty refuses it gives some back twice, and what another
        // client had asked was read over.
        server = new Server(
                threads, new ScheduledExecutorScheduler("jetty-clock", true), new ByteBufferPool.NonPooling());
        server.setHandler(serving);
        server.setErrorHandler(serving::refuse);
        server.setStopTimeout(0);
        connector = new Door(server, clients, factories(tls, limits));
        connector.setAcceptQueueSize(BACKLOG);
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        connector.setIdleTimeout(limits.idleTime().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(mostAtOnce, connector));
    }

    /** Tells who comes and who goes. */
    private static final class Door extends ServerConnector {

        private final Clients clients;

        Door(Server server, Clients clients, ConnectionFactory... factories) {
            super(server, null, null, null, 1, 1, factories);
            this.clients = clients;
        }

        @Override
        protected void onEndPointOpened(EndPoint endPoint) {
            super.onEndPointOpened(endPoint);
            clients.admit(endPoint);
        }

        @Override
        protected void onEndPointClosed(EndPoint endPoint) {
            clients.forget(endPoint);
            super.onEndPointClosed(endPoint);
        }
    }

    private static ConnectionFactory[] factories(@Nullable SSLContext tls, Limits limits) {
        HttpConfiguration settings = new HttpConfiguration();
        settings.setRequestHeaderSize(limits.headBytes());
        settings.setHttpCompliance(HttpCompliance.STRICT);
        settings.setUriCompliance(UriCompliance.DEFAULT);
        settings.setSendServerVersion(false);
        settings.setSendDateHeader(false);
        settings.setUseInputDirectByteBuffers(false);
        settings.setUseOutputDirectByteBuffers(false);
        HttpConnectionFactory http = new HttpConnectionFactory(settings);
        if (tls == null) {
            return new ConnectionFactory[] {http};
        }
        SslContextFactory.Server encryption = new SslContextFactory.Server();
        encryption.setSslContext(tls);
        encryption.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        encryption.setRenegotiationAllowed(false);
        SslConnectionFactory ssl = new SslConnectionFactory(encryption, http.getProtocol());
        ssl.setDirectBuffersForEncryption(false);
        ssl.setDirectBuffersForDecryption(false);
        return new ConnectionFactory[] {ssl, http};
    }

    private static ThreadPoolExecutor makers(Limits limits) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor makers = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(limits.queued()),
                task -> {
                    Thread thread = new Thread(task, "http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        makers.allowCoreThreadTimeOut(true);
        return makers;
    }

    /**
     * Binds and begins to serve.
     *
     * @param address where; port 0 takes a free one
     * @param tls certificate and key where connections are to be encrypted; absent if they are not
     * @param always headers of every answer
     * @param refusals where it is counted who is not served
     * @param nanoTime as {@link System#nanoTime}
     * @throws IOException if the address cannot be bound
     */
    public static BoundedServer start(
            InetSocketAddress address,
            @Nullable SSLContext tls,
            Limits limits,
            Map<String, String> always,
            Handler handler,
            Refusals refusals,
            LongSupplier nanoTime)
            throws IOException {
        BoundedServer server = new BoundedServer(tls, limits, always, handler, refusals, nanoTime);
        server.connector.setHost(address.getAddress().getHostAddress());
        server.connector.setPort(address.getPort());
        bind(server.connector);
        try {
            LifeCycle.start(server.server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        server.look();
        return server;
    }

    /** Jetty says where it could not be bound, and as the cause why. */
    private static void bind(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            throw e.getCause() instanceof IOException why ? why : e;
        }
    }

    private void look() {
        try {
            clients.look();
        } finally {
            if (server.isRunning()) {
                connector.getScheduler().schedule(this::look, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Where it listens; never port 0. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    /** Connections that are open. */
    public int openConnections() {
        return clients.count();
    }

    /** Stops at once; requests under way are cut off. */
    @Override
    public void close() {
        LifeCycle.stop(server);
        connector.close();
        makers.shutdownNow();
    }
}
