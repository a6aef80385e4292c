package dev.lastmile.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class TopicsTest {

    @Test
    void aTopicIsNamedAfterCustomerEntityAndGeneration() {
        assertThat(Topics.inferences("st-marys")).isEqualTo("lastmile.st-marys.inferences.v1");
        assertThat(Topics.groundTruth("st-marys")).isEqualTo("lastmile.st-marys.ground-truth.v1");
        assertThat(Topics.sliceStatistics("st-marys")).isEqualTo("lastmile.st-marys.slice-statistics.v1");
        assertThat(Topics.alerts("st-marys")).isEqualTo("lastmile.st-marys.alerts.v1");
        assertThat(Topics.deadLetters("st-marys")).isEqualTo("lastmile.st-marys.dead-letters.v1");
    }

    @Test
    void theCustomerIsReadBackFromEveryTopic() {
        assertThat(Topics.customerOf(Topics.inferences("st-marys"))).hasValue("st-marys");
        assertThat(Topics.customerOf(Topics.deadLetters("a"))).hasValue("a");
    }

    @Test
    void theSubjectIsTheTopicWithValue() {
        assertThat(Topics.valueSubject("lastmile.a.alerts.v1")).isEqualTo("lastmile.a.alerts.v1-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lastmile.a.inferences.v2",
                "lastmile.a.b.inferences.v1",
                "lastmile.A.inferences.v1",
                "lastmile..inferences.v1",
                "lastmile.a.other.v1",
                "lastmile.a.inferences.v1-value",
                "xlastmile.a.inferences.v1",
                "lastmileXa.inferences.v1"
            })
    void anyOtherNameIsNobodysTopic(String topic) {
        assertThat(Topics.customerOf(topic)).isEmpty();
        assertThat(Topics.ALL_INFERENCES.matcher(topic).matches()).isFalse();
    }

    @Test
    void aPatternMatchesEveryCustomersTopicOfItsKindOnly() {
        assertThat(Topics.ALL_INFERENCES.matcher(Topics.inferences("a-1")).matches())
                .isTrue();
        assertThat(Topics.ALL_INFERENCES.matcher(Topics.groundTruth("a-1")).matches())
                .isFalse();
        assertThat(Topics.ALL_GROUND_TRUTHS.matcher(Topics.groundTruth("a-1")).matches())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "St-Marys", "a.b", "a_b", "a b", "ä", "0123456789012345678901234567890-x"})
    void aCustomerIdOutsideTheAlphabetIsRefused(String customer) {
        assertThat(Topics.isCustomer(customer)).isFalse();
        assertThatThrownBy(() -> Topics.alerts(customer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customer must match [a-z0-9-]{1,32}");
    }
}
