package dev.lastmile.benchmarks.throughput.contestant;

import dev.lastmile.benchmarks.load.Load;
import dev.lastmile.benchmarks.load.Sums;
import java.nio.file.Path;

/**
 * Where a contestant runs.
 *
 * @param bootstrapServers the broker, whose topics hold the load
 * @param registryUrl the schema registry
 * @param application a name that no other run has
 * @param state an empty directory
 * @param load what the topics hold
 * @param expected what must come out
 */
public record Stage(
        String bootstrapServers, String registryUrl, String application, Path state, Load load, Sums expected) {}
