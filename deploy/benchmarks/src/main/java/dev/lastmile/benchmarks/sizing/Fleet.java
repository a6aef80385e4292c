package dev.lastmile.benchmarks.sizing;

import dev.lastmile.event.DeploymentId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * A large installation: deployments of very different traffic, placed as Kafka places them. The busiest deployment has a share
 * of 1, the next one of 1/2ᶻ, the third one of 1/3ᶻ and so on, all of them summing up to the whole (Zipf's law). A
 * deployment's messages go to the partition that Kafka's default partitioner gives its name, by murmur2; tasks are dealt out
 * evenly to instances, in an order of their own for each stage. Chance decides which deployment is how busy, and who gets which tasks.
 *
 * @param demand what is asked; its arrivals are the mean
 * @param instances of the monitor
 * @param partitions of every topic, so tasks of each stage
 * @param zipf the exponent z; 0 where all are alike
 * @param seed of all that is drawn
 */
record Fleet(Demand demand, int instances, int partitions, double zipf, long seed) {

    Fleet {
        if (instances < 1) {
            throw new IllegalArgumentException("instances must be >= 1: " + instances);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be >= 1: " + partitions);
        }
        if (!(zipf >= 0 && zipf < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("zipf must be >= 0 and finite: " + zipf);
        }
    }

    /**
     * A partition between the stages, which is a task of the second.
     *
     * @param deployments that are in it
     * @param work that they make, at the peak
     */
    record Part(int deployments, Work work) {

        private static final Part EMPTY = new Part(0, Work.NONE);

        Part plus(Part other) {
            return new Part(deployments + other.deployments(), work.plus(other.work()));
        }
    }

    /**
     * Where everything is.
     *
     * @param fleet whose
     * @param parts one a partition
     * @param owners of the second stage's tasks: the number of an instance for each partition
     * @param firstTasks how many tasks of the first stage each instance has
     */
    record Placed(Fleet fleet, List<Part> parts, List<Integer> owners, List<Integer> firstTasks) {

        Placed {
            parts = List.copyOf(parts);
            owners = List.copyOf(owners);
            firstTasks = List.copyOf(firstTasks);
        }

        /** All of it. */
        Part whole() {
            return parts.stream().reduce(Part.EMPTY, Part::plus);
        }

        /** What is in the second stage's tasks of an instance. */
        Part of(int instance) {
            Part sum = Part.EMPTY;
            for (int partition = 0; partition < parts.size(); partition++) {
                if (owners.get(partition) == instance) {
                    sum = sum.plus(parts.get(partition));
                }
            }
            return sum;
        }
    }

    Fleet with(Demand newDemand) {
        return new Fleet(newDemand, instances, partitions, zipf, seed);
    }

    /** On other instances and partitions. */
    Fleet on(int newInstances, int newPartitions) {
        return new Fleet(demand, newInstances, newPartitions, zipf, seed);
    }

    Fleet withPartitions(int number) {
        return on(instances, number);
    }

    /**
     * Places everything.
     *
     * @param headroom says how much more the peak is than the mean
     */
    Placed place(Headroom headroom) {
        Random random = new Random(seed);
        List<Double> shares = sharesOf(random);
        List<Part> parts = new ArrayList<>(Collections.nCopies(partitions, Part.EMPTY));
        double all = demand.arrivals().inferencesPerSecond() * headroom.peakToMean();
        for (int number = 0; number < shares.size(); number++) {
            int partition = partitionOf(nameOf(number), partitions);
            Part its = new Part(1, Work.of(all * shares.get(number), demand, partitions));
            parts.set(partition, parts.get(partition).plus(its));
        }
        List<Integer> firstTasks = new ArrayList<>(Collections.nCopies(instances, 0));
        owners(random).forEach(owner -> firstTasks.set(owner, firstTasks.get(owner) + 1));
        return new Placed(this, parts, owners(random), firstTasks);
    }

    /** Of the traffic, by the number of the deployment. */
    private List<Double> sharesOf(Random random) {
        int deployments = demand.watching().deployments();
        List<Double> weights = new ArrayList<>(IntStream.rangeClosed(1, deployments)
                .mapToObj(rank -> Math.pow(rank, -zipf))
                .toList());
        double sum = weights.stream().mapToDouble(weight -> weight).sum();
        weights.replaceAll(weight -> weight / sum);
        Collections.shuffle(weights, random);
        return weights;
    }

    private List<Integer> owners(Random random) {
        List<Integer> owners = new ArrayList<>(IntStream.range(0, partitions)
                .mapToObj(task -> task % instances)
                .toList());
        Collections.shuffle(owners, random);
        return owners;
    }

    private String nameOf(int number) {
        int customers = demand.watching().customers();
        return new DeploymentId("customer-" + number % customers, "deployment-" + number).toString();
    }

    /** As Kafka's default partitioner has it for a key. */
    static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
