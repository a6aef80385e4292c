package dev.lastmile.faults.installation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.faults.oracle.OracleStream;
import dev.lastmile.faults.planted.Planting;
import dev.lastmile.faults.process.MonitorProcess;
import dev.lastmile.faults.process.RevolvingDoor;
import dev.lastmile.faults.registry.ScriptedRegistry;
import dev.lastmile.faults.traffic.Stranger;
import dev.lastmile.local.registry.EmbeddedRegistry;
import dev.lastmile.provision.TopicSpecification;
import dev.lastmile.schema.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;

/** Brokers, a registry and monitors, all on this machine. */
public final class Installation implements AutoCloseable {

    /** Of the monitors, and so the name of their group. */
    public static final String APPLICATION_ID = "faults";

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final Path directory;
    private final Shape shape;
    private final Cluster cluster;
    private final EmbeddedRegistry registry;
    private final ScriptedRegistry scripted;
    private final @Nullable SmallDisk stateDisk;
    private final List<MonitorProcess> monitors = new ArrayList<>();
    private int doors;

    private Installation(
            Path directory,
            Shape shape,
            Cluster cluster,
            EmbeddedRegistry registry,
            ScriptedRegistry scripted,
            @Nullable SmallDisk stateDisk) {
        this.directory = directory;
        this.shape = shape;
        this.cluster = cluster;
        this.registry = registry;
        this.scripted = scripted;
        this.stateDisk = stateDisk;
    }

