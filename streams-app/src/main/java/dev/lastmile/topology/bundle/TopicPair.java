package dev.lastmile.topology.bundle;

/**
 * Two topics with partitions alike: what a record of one belongs to is in the same partition of the other, and was written
 * before it.
 *
 * @param leader topic of the earlier records
 * @param follower topic of the later ones
 */
public record TopicPair(String leader, String follower) {}
