package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether an expression names only what there is: metrics of the contract, and series that rules record. */
final class ContractCheck {

    /** A counter is read as a rate, an increase, or as the state it is in. */
    private static final Pattern READ_AS_CHANGE = Pattern.compile("\\b(?:rate|increase)\\s*\\(");

    private final MetricContract contract;
    private final Set<String> recorded;

    private ContractCheck(MetricContract contract, Set<String> recorded) {
        this.contract = contract;
        this.recorded = Set.copyOf(recorded);
    }

    static ContractCheck of(MetricContract contract) {
        return new ContractCheck(contract, Set.of());
    }

    /** Also accepts series that recording rules make. */
    ContractCheck andRecorded(Set<String> names) {
        return new ContractCheck(contract, names);
    }

    void accepts(String where, String expression) {
        assertThat(complaints(expression)).as("%s: %s", where, expression).isEmpty();
    }

    List<String> complaints(String expression) {
        List<String> complaints = new ArrayList<>();
        Set<String> labelsHere = new HashSet<>(MetricContract.ADDED_BY_SCRAPE);
        boolean knowsAllLabels = true;
        for (PromQl.Selector selector : PromQl.selectors(expression)) {
            String metric = selector.metric();
            if (MetricContract.MADE_BY_PROMETHEUS.contains(metric) || recorded.contains(metric)) {
                knowsAllLabels = false;
                continue;
            }
            Set<String> labels = contract.labelsByMetric().get(metric);
            if (labels == null) {
                complaints.add("unknown metric " + metric);
                knowsAllLabels = false;
                continue;
            }
            labelsHere.addAll(labels);
            for (String label : selector.labels()) {
                if (!labels.contains(label) && !MetricContract.ADDED_BY_SCRAPE.contains(label)) {
                    complaints.add(metric + " has no label " + label);
                }
            }
            if (contract.isCounter(metric)
                    && recorded.isEmpty()
                    && !READ_AS_CHANGE.matcher(expression).find()) {
                complaints.add("counter " + metric + " without rate or increase");
            }
        }
        if (knowsAllLabels) {
            for (String label : PromQl.groupingLabels(expression)) {
                if (!labelsHere.contains(label)) {
                    complaints.add("no metric here has a label " + label);
                }
            }
        }
        return complaints;
    }
}
