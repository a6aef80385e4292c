package dev.lastmile.provision;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Rights in words. */
final class Wording {

    private Wording() {}

    static String of(AclBinding binding) {
        AccessControlEntry entry = binding.entry();
        String verb = entry.permissionType() == AclPermissionType.DENY ? " must not " : " may ";
        String from = entry.host().equals(Right.ANYWHERE) ? "" : " from " + entry.host();
        return printable(entry.principal() + verb + entry.operation() + " " + of(binding.pattern()) + from);
    }

    private static String of(ResourcePattern pattern) {
        if (pattern.resourceType() == ResourceType.CLUSTER) {
            return "the cluster";
        }
        String type = pattern.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (Patterns.isEvery(pattern)) {
            return "every " + type;
        }
        return type + " " + pattern.name() + (Patterns.isPrefix(pattern) ? "…" : "");
    }

    /** Whoever may give rights may have written control characters into a name. */
    static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
