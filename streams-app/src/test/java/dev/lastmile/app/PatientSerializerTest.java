package dev.lastmile.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class PatientSerializerTest {

    private int calls;

    private PatientSerializer over(int failures, Exception cause, Duration patience) {
        Serializer<Object> inner = (topic, event) -> {
            calls++;
            if (calls <= failures) {
                throw new SerializationException("the registry", cause);
            }
            return new byte[] {7};
        };
        return new PatientSerializer(inner, patience, System::nanoTime);
    }

    @Test
    void waitsForARegistryThatIsAway() {
        assertThat(over(2, new IOException("connection refused"), Duration.ofMinutes(1))
                        .serialize("t", "event"))
                .containsExactly(7);
        assertThat(calls).isEqualTo(3);
    }

    @Test
    void waitsForARegistryThatIsBusy() {
        assertThat(over(1, new RestClientException("too many", 429, 429), Duration.ofMinutes(1))
                        .serialize("t", "event"))
                .containsExactly(7);
    }

    @Test
    void aSchemaThatTheRegistryDoesNotTakeIsNotTriedAgain() {
        PatientSerializer serializer =
                over(9, new RestClientException("incompatible", 409, 409), Duration.ofMinutes(1));

        assertThatThrownBy(() -> serializer.serialize("t", "event")).isInstanceOf(SerializationException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void patienceEnds() {
        PatientSerializer serializer = over(9, new IOException("connection refused"), Duration.ofMillis(10));

        assertThatThrownBy(() -> serializer.serialize("t", "event")).isInstanceOf(SerializationException.class);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void whatIsNotOfTheRegistryFailsAtOnce() {
        PatientSerializer serializer = over(9, new IllegalStateException("no such field"), Duration.ofMinutes(1));

        assertThatThrownBy(() -> serializer.serialize("t", "event")).isInstanceOf(SerializationException.class);
        assertThat(calls).isEqualTo(1);
    }
}
