package dev.lastmile.provision;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;

/**
 * The difference between what is wanted and what was found. Steps come in this order: topics, so that rights never wait for
 * them; limits; rights; the password last, so that nobody can log in who is not limited yet.
 */
public final class Planner {

    private final Installation installation;
    private final Found found;
    private final Set<AclBinding> rights;

    /** Plans for an installation on a cluster that holds what was found. */
    public Planner(Installation installation, Found found) {
        this.installation = installation;
        this.found = found;
        this.rights = new HashSet<>(found.rights());
    }

    /**
     * What a customer lacks, and what the monitor lacks to work for it.
     *
     * @param newPassword whether the customer's user, if it is there, gets the password given
     */
    public Plan customer(CustomerWish wish, boolean newPassword) {
        int partitions =
                wish.partitions().orElseGet(() -> found.usualPartitions().orElse(CustomerWish.PARTITIONS));
        List<Step> steps = new ArrayList<>();
        List<Finding> obstacles = new ArrayList<>();
        for (TopicSpecification input : TopicSpecification.inputs(wish.customer(), wish.kept())) {
            topic(input, partitions, steps);
            otherPartitions(input, partitions, obstacles);
        }
        TopicSpecification.outputs(wish.customer()).forEach(output -> topic(output, partitions, steps));
        othersPartitions(wish, obstacles);
        Account account = Account.ofCustomer(wish.customer());
        for (Quota quota : Quota.values()) {
            quota(account, quota, wish.quotas().get(quota), steps);
        }
        rights(new AccessTable(installation).ofCustomer(wish.customer()), steps);
        password(account, newPassword, steps);
        return new Plan(steps, obstacles);
    }

    /**
     * What the monitor lacks, whoever its customers are.
     *
     * @param newPassword whether its user, if it is there, gets the password given
     */
    public Plan monitor(boolean newPassword) {
        List<Step> steps = new ArrayList<>();
        // The monitor makes it, with as many partitions as its first customer's inputs have.
        TopicSpecification commands = TopicSpecification.commands(installation.commandsTopic());
        Found.Topic topic = found.topics().get(commands.name());
        if (topic != null) {
            settings(commands, topic, steps);
        }
        rights(new AccessTable(installation).ofMonitor(), steps);
        password(installation.monitor(), newPassword, steps);
        return new Plan(steps, List.of());
    }

    private void topic(TopicSpecification wanted, int partitions, List<Step> steps) {
        Found.Topic topic = found.topics().get(wanted.name());
        if (topic == null) {
            steps.add(new Step.MakeTopic(wanted, partitions));
        } else {
            settings(wanted, topic, steps);
        }
    }

    private static void settings(TopicSpecification wanted, Found.Topic topic, List<Step> steps) {
        for (Map.Entry<String, String> setting : wanted.settings().entrySet()) {
            String is = topic.settings().getOrDefault(setting.getKey(), "not known");
            if (!wanted.accepts(setting.getKey(), is)) {
                steps.add(new Step.ChangeSetting(wanted.name(), setting.getKey(), is, setting.getValue()));
            }
        }
    }

    /** Adding partitions would part inferences from ground truths that come later, and none can be taken away. */
    private void otherPartitions(TopicSpecification input, int partitions, List<Finding> obstacles) {
        Found.Topic topic = found.topics().get(input.name());
        if (topic != null && topic.partitions() != partitions) {
            obstacles.add(new Finding(
                    Finding.Kind.DIFFERENT,
                    "topic " + input.name() + " has " + topic.partitions() + " partitions, not " + partitions
                            + ": that cannot be changed without losing which ground truth is of which inference"));
        }
    }

    private void othersPartitions(CustomerWish wish, List<Finding> obstacles) {
        OptionalInt usual = found.usualPartitions();
        if (wish.partitions().isPresent()
                && usual.isPresent()
                && usual.getAsInt() != wish.partitions().getAsInt()) {
            obstacles.add(new Finding(
                    Finding.Kind.DIFFERENT,
                    "inputs have " + usual.getAsInt() + " partitions, not "
                            + wish.partitions().getAsInt() + ": all customers must have the same number"));
        }
    }

    private void quota(Account account, Quota quota, @Nullable Double asked, List<Step> steps) {
        Double is = found.quotas().getOrDefault(account.name(), Map.of()).get(quota.key());
        if (is == null) {
            steps.add(new Step.SetQuota(account, quota, null, asked == null ? quota.standard() : asked));
        } else if (asked != null && !asked.equals(is)) {
            steps.add(new Step.SetQuota(account, quota, is, asked));
        }
    }

    private void rights(List<Right> wanted, List<Step> steps) {
        for (Right right : wanted) {
            if (!rights.contains(right.binding())) {
                steps.add(new Step.Grant(right));
            }
        }
    }

    private void password(Account account, boolean replace, List<Step> steps) {
        boolean isThere =
                found.credentials().getOrDefault(account.name(), Set.of()).contains(ClusterWriter.MECHANISM);
        if (!isThere || replace) {
            steps.add(new Step.SetPassword(account, isThere));
        }
    }
}
