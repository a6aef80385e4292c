package dev.lastmile.local.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lastmile.app.Configuration;
import dev.lastmile.app.End;
import dev.lastmile.app.Monitor;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.local.tenants.SecuredCluster.Outcome;
import dev.lastmile.schema.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose certificate is of an authority that nobody knows who was not told of it. */
final class EncryptedBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;

    EncryptedBrokerTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void whoKnowsTheAuthorityComesInAndWhoDoesNotIsToldWhy() throws Exception {
        ThrowAwayAuthority authority = ThrowAwayAuthority.in(directory);
        try (SecuredCluster cluster =
                        SecuredCluster.start(directory, authority.broker("ip:127.0.0.1"), authority.client());
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            cluster.createMonitor();
            cluster.createCustomer("acme");
            Path knowing = cluster.configuration(cluster.encryption(), registry.url());
            Path ignorant = cluster.configuration(Map.of("security.protocol", "SASL_SSL"), registry.url());

            try (Monitor monitor = start(knowing)) {
                Awaitility.await().atMost(PATIENCE).until(() -> monitor.readiness()
                        .ready());
                send(cluster.client("lastmile.acme"));
                Awaitility.await().atMost(PATIENCE).until(() -> monitor.health().recordsProcessed() > 0);
            }
            try (Monitor monitor = start(ignorant)) {
                End end = monitor.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(end.exitCode()).isEqualTo(End.BAD_CONFIGURATION);
                assertThat(end.line()).isEqualTo("kafka: the broker refuses this client: SSL handshake failed");
            }

            Map<String, Object> withoutAuthority = new HashMap<>(cluster.client("lastmile.acme"));
            withoutAuthority.keySet().removeIf(key -> key.startsWith("ssl."));
            assertThatThrownBy(() -> send(withoutAuthority))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SslAuthenticationException.class);
            administratorWithoutTheAuthority(cluster, ignorant);
        }
    }

    private void administratorWithoutTheAuthority(SecuredCluster cluster, Path ignorant) throws Exception {
        Path login = Files.writeString(
                directory.resolve("ignorant.properties"),
                cluster.properties(SecuredCluster.ADMINISTRATOR).replaceAll("(?m)^ssl\\..*$", ""));

        assertThat(cluster.topics("check").exitCode()).isZero();
        assertThat(cluster.topics(ignorant, login, "check"))
                .isEqualTo(new Outcome(1, "", "the topics' names: SslAuthenticationException: SSL handshake failed\n"));
    }

    private static Monitor start(Path configuration) {
        return Monitor.start(Configuration.read(configuration, SecuredCluster.environment(SecuredCluster.MONITOR)));
    }

    private static void send(Map<String, Object> client) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>(Topics.inferences("acme"), "key", "garbage"))
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isNotNull();
        }
    }
}
