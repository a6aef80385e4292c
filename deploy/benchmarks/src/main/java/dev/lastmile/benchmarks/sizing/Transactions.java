package dev.lastmile.benchmarks.sizing;

/**
 * What exactly-once and topics take of brokers whatever is in them.
 *
 * @param threads stream threads of all instances, a transaction a commit each
 * @param partitions of every topic
 */
record Transactions(int threads, int partitions) {

    /** Inferences and ground truths of each customer. */
    private static final int INPUTS = 2;

    /** Dead letters, statistics and alerts of each customer. */
    private static final int OUTPUTS = 3;

    /** Between the stages, commands, and the changelogs of what is undecided, of the join and of deployments. */
    private static final int INTERNAL_TOPICS = 5;

    /** Offsets, and the changelogs of the join and of deployments. */
    private static final int ALWAYS_TOUCHED = 3;

    Transactions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be >= 1: " + threads);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be >= 1: " + partitions);
        }
    }

    /**
     * Ends of transactions in partitions, a second: each ends in every partition between the stages that it wrote to. A thread
     * without a task commits nothing, and each partition is a task of both stages.
     */
    double markers(double messages, Demand demand) {
        double commit = demand.setup().commitSeconds();
        double working = Math.min(threads, 2.0 * partitions);
        double touched = Work.hit(partitions, messages * commit / working);
        return working * (touched + ALWAYS_TOUCHED) / commit;
    }

    /** Of all topics, one replica. */
    int partitionsOf(Demand demand) {
        int outputs = demand.setup().singleOutputs() ? 1 : partitions;
        return partitions * INTERNAL_TOPICS + demand.watching().customers() * (partitions * INPUTS + outputs * OUTPUTS);
    }
}
