package dev.lastmile.topology.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private static final TopicPair PAIR = new TopicPair("said", "true");
    private static final TopicPartition SAID = new TopicPartition("said", 2);
    private static final TopicPartition TRUE = new TopicPartition("true", 2);
    private static final TopicPartition OURS = new TopicPartition("ours", 2);
    private static final String OF_KAFKA_STREAMS = "AgAAAZ+/+9==";
    private static final Uuid FIRST = new Uuid(1, 1);
    private static final Uuid SECOND = new Uuid(2, 2);
    private static final Uuid OTHER = new Uuid(3, 3);

    private final Map<String, Uuid> brokers = new HashMap<>(Map.of("said", FIRST, "true", OTHER));
    private Identities identities = fresh();

    private Identities fresh() {
        return new Identities(
                topic -> Set.of("said", "true").contains(topic) ? Optional.of(PAIR) : Optional.empty(), topics -> {
                    Map<String, Uuid> found = new HashMap<>(brokers);
                    found.keySet().retainAll(topics);
                    return found;
                });
    }

    private static OffsetAndMetadata offset(long offset) {
        return offset(offset, OF_KAFKA_STREAMS);
    }

    private static OffsetAndMetadata offset(long offset, String metadata) {
        return new OffsetAndMetadata(offset, Optional.of(7), metadata);
    }

    /** What a group has, where nothing is committed for a partition too. */
    private static Map<TopicPartition, OffsetAndMetadata> group(
            @Nullable OffsetAndMetadata said, @Nullable OffsetAndMetadata truth) {
        Map<TopicPartition, OffsetAndMetadata> group = new HashMap<>();
        group.put(SAID, said);
        group.put(TRUE, truth);
        return group;
    }

    /** What a process commits that began with nothing. */
    private Map<TopicPartition, OffsetAndMetadata> committed() {
        identities.checked(group(null, null));
        return identities.identified(Map.of(SAID, offset(10), TRUE, offset(20), OURS, offset(30)));
    }

    @Test
    void whatWasCommittedComesBackAsKafkaStreamsWroteIt() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        assertThat(committed)
                .isEqualTo(Map.of(
                        SAID, offset(10, OF_KAFKA_STREAMS + "#" + FIRST + "#" + OTHER),
                        TRUE, offset(20, OF_KAFKA_STREAMS + "#" + OTHER + "#" + FIRST),
                        OURS, offset(30)));

        assertThat(fresh().checked(committed)).isEqualTo(Map.of(SAID, offset(10), TRUE, offset(20), OURS, offset(30)));
    }

    @Test
    void anOffsetOfATopicThatWasMadeAnewIsRefused() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        brokers.put("said", SECOND);

        assertThatExceptionOfType(TopicReplacedException.class)
                .isThrownBy(() -> fresh().checked(committed))
                .withMessage("topic said was made anew: what was read of it had the id " + FIRST + ", and it now has "
                        + SECOND);
    }

    @Test
    void soItIsWhereTheBrokersDeletedItsOffsetsWithIt() {
        OffsetAndMetadata ofTruth = committed().get(TRUE);
        brokers.put("said", SECOND);

        assertThatExceptionOfType(TopicReplacedException.class)
                .isThrownBy(() -> fresh().checked(group(null, ofTruth)))
                .withMessageContaining("topic said was made anew");
    }

    @Test
    void anOffsetThatAnOperatorSetIsBelieved() {
        OffsetAndMetadata ofTruth = committed().get(TRUE);
        brokers.put("said", SECOND);
        identities = fresh();

        identities.checked(group(new OffsetAndMetadata(0), ofTruth));

        assertThat(identities.identified(Map.of(SAID, offset(1))))
                .isEqualTo(Map.of(SAID, offset(1, OF_KAFKA_STREAMS + "#" + SECOND + "#" + OTHER)));
    }

    @Test
    void aCustomerWhoCameBackWithNewTopicsIsANewOne() {
        committed();
        brokers.putAll(Map.of("said", SECOND, "true", SECOND));

        assertThatCode(() -> fresh().checked(group(null, null))).doesNotThrowAnyException();
    }

    @Test
    void aTopicThatIsMadeAnewWhileItIsReadIsNoticedWhenTheBrokersAreAsked() {
        committed();
        identities.verify();
        assertThatCode(identities::require).doesNotThrowAnyException();
        brokers.put("true", SECOND);

        identities.verify();

        assertThatExceptionOfType(TopicReplacedException.class).isThrownBy(identities::require);
    }

    @Test
    void noThreadTakesUpAnotherTopicThanTheOneThatOthersRead() {
        committed();
        brokers.put("said", SECOND);
        Map<TopicPartition, OffsetAndMetadata> nothing = new HashMap<>();
        nothing.put(new TopicPartition("said", 3), null);

        assertThatExceptionOfType(TopicReplacedException.class).isThrownBy(() -> identities.checked(nothing));
    }

    @Test
    void whatIsReadNoLongerMayBeMadeAnew() {
        committed();
        identities.release(List.of(SAID, TRUE));
        brokers.put("said", SECOND);

        identities.verify();

        assertThatCode(identities::require).doesNotThrowAnyException();
        assertThatCode(() -> identities.checked(group(null, null))).doesNotThrowAnyException();
    }

    @Test
    void aTopicThatIsGoneIsNoOther() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        brokers.remove("said");

        identities.verify();

        assertThatCode(identities::require).doesNotThrowAnyException();
        assertThatCode(() -> fresh().checked(committed)).doesNotThrowAnyException();
    }

    /** A text that was written by somebody else. */
    @Test
    void textThatHoldsNoIdIsLeftAlone() {
        for (String text : List.of("", "#", "##", "x#y", "x#y#z#" + FIRST)) {
            OffsetAndMetadata strange = new OffsetAndMetadata(5, text);

            assertThat(fresh().checked(group(strange, null)).values())
                    .filteredOn(Objects::nonNull)
                    .singleElement()
                    .extracting(OffsetAndMetadata::offset)
                    .isEqualTo(5L);
        }
    }
}
