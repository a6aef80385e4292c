package dev.lastmile.faults.oracle;

/**
 * What would have been right.
 *
 * @param observedAtMs epoch milliseconds UTC; decides whether it is too late, and is no part of its content
 * @param truth a transcript or a label, as the deployment's metric has it
 * @param revision 0 or more; the highest stands
 */
public record OracleTruth(
        String customer, String deployment, String inferenceId, long observedAtMs, String truth, int revision)
        implements OracleRecord {

    @Override
    public long ownTimeMs() {
        return observedAtMs;
    }
}
