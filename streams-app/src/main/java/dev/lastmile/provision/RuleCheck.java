package dev.lastmile.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The authorizer's rules held against the rights of the table. A rule is somebody's business here if it is a right of a
 * customer, of the monitor or of everybody, on whatever; if it is about something of theirs; or if it is about the cluster, since
 * who may change the cluster can help himself to anything.
 */
final class RuleCheck {

    private final Installation installation;
    private final List<Right> wanted;
    private final Set<String> trusted;

    RuleCheck(Installation installation, List<Right> wanted, Set<String> trusted) {
        this.installation = installation;
        this.wanted = wanted;
        this.trusted = trusted;
    }

    List<Finding> findings(List<AclBinding> rules) {
        List<Finding> findings = new ArrayList<>();
        for (AclBinding rule : rules) {
            if (rule.entry().permissionType() == AclPermissionType.DENY) {
                wanted.stream()
                        .filter(right -> right.isDeniedBy(rule))
                        .forEach(right -> findings.add(
                                new Finding(Finding.Kind.DENIED, "right: " + right + ", but " + Wording.of(rule))));
            } else if (concernsUs(rule) && wanted.stream().noneMatch(right -> right.covers(rule))) {
                findings.add(new Finding(Finding.Kind.EXTRA, "right: " + Wording.of(rule)));
            }
        }
        return findings;
    }

    private boolean concernsUs(AclBinding rule) {
        String principal = rule.entry().principal();
        if (trusted.contains(principal)) {
            return false;
        }
        ResourceType type = rule.pattern().resourceType();
        return principal.equals(Account.EVERYBODY)
                || Account.isCustomers(principal)
                || principal.equals(installation.monitor().principal())
                || type == ResourceType.CLUSTER
                || type == ResourceType.DELEGATION_TOKEN
                || installation.everything().stream().anyMatch(ours -> Patterns.meet(ours, rule.pattern()));
    }
}
