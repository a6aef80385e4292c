package dev.lastmile.topology;

import dev.lastmile.event.DeploymentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The deployments of each customer that a task counts, of those that no policy names: a customer may invent as many as it likes,
 * and each takes memory for as long as it is kept. Who came first is counted; a place becomes free when nothing of a deployment
 * came for so long that nothing of it can wait any more. Kept in a store, so that it outlives the process. Mutable.
 */
final class Enrolment {

    /** Deployments and the last day, of their customer's append clock, on which they were used. */
    static final String STORE = "enrolment";

    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private final Policies policies;
    private final KeyValueStore<String, Long> store;
    private final Map<String, Integer> sizes = new HashMap<>();

    private Enrolment(Policies policies, KeyValueStore<String, Long> store) {
        this.policies = policies;
        this.store = store;
        each((deployment, day) -> sizes.merge(deployment.customer(), 1, Integer::sum));
    }

    /** As it is in the task's store. */
    static Enrolment of(ProcessorContext<?, ?> context, Policies policies) {
        return new Enrolment(policies, context.getStateStore(STORE));
    }

    private interface Visitor {
        void visit(DeploymentId deployment, long day);
    }

    private void each(Visitor visitor) {
        try (KeyValueIterator<String, Long> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, Long> entry = all.next();
                visitor.visit(DeploymentId.parse(entry.key), entry.value);
            }
        }
    }

    private static long dayOf(long ms) {
        return Math.floorDiv(ms, DAY_MS);
    }

    /** What a deployment has that is counted. Mutable. */
    final class Place {

        private final String deployment;
        private long usedUntilMs;

        private Place(String deployment, long usedUntilMs) {
            this.deployment = deployment;
            this.usedUntilMs = usedUntilMs;
        }

        /** Says, for every record, that one came; only the first of a day is written down. */
        void use(long appendMs) {
            if (appendMs >= usedUntilMs) {
                long day = dayOf(appendMs);
                store.put(deployment, day);
                usedUntilMs = (day + 1) * DAY_MS;
            }
        }
    }

    /**
     * The place of a deployment, a new one if there is room; absent where there is none.
     *
     * @param policy its policy
     */
    @Nullable
    Place placeOf(DeploymentId deployment, DeploymentPolicy policy) {
        if (policy.isOfOne()) {
            return new Place(deployment.toString(), Long.MAX_VALUE);
        }
        Long day = store.get(deployment.toString());
        if (day != null) {
            return new Place(deployment.toString(), (day + 1) * DAY_MS);
        }
        if (sizes.getOrDefault(deployment.customer(), 0) >= policies.mostDeployments()) {
            return null;
        }
        sizes.merge(deployment.customer(), 1, Integer::sum);
        return new Place(deployment.toString(), Long.MIN_VALUE);
    }

    /**
     * Gives up the places of those that are over.
     *
     * @param nowMs the clock of a deployment's customer
     * @return whose they were
     */
    List<DeploymentId> forget(ClockOf nowMs) {
        List<DeploymentId> over = new ArrayList<>();
        each((deployment, day) -> {
            long kept = policies.find(deployment)
                    .map(policy ->
                            policy.horizon().plus(policy.limits().maxAge()).toDays() + 1)
                    .orElse(0L);
            long now = nowMs.ms(deployment.customer());
            if (now != Long.MIN_VALUE && day + kept < dayOf(now)) {
                over.add(deployment);
            }
        });
        for (DeploymentId deployment : over) {
            store.delete(deployment.toString());
            sizes.merge(deployment.customer(), -1, Integer::sum);
        }
        return over;
    }

    /** The time of a customer, epoch milliseconds; {@link Long#MIN_VALUE} where it is not known. */
    interface ClockOf {
        long ms(String customer);
    }
}
