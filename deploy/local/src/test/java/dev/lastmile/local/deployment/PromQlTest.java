package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void metricsAreFoundAndFunctionsLabelsStringsAndDurationsAreNot() {
        var selectors = PromQl.selectors("60 * sum by (reason) (rate(dead_total{customer=\"a{b}\"}[$__rate_interval])) "
                + "or on () label_replace(vector(0), \"reason\", \"none\", \"\", \"\") and up offset 5m");

        assertThat(selectors)
                .containsExactly(
                        new PromQl.Selector("dead_total", Set.of("customer")), new PromQl.Selector("up", Set.of()));
    }

    @Test
    void aMetricWithoutASelectorIsFoundToo() {
        assertThat(PromQl.selectors("time() - max by (customer) (updated) > 86400"))
                .containsExactly(new PromQl.Selector("updated", Set.of()));
    }

    @Test
    void groupingLabelsAreThoseOfEveryList() {
        assertThat(PromQl.groupingLabels("max by (a, b) (x) * on (c) group_left () y == 1"))
                .containsExactly("a", "b", "c");
    }
}
