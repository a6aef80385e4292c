package dev.lastmile.benchmarks.load;

import java.util.List;

/**
 * One answer of a model, and what will be known of it.
 *
 * @param id no other answer of the broker has it
 * @param deployment its number, from 0
 * @param values one an attribute
 * @param wrong what the first version of its ground truth says
 * @param corrected whether a second version says the opposite
 * @param occurredAtMs epoch milliseconds
 */
public record Answer(
        String id, int deployment, List<Integer> values, boolean wrong, boolean corrected, long occurredAtMs) {

    /** No other deployment of any customer has this name. */
    public String deploymentName() {
        return "d" + deployment;
    }
}
