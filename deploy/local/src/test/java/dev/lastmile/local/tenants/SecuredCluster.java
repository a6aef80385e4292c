package dev.lastmile.local.tenants;

import dev.lastmile.app.Main;
import dev.lastmile.local.broker.BrokerSecurity;
import dev.lastmile.local.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.awaitility.Awaitility;
import picocli.CommandLine;

/** A broker that asks who is there, an administrator, and the command line that provisions it. */
final class SecuredCluster implements AutoCloseable {

    /** Not the default, so that a forgotten name shows. */
    static final String MONITOR = "watch";

    static final String ADMINISTRATOR = "root";

    private static final long PATIENCE_SECONDS = 30;

    private final EmbeddedBroker broker;
    private final Path directory;
    private final Map<String, String> encryption;
    private final Path configuration;
    private final Path adminConfiguration;

    /** What a command did. */
    record Outcome(int exitCode, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }
    }

    private SecuredCluster(EmbeddedBroker broker, Path directory, Map<String, String> encryption) throws IOException {
        this.broker = broker;
        this.directory = directory;
        this.encryption = encryption;
        this.configuration = configuration(encryption, "http://127.0.0.1:1");
        this.adminConfiguration = Files.writeString(directory.resolve("admin.properties"), properties(ADMINISTRATOR));
    }

    /** A broker that does not encrypt. */
    static SecuredCluster start(Path directory) throws IOException {
        return start(directory, Map.of(), Map.of());
    }

    /**
     * A broker, and clients that know how to reach it.
     *
     * @param tls the broker's settings; empty for one that does not encrypt
     * @param clients the clients' settings
     */
    static SecuredCluster start(Path directory, Map<String, String> tls, Map<String, String> clients)
            throws IOException {
        Map<String, String> encryption = new HashMap<>(clients);
        encryption.put("security.protocol", tls.isEmpty() ? "SASL_PLAINTEXT" : "SASL_SSL");
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSecurity(ADMINISTRATOR, passwordOf(ADMINISTRATOR), tls));
        return new SecuredCluster(broker, directory, encryption);
    }

    /** What each user's password is here. */
    static String passwordOf(String user) {
        return "password-of-" + user.replace('.', '-');
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** How a user's client connects. */
    Map<String, Object> client(String user) {
        return client(user, passwordOf(user));
    }

    Map<String, Object> client(String user, String password) {
        Map<String, Object> settings = new HashMap<>(encryption);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put("sasl.jaas.config", login(user, password));
        return settings;
    }

    /** How a client connects that does not say who it is. */
    Map<String, Object> nobodysClient() {
        return Map.of("bootstrap.servers", broker.openBootstrapServers());
    }

    Admin administrator() {
        return Admin.create(client(ADMINISTRATOR));
    }

    /** A user without any right. */
    void addUser(String user, ScramMechanism mechanism) throws Exception {
        try (Admin admin = administrator()) {
            answer(admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(mechanism, 4096), passwordOf(user))))
                    .all());
            await(() -> answer(admin.describeUserScramCredentials().all()).containsKey(user));
        }
    }

    /** Adds a rule; returns when the broker knows it. */
    void plant(AclBinding rule) throws Exception {
        try (Admin admin = administrator()) {
            answer(admin.createAcls(List.of(rule)).all());
            await(() -> !answer(admin.describeAcls(rule.toFilter()).values()).isEmpty());
        }
    }

    /** Takes a rule away; returns when the broker has forgotten it. */
    void remove(AclBinding rule) throws Exception {
        try (Admin admin = administrator()) {
            answer(admin.deleteAcls(List.of(rule.toFilter())).all());
            await(() -> answer(admin.describeAcls(rule.toFilter()).values()).isEmpty());
        }
    }

    /** A broker hears of a change after the controller has agreed to it. */
    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    static <T> T answer(KafkaFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Runs {@code lastmile topics …} as the administrator. */
    Outcome topics(String command, String... more) {
        return topics(configuration, adminConfiguration, command, more);
    }

    Outcome topics(Path config, Path adminConfig, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("topics", command, "--config", config.toString()));
        arguments.addAll(List.of("--admin-config", adminConfig.toString()));
        arguments.addAll(List.of(more));
        return lastmile(Map.of(), arguments);
    }

    static Outcome lastmile(Map<String, String> environment, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine(environment);
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = commandLine.execute(arguments.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    /** Provisions the monitor; it must succeed. */
    void createMonitor() throws IOException {
        require(topics("create", "--monitor", "--password-file", passwordFile(MONITOR)));
    }

    /** Provisions a customer with two partitions; it must succeed. */
    void createCustomer(String customer) throws IOException {
        require(topics(
                "create",
                "--customer",
                customer,
                "--partitions",
                "2",
                "--password-file",
                passwordFile("lastmile." + customer)));
    }

    private static void require(Outcome outcome) {
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    /** A file with a user's password. */
    String passwordFile(String user) throws IOException {
        return Files.writeString(directory.resolve(user + ".password"), passwordOf(user) + "\n")
                .toString();
    }

    /** A configuration of the monitor, which has no password in it. */
    Path configuration(Map<String, String> connection, String registryUrl) throws IOException {
        StringBuilder kafka = new StringBuilder();
        connection.forEach((key, value) -> kafka.append("  %s: \"%s\"\n".formatted(key, value)));
        return Files.writeString(Files.createTempFile(directory, "lastmile", ".yaml"), """
                applicationId: %s
                kafka:
                  bootstrap.servers: "%s"
                  sasl.mechanism: SCRAM-SHA-512
                  # What was read of the topic between the stages is deleted soon, as is done every half minute else.
                  repartition.purge.interval.ms: 1000
                %sregistry: {url: "%s"}
                state: {directory: "%s"}
                http: {port: 0}
                topics: {replicationFactor: 1}
                deployments:
                  - {customer: "*", deployment: "*", metric: error_rate, dimensions: [accent]}
                """.formatted(
                MONITOR, broker.bootstrapServers(), kafka, registryUrl, Files.createTempDirectory(directory, "state")));
    }

    /** How to reach the broker, without who one is. */
    Map<String, String> encryption() {
        return encryption;
    }

    /** What a user's client needs, as a file. */
    String properties(String user) {
        StringBuilder text = new StringBuilder();
        client(user)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** What the monitor's password comes by. */
    static Map<String, String> environment(String user) {
        return Map.of("LASTMILE_KAFKA_SASL_JAAS_CONFIG", login(user, passwordOf(user)));
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    @Override
    public void close() {
        broker.close();
    }
}
