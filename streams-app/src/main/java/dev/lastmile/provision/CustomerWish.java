package dev.lastmile.provision;

import dev.lastmile.schema.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is wanted for a customer.
 *
 * @param customer the tenant
 * @param partitions of each topic; without it what other customers' inputs have, or {@value #PARTITIONS}
 * @param kept how long the inputs' records stay, exactly, an hour or more; without it two weeks or what is found, if that is longer
 * @param quotas those that must be so; of the others a value that was found stays, and where there is none the standard counts
 */
public record CustomerWish(
        String customer, OptionalInt partitions, Optional<Duration> kept, Map<Quota, Double> quotas) {

    static final int PARTITIONS = 4;

    private static final int MOST_PARTITIONS = 10_000;
    private static final Duration SHORTEST = Duration.ofHours(1);

    public CustomerWish {
        if (!Topics.isCustomer(customer)) {
            throw new IllegalArgumentException("customer must match [a-z0-9-]{1,32}");
        }
        int asked = partitions.orElse(PARTITIONS);
        if (asked < 1 || asked > MOST_PARTITIONS) {
            throw new IllegalArgumentException("partitions must be in [1, " + MOST_PARTITIONS + "]: " + asked);
        }
        if (kept.isPresent() && kept.get().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("retention must be at least " + SHORTEST + ": " + kept.get());
        }
        EnumMap<Quota, Double> copy = new EnumMap<>(Quota.class);
        copy.putAll(quotas);
        copy.forEach((quota, value) -> {
            if (!(value >= 1 && value <= 1e12)) {
                throw new IllegalArgumentException(quota.key() + " must be in [1, 1e12]: " + value);
            }
        });
        quotas = Collections.unmodifiableMap(copy);
    }

    /** The customer without any particular wish, but perhaps how long records are kept. */
    public static CustomerWish usual(String customer, Optional<Duration> kept) {
        return new CustomerWish(customer, OptionalInt.empty(), kept, Map.of());
    }
}
