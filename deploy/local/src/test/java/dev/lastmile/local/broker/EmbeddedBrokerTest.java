package dev.lastmile.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

final class EmbeddedBrokerTest {

    @Test
    void twoBrokersInOneProcessAreStrangers() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start();
                EmbeddedBroker other = EmbeddedBroker.start()) {
            one.createCustomerTopics("st-marys", 1);

            assertThat(topics(one)).hasSize(5).contains("lastmile.st-marys.alerts.v1");
            assertThat(topics(other)).isEmpty();
        }
    }

    @Test
    void closingLeavesNothingBehind() throws Exception {
        Set<Path> before = brokerDirectories();
        EmbeddedBroker broker = EmbeddedBroker.start();
        assertThat(brokerDirectories()).hasSize(before.size() + 1);

        broker.close();
        broker.close();

        assertThat(brokerDirectories()).isEqualTo(before);
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(taken.getLocalPort()))
                    .isInstanceOf(BindException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken: stop what listens there or give another port");
        }
    }

    @Test
    void aCustomersTopicsCannotBeMadeTwice() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createCustomerTopicsKeptForever("st-marys", 1);

            assertThatThrownBy(() -> broker.createCustomerTopics("st-marys", 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("topics of customer st-marys were not created");
        }
    }

    private static Set<String> topics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static Set<Path> brokerDirectories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(TemporaryDirectory.prefixOfThisProcess("lastmile-broker-")))
                    .collect(Collectors.toSet());
        }
    }
}
