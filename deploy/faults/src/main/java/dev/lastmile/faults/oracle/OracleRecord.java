package dev.lastmile.faults.oracle;

/** What a customer sends. */
public sealed interface OracleRecord permits OracleInference, OracleTruth {

    String customer();

    String deployment();

    String inferenceId();

    /** When it occurred or was observed, epoch milliseconds UTC. */
    long ownTimeMs();
}
