package dev.lastmile.app;

import dev.lastmile.export.HttpApi;
import dev.lastmile.export.MetricsExporter;
import dev.lastmile.export.Publications;
import dev.lastmile.export.Readiness;
import dev.lastmile.export.StreamsHealth;
import dev.lastmile.http.Refusals;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monitor, running in this JVM: stream, metrics, health, API and page, until it is closed or cannot go on. A broker
 * that is not there is waited for; meanwhile the process lives and says that it is not ready.
 */
public final class Monitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

    /** Of the ten seconds a supervisor waits, most are for committing what was processed. */
    private static final Duration STREAM_CLOSES_WITHIN = Duration.ofSeconds(8);

    private final Configuration configuration;
    private final SnapshotStore snapshots = new SnapshotStore();
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private final Stream stream;
    private final HttpApi http;
    private final @Nullable HealthFile health;

    private Monitor(Configuration configuration) {
        this.configuration = configuration;
        this.stream = new Stream(configuration, snapshots, ended::complete);
        this.http = serve(configuration);
        Path file = configuration.http().healthFile();
        this.health = file == null ? null : HealthFile.start(file, this::readiness);
    }

    /**
     * Starts everything; returns as soon as HTTP is served, whether or not the broker is there.
     *
     * @throws ConfigurationException if the HTTP address is taken or not of this machine
     */
    public static Monitor start(Configuration configuration) {
        SystemGuards.apply();
        Monitor monitor = new Monitor(configuration);
        monitor.stream.start();
        LOG.atInfo()
                .addKeyValue("url", monitor.url())
                .addKeyValue("brokers", configuration.kafka().bootstrapServers())
                .addKeyValue("applicationId", configuration.applicationId())
                .addKeyValue("version", Version.current())
                .log("Lastmile is up");
        return monitor;
    }

    private HttpApi serve(Configuration settings) {
        CollectorRegistry registry = new CollectorRegistry();
        DefaultExports.register(registry);
        Publications publications = new Publications(snapshots);
        Refusals refusals = new Refusals();
        new MetricsExporter(
                        publications, this::health, refusals, settings.metrics().limits(), Version.current())
                .register(registry);
        HttpSettings address = settings.http();
        InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
            throw new ConfigurationException("http.host", "", "no such host: " + address.host());
        }
        try {
            return HttpApi.start(
                    socket, publications, this::readiness, registry, address.access(), refusals, System::nanoTime);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "http.port",
                    "",
                    "cannot listen on " + address.host() + ":" + address.port() + ": " + e.getMessage());
        }
    }

    /** Where the page is. */
    public URI url() {
        InetSocketAddress address = http.address();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : configuration.http().host();
        return configuration.http().url(host, address.getPort());
    }

    /** What is known of the deployments processed here. */
    public SnapshotStore snapshots() {
        return snapshots;
    }

    /** Whether this process does its work now, and if not, why. */
    public Readiness readiness() {
        return stream.readiness();
    }

    /** How the stream does. */
    public StreamsHealth health() {
        return stream.health();
    }

    /** Completes when the monitor cannot go on, and says why; or when it is closed. */
    public CompletableFuture<End> ended() {
        return ended.copy();
    }

    /** Stops within ten seconds; what was processed is committed. */
    @Override
    public void close() {
        stream.close(STREAM_CLOSES_WITHIN);
        http.close();
        if (health != null) {
            health.close();
        }
        ended.complete(new End(End.OK, "closed"));
    }
}
