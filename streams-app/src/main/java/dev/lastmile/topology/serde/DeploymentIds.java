package dev.lastmile.topology.serde;

import dev.lastmile.event.DeploymentId;
import java.util.HashMap;
import java.util.Map;

/**
 * Deployments by the names in records, each checked once and one object: it is looked up many times for every record. Not
 * thread-safe.
 */
final class DeploymentIds {

    /** What customers invent must not fill the heap: so many names, and they are forgotten. */
    private static final int MOST = 10_000;

    /** What our own names start with. */
    private static final String RESERVED = "__";

    private final Map<String, Map<String, DeploymentId>> byCustomer = new HashMap<>();
    private int size;

    /**
     * A deployment.
     *
     * @throws IllegalArgumentException if nothing can have that name
     */
    DeploymentId of(String customer, String name) {
        Map<String, DeploymentId> byName = byCustomer.computeIfAbsent(customer, any -> new HashMap<>());
        DeploymentId known = byName.get(name);
        if (known != null) {
            return known;
        }
        if (name.startsWith(RESERVED)) {
            throw new IllegalArgumentException("deployment must not start with " + RESERVED);
        }
        DeploymentId made = new DeploymentId(customer, name);
        if (size >= MOST) {
            byCustomer.clear();
            size = 0;
        } else {
            byName.put(name, made);
            size++;
        }
        return made;
    }
}