    /**
     * Starts everything and waits until it is ready; the input topics are there.
     *
     * @param directory empty; data, state and logs stay there
     */
    public static Installation start(Path directory, Shape shape) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(directory.resolve("logs"));
        Cluster cluster = Cluster.start(directory, shape.brokers(), logs);
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        Installation installation = new Installation(
                directory,
                shape,
                cluster,
                registry,
                ScriptedRegistry.before(registry.url()),
                shape.smallDisk() ? SmallDisk.at(Files.createDirectories(stateOf(directory, 0))) : null);
        boolean up = false;
        try {
            installation.createTopics();
            for (int number = 0; number < shape.monitors(); number++) {
                installation.addMonitor(number, logs);
            }
            for (MonitorProcess monitor : installation.monitors) {
                monitor.awaitReady(READY_WITHIN);
            }
            up = true;
            return installation;
        } finally {
            if (!up) {
                installation.close();
            }
        }
    }

    private void addMonitor(int number, Path logs) throws IOException {
        String name = "monitor-" + number;
        URI url = URI.create("http://127.0.0.1:" + Ports.free() + "/");
        Path file = MonitorSettings.write(
                directory.resolve(name + ".yaml"), shape, name, url.getPort(), stateOf(number), this);
        List<String> options =
                shape.planted() == null ? List.of() : List.of(Planting.option(shape.planted(), directory));
        monitors.add(MonitorProcess.start(name, file, url, logs, options));
    }

    private void createTopics() throws IOException, InterruptedException {
        // Kept for ever, dead letters too, which have the times of what they are about.
        // The producer says when a record was appended, not the broker: the stream's arrivals lie in the past, and a
        // record's fate depends on them.
        Map<String, String> configuration = Map.of(
                "message.timestamp.type",
                "CreateTime",
                "retention.ms",
                "-1",
                "cleanup.policy",
                "delete",
                "max.decompressed.message.bytes",
                Integer.toString(TopicSpecification.MOST_UNPACKED_BYTES));
        List<NewTopic> topics = new ArrayList<>();
        for (String customer : customers()) {
            for (String topic :
                    List.of(Topics.inferences(customer), Topics.groundTruth(customer), Topics.deadLetters(customer))) {
                topics.add(new NewTopic(topic, shape.partitions(), (short) shape.brokers()).configs(configuration));
            }
        }
        try (Admin admin = admin()) {
            BrokerAnswer.to(admin.createTopics(topics).all());
        }
    }

    /** The input topics of those whose results are compared. */
    public static Set<String> watchedTopics() {
        Set<String> topics = new TreeSet<>();
        OracleStream.customers().forEach(customer -> topics.addAll(topicsOf(customer)));
        return topics;
    }

    /** A customer's input topics. */
    public static Set<String> topicsOf(String customer) {
        return Set.of(Topics.inferences(customer), Topics.groundTruth(customer));
    }

    private static Set<String> customers() {
        Set<String> customers = OracleStream.customers();
        customers.add(Stranger.CUSTOMER);
        return customers;
    }

    /** For a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    /** The brokers. */
    public Cluster cluster() {
        return cluster;
    }

    /** For the {@code schema.registry.url} of customers, whom it always answers. */
    public String registryUrl() {
        return registry.url();
    }

    /** What the monitors ask instead. */
    public ScriptedRegistry registry() {
        return scripted;
    }

    /** All instances. */
    public List<MonitorProcess> monitors() {
        return List.copyOf(monitors);
    }

    /** One of those that are not spared. */
    public MonitorProcess victim(SplittableRandom random) {
        return monitors.get(random.nextInt(shape.spared(), monitors.size()));
    }

    /** Where an instance has its state. */
    public Path stateOf(int number) {
        return stateOf(directory, number);
    }

    private static Path stateOf(Path directory, int number) {
        return directory.resolve("state-" + number);
    }

    /** Where the first monitor has its state, in an installation that has one. */
    public SmallDisk stateDisk() {
        return Objects.requireNonNull(stateDisk, "an installation of this shape has none");
    }

    /** Transactions of the monitors that are neither committed nor aborted. */
    public int openTransactions() throws IOException, InterruptedException {
        return openTransactions(APPLICATION_ID);
    }

    /**
     * The same, of one that has run for so long that it has said in its state directory which name its transactions have.
     *
     * @param number of the instance
     */
    public int openTransactionsOf(int number) throws IOException, InterruptedException {
        Path metadata = stateOf(number).resolve(APPLICATION_ID).resolve("kafka-streams-process-metadata");
        String process = new ObjectMapper()
                .readTree(metadata.toFile())
                .required("processId")
                .textValue();
        return openTransactions(APPLICATION_ID + "-" + process);
    }

    private int openTransactions(String prefix) throws IOException, InterruptedException {
        try (Admin admin = admin()) {
            return (int) BrokerAnswer.to(admin.listTransactions(
                                    new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                            .all())
                    .stream()
                    .filter(listing -> listing.transactionalId().startsWith(prefix))
                    .count();
        }
    }

    /** How often a broker said that it left out ends of transactions, since partitions of them had no leader: KAFKA-20734. */
    public long markersLeftOut() throws IOException {
        long count = 0;
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory.resolve("logs"), "broker-*.log")) {
            for (Path log : logs) {
                try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                    count += lines.filter(line -> line.contains("likely deleted already and hence can be skipped"))
                            .count();
                }
            }
        }
        return count;
    }

    /** Stream threads that are members of the monitors' group. */
    public int groupMembers() throws IOException, InterruptedException {
        try (Admin admin = admin()) {
            return groupMembers(admin).size();
        }
    }

    /** What the broker calls them, each another name each time it joins, unless its place is kept. */
    public static Set<String> groupMembers(Admin admin) throws IOException, InterruptedException {
        Set<String> members = new TreeSet<>();
        BrokerAnswer.to(admin.describeConsumerGroups(List.of(APPLICATION_ID)).all())
                .values()
                .forEach(group -> group.members().forEach(member -> members.add(member.consumerId())));
        return members;
    }

    /** Records of the watched topics that the monitors have counted for good. */
    public long committed() throws IOException, InterruptedException {
        try (Admin admin = admin()) {
            return progressIn(watchedTopics(), admin).committed().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** How far the monitors are in these topics. */
    public static GroupProgress progressIn(Collection<String> topics, Admin admin) {
        return new GroupProgress(admin, APPLICATION_ID, topics);
    }

    /**
     * Guests of the same group that come and go, until it is closed.
     *
     * @param places how many may be there at a time
     */
    public RevolvingDoor openDoor(int places) throws IOException {
        List<Path> configurations = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            String name = "guest-" + place;
            configurations.add(MonitorSettings.write(
                    directory.resolve(name + ".yaml"), shape, name, 0, directory.resolve("state-" + name), this));
        }
        doors++;
        return RevolvingDoor.start(configurations, directory.resolve("logs").resolve("guests-" + doors + ".log"));
    }

    /** Partitions, of all topics that are not Kafka's own, of which some broker that should have a copy has none. */
    public int incompletePartitions() throws IOException, InterruptedException {
        try (Admin admin = admin()) {
            Set<String> topics = BrokerAnswer.to(admin.listTopics().names());
            return (int) BrokerAnswer.to(admin.describeTopics(topics).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .filter(partition ->
                            partition.isr().size() < partition.replicas().size())
                    .count();
        }
    }

    /** For questions to the brokers; it is the caller's to close. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    @Override
    public void close() throws IOException {
        monitors.forEach(MonitorProcess::close);
        if (stateDisk != null) {
            stateDisk.close();
        }
        scripted.close();
        registry.close();
        cluster.close();
    }
}
