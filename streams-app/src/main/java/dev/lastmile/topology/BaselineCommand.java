package dev.lastmile.topology;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselinePlan;
import org.jspecify.annotations.Nullable;

/** What an operator wants of a deployment's baseline, as far as the command alone tells whether it can be done. */
public sealed interface BaselineCommand {

    /**
     * This baseline is in force from now on.
     *
     * @param by who said so
     * @param atMs when the command was appended, epoch milliseconds
     * @param card the baseline
     */
    record Import(String by, long atMs, Baseline card) implements BaselineCommand {}

    /**
     * Learn anew. What was in force stays so until the new one is frozen.
     *
     * @param by who said so
     * @param atMs when the command was appended, epoch milliseconds
     * @param plan from what; absent for what the policy says
     */
    record Relearn(String by, long atMs, BaselinePlan.@Nullable Learned plan) implements BaselineCommand {}

    /**
     * Not to be obeyed.
     *
     * @param atMs when the command was appended, epoch milliseconds
     * @param refusal why
     */
    record Refused(long atMs, CommandRefusal refusal) implements BaselineCommand {}

    /** When the command was appended, epoch milliseconds. */
    long atMs();
}
