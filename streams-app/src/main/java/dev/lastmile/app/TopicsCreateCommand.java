package dev.lastmile.app;

import dev.lastmile.provision.ClusterReader;
import dev.lastmile.provision.ClusterWriter;
import dev.lastmile.provision.CustomerWish;
import dev.lastmile.provision.Installation;
import dev.lastmile.provision.Password;
import dev.lastmile.provision.Plan;
import dev.lastmile.provision.Planner;
import dev.lastmile.provision.Quota;
import dev.lastmile.provision.Step;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lastmile topics create}. */
@Command(
        name = "create",
        description =
                "Makes what a customer or the monitor lacks: topics, limits, rights, the user. Again, it does nothing."
                        + " It takes no right away: see topics check.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicsCreateCommand implements Callable<Integer> {

    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final class Whose {

        @Option(names = "--customer", paramLabel = "NAME", required = true, description = "for a customer")
        private @Nullable String customer;

        @Option(names = "--monitor", required = true, description = "for the monitor of the configuration")
        private boolean monitor;
    }

    @ParentCommand
    private @Nullable TopicsCommands parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Administrator administrator = new Administrator();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Mixin
    private PasswordSource passwordSource = new PasswordSource();

    @Option(
            names = "--replace-password",
            description = "give a user that is there the password too; otherwise it keeps its own")
    private boolean replacePassword;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "of each topic; by default as other customers' inputs have, or 4; cannot be changed later")
    private @Nullable Integer partitions;

    @Option(
            names = "--retention",
            paramLabel = "PERIOD",
            converter = TopicsCommands.Period.class,
            description =
                    "how long inputs are kept; by default P14D or what they have, if that is longer; the monitor must"
                            + " not be away for longer")
    private @Nullable Duration retention;

    @Option(
            names = "--producer-bytes",
            paramLabel = "N",
            description = "bytes a second the customer may send to each broker; 4194304 at first")
    private @Nullable Double producerBytes;

    @Option(
            names = "--consumer-bytes",
            paramLabel = "N",
            description = "bytes a second the customer may read from each broker; 4194304 at first")
    private @Nullable Double consumerBytes;

    @Option(
            names = "--request-percent",
            paramLabel = "N",
            description = "time of each broker's request and network threads, percent of one thread; 50 at first")
    private @Nullable Double requestPercent;

    @Option(names = "--dry-run", description = "print the plan, change nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (parent == null || spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        CustomerWish wish = wish();
        Configuration settings = parent.main().configuration(administrator.configurationFile());
        Installation installation = administrator.installation(settings);
        Password password = passwordSource.read(parent.main());
        try (Admin admin = administrator.connect(settings)) {
            ClusterReader cluster = new ClusterReader(admin, installation);
            Plan plan = plan(new Planner(installation, cluster.read()), wish, replacePassword);
            if (!plan.obstacles().isEmpty()) {
                PrintWriter err = spec.commandLine().getErr();
                plan.obstacles().forEach(obstacle -> err.println(obstacle.what()));
                return End.FAILED;
            }
            PrintWriter out = spec.commandLine().getOut();
            if (dryRun) {
                plan.steps().forEach(step -> out.println(step.order()));
            } else {
                requirePassword(plan, password);
                carryOut(plan, new ClusterWriter(admin, settings.topics().replicationFactor(), password), out);
                awaitNothingLeft(() -> plan(new Planner(installation, cluster.read()), wish, false));
            }
            out.println(summary(plan.steps().size()));
            out.flush();
            return End.OK;
        } catch (KafkaException e) {
            return TopicsCommands.failed(spec, e);
        }
    }

    private static Plan plan(Planner planner, @Nullable CustomerWish wish, boolean newPassword) {
        return wish == null ? planner.monitor(newPassword) : planner.customer(wish, newPassword);
    }

    private static void requirePassword(Plan plan, @Nullable Password password) {
        if (plan.needsPassword() && password == null) {
            throw new ConfigurationException(
                    "--password-file", "", "a password is needed: give this option or --password-env");
        }
    }

    private static void carryOut(Plan plan, ClusterWriter cluster, PrintWriter out) {
        for (Step step : plan.steps()) {
            step.apply(cluster);
            out.println(step.order());
        }
    }

    private String summary(int steps) {
        if (steps == 0) {
            return "nothing to do";
        }
        return TopicsCommands.count(steps, "step") + (dryRun ? " to make; dry run: nothing was changed" : " made");
    }

    /** The cluster agrees to a change before all brokers know of it; whoever goes on must find it made. */
    private static void awaitNothingLeft(Supplier<Plan> plan) {
        long startNanos = System.nanoTime();
        while (!isNothingLeft(plan)) {
            if (System.nanoTime() - startNanos > SETTLES_WITHIN.toNanos()) {
                throw new KafkaException("the cluster agreed to all of it, but does not show it yet: see topics check");
            }
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted before the cluster showed all that was done", e);
            }
        }
    }

    private static boolean isNothingLeft(Supplier<Plan> plan) {
        try {
            return plan.get().steps().isEmpty();
        } catch (KafkaException e) {
            // Of a topic that one broker names the next may not know yet.
            return false;
        }
    }

    /** What is wanted for the customer; null for the monitor. */
    private @Nullable CustomerWish wish() {
        Map<Quota, Double> quotas = quotas();
        if (whose.monitor) {
            if (partitions != null || retention != null || !quotas.isEmpty()) {
                throw new ConfigurationException(
                        "--monitor", "", "partitions, retention and limits are given to customers only");
            }
            return null;
        }
        if (whose.customer == null) {
            throw new IllegalStateException("a required option is always set");
        }
        try {
            return new CustomerWish(
                    whose.customer,
                    partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions),
                    Optional.ofNullable(retention),
                    quotas);
        } catch (IllegalArgumentException e) {
            throw TopicsCommands.wrong("topics create", e);
        }
    }

    private Map<Quota, Double> quotas() {
        Map<Quota, Double> quotas = new EnumMap<>(Quota.class);
        if (producerBytes != null) {
            quotas.put(Quota.PRODUCER_BYTES, producerBytes);
        }
        if (consumerBytes != null) {
            quotas.put(Quota.CONSUMER_BYTES, consumerBytes);
        }
        if (requestPercent != null) {
            quotas.put(Quota.REQUEST_PERCENT, requestPercent);
        }
        return quotas;
    }
}
