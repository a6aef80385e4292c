package dev.lastmile.local.tenants;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** Somebody, something, and what to do with it. */
record Cell(String who, ResourceType type, String name, AclOperation operation) {

    @Override
    public String toString() {
        return who + " " + operation + " " + type + " " + name;
    }
}
