package dev.lastmile.provision;

import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * One cell of the access table: what a user may do with what.
 *
 * @param holder whose right it is
 * @param resource what it is about
 * @param operation what may be done with it, and what Kafka takes as said with it: who may read may also describe
 */
public record Right(Account holder, ResourcePattern resource, AclOperation operation) {

    /** Rights hold wherever the holder connects from. */
    static final String ANYWHERE = "*";

    private static final Set<AclOperation> WITH_DESCRIBE =
            EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);

    AclBinding binding() {
        return new AclBinding(
                resource, new AccessControlEntry(holder.principal(), ANYWHERE, operation, AclPermissionType.ALLOW));
    }

    /** Whether a right that was found allows nothing that this one does not. */
    boolean covers(AclBinding found) {
        return found.entry().permissionType() == AclPermissionType.ALLOW
                && found.entry().principal().equals(holder.principal())
                && comesWith(found.entry().operation())
                && Patterns.contains(resource, found.pattern());
    }

    /** Whether a rule that was found takes something of this right away. */
    boolean isDeniedBy(AclBinding found) {
        String principal = found.entry().principal();
        AclOperation denied = found.entry().operation();
        return found.entry().permissionType() == AclPermissionType.DENY
                && (principal.equals(holder.principal()) || principal.equals(Account.EVERYBODY))
                && (denied == AclOperation.ALL || comesWith(denied))
                && Patterns.meet(resource, found.pattern());
    }

    private boolean comesWith(AclOperation other) {
        return other == operation
                || (other == AclOperation.DESCRIBE && WITH_DESCRIBE.contains(operation))
                || (other == AclOperation.DESCRIBE_CONFIGS && operation == AclOperation.ALTER_CONFIGS);
    }

    @Override
    public String toString() {
        return Wording.of(binding());
    }
}
