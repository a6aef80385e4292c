package dev.lastmile.provision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.ScramMechanism;

/**
 * A cluster held against the table: what is missing, what is there and should not be, and what is different.
 *
 * @param installation whose cluster it is
 * @param named customers that must be there; whoever has a topic is looked at anyhow
 * @param kept how long inputs' records should stay, exactly; without it two weeks or longer
 * @param trusted principals whose rights are nobody's concern here, such as administrators'
 */
public record Audit(Installation installation, Set<String> named, Optional<Duration> kept, Set<String> trusted) {

    public Audit {
        named = Set.copyOf(named);
        trusted = Set.copyOf(trusted);
        for (String principal : trusted) {
            if (!principal.startsWith("User:")
                    || principal.equals(Account.EVERYBODY)
                    || Account.isCustomers(principal)
                    || principal.equals(installation.monitor().principal())) {
                throw new IllegalArgumentException(
                        "trusted must be User:NAME, neither everybody nor a customer nor the monitor: " + principal);
            }
        }
    }

    /** All customers that are looked at. */
    public NavigableSet<String> customers(Found found) {
        NavigableSet<String> customers = new TreeSet<>(found.customers());
        customers.addAll(named);
        return customers;
    }

    /** Where the cluster is not as it should be; empty if it is. */
    public List<Finding> findings(Found found) {
        AccessTable table = new AccessTable(installation);
        Planner planner = new Planner(installation, found);
        List<Right> rights = new ArrayList<>(table.ofMonitor());
        List<Finding> findings = new ArrayList<>(planner.monitor(false).findings());
        for (String customer : customers(found)) {
            rights.addAll(table.ofCustomer(customer));
            findings.addAll(
                    planner.customer(CustomerWish.usual(customer, kept), false).findings());
        }
        findings.addAll(new RuleCheck(installation, rights, trusted).findings(found.rights()));
        findings.addAll(extraCredentials(found));
        return findings;
    }

    /** Another way in is another password, of which nobody may know. */
    private List<Finding> extraCredentials(Found found) {
        Set<String> known = new TreeSet<>();
        customers(found)
                .forEach(customer -> known.add(Account.ofCustomer(customer).name()));
        String monitor = installation.monitor().name();
        List<Finding> extra = new ArrayList<>();
        for (String user : new TreeSet<>(found.credentials().keySet())) {
            if (!user.equals(monitor) && !Account.isCustomersName(user)) {
                continue;
            }
            for (ScramMechanism mechanism : new TreeSet<>(found.credentials().get(user))) {
                if (mechanism != ClusterWriter.MECHANISM || !(user.equals(monitor) || known.contains(user))) {
                    extra.add(new Finding(
                            Finding.Kind.EXTRA,
                            "user " + Wording.printable(user) + " with a password for " + mechanism.mechanismName()));
                }
            }
        }
        return extra;
    }
}
