package dev.lastmile.app;

import dev.lastmile.provision.Audit;
import dev.lastmile.provision.ClusterReader;
import dev.lastmile.provision.CustomerWish;
import dev.lastmile.provision.Finding;
import dev.lastmile.provision.Found;
import dev.lastmile.provision.Installation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lastmile topics check}. */
@Command(
        name = "check",
        description =
                "Holds a cluster against the access table: names what is missing, and every right that somebody has beyond"
                        + " it. Changes nothing. Exit code 1 if there is anything to name.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TopicsCheckCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable TopicsCommands parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Administrator administrator = new Administrator();

    @Option(
            names = "--customer",
            paramLabel = "NAME",
            description = "a customer that must be there; whoever has a topic is looked at anyhow")
    private List<String> customers = List.of();

    @Option(
            names = "--retention",
            paramLabel = "PERIOD",
            converter = TopicsCommands.Period.class,
            description = "how long inputs should be kept, exactly; by default P14D or longer")
    private @Nullable Duration retention;

    @Option(
            names = "--trusted",
            paramLabel = "User:NAME",
            description = "somebody whose rights are no finding, such as an administrator who is no super user")
    private List<String> trusted = List.of();

    @Override
    public Integer call() {
        if (parent == null || spec == null) {
            throw new IllegalStateException("made by the command line only");
        }
        Configuration settings = parent.main().configuration(administrator.configurationFile());
        Installation installation = administrator.installation(settings);
        Audit audit = audit(installation);
        try (Admin admin = administrator.connect(settings)) {
            Found found = new ClusterReader(admin, installation).read();
            List<Finding> findings = audit.findings(found);
            PrintWriter out = spec.commandLine().getOut();
            findings.forEach(out::println);
            out.println(summary(findings, audit.customers(found).size()));
            out.flush();
            return findings.isEmpty() ? End.OK : End.FAILED;
        } catch (KafkaException e) {
            return TopicsCommands.failed(spec, e);
        }
    }

    private Audit audit(Installation installation) {
        try {
            Optional<Duration> kept = Optional.ofNullable(retention);
            customers.forEach(customer -> CustomerWish.usual(customer, kept));
            return new Audit(installation, Set.copyOf(customers), kept, Set.copyOf(trusted));
        } catch (IllegalArgumentException e) {
            throw TopicsCommands.wrong("topics check", e);
        }
    }

    private static String summary(List<Finding> findings, int customers) {
        String looked = "looked at the monitor and " + TopicsCommands.count(customers, "customer") + ": ";
        return findings.isEmpty()
                ? looked + "nothing is missing, nobody may do more than the table says"
                : looked + TopicsCommands.count(findings.size(), "finding");
    }
}
