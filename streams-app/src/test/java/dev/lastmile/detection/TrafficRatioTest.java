package dev.lastmile.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrafficRatioTest {

    @Test
    void batchesWithoutTheSliceCountForTheRest() {
        TrafficRatio traffic = new TrafficRatio();
        // One of a hundred scores is of the slice; it is heard of only then.
        for (long parent = 100; parent <= 20_000; parent += 100) {
            traffic.add(1, parent);
        }

        assertThat(traffic.ratio()).isCloseTo(1 / 99.0, within(0.001));
    }

    @Test
    void batchOfSeveralBucketsCountsOnce() {
        TrafficRatio whole = new TrafficRatio();
        TrafficRatio inParts = new TrafficRatio();
        for (long parent = 1_000; parent <= 50_000; parent += 1_000) {
            whole.add(300, parent);
            inParts.add(100, parent);
            inParts.add(150, parent);
            inParts.add(50, parent);
        }

        assertThat(inParts.ratio()).isCloseTo(whole.ratio(), within(1e-9));
        assertThat(whole.ratio()).isCloseTo(3 / 7.0, within(0.01));
    }

    @Test
    void followsTraffic() {
        TrafficRatio traffic = new TrafficRatio();
        long parent = 0;
        for (int batch = 0; batch < 100; batch++) {
            traffic.add(10, parent += 100);
        }
        for (int batch = 0; batch < 100; batch++) {
            traffic.add(50, parent += 100);
        }

        assertThat(traffic.ratio()).isCloseTo(1, within(0.05));
    }

    @Test
    void staysANumberWhateverComes() {
        TrafficRatio traffic = new TrafficRatio();
        for (int batch = 1; batch < 1_000; batch++) {
            traffic.add(1_000, batch * 1_000L);
        }
        assertThat(traffic.ratio()).isFinite();

        traffic.add(5, 0);
        traffic.add(0, Long.MAX_VALUE / 2);
        assertThat(traffic.ratio()).isFinite().isPositive();
    }

    @Test
    void unknownTrafficLetsThePendingCountsSpeak() {
        TrafficRatio traffic = new TrafficRatio();

        assertThat(traffic.ratioWith(67, 33)).isCloseTo(2, within(1e-12));
    }
}
