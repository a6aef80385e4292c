package dev.lastmile.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DesignEffectTest {

    private static ScoreMoments cluster(int... bins) {
        ScoreMoments cluster = new ScoreMoments();
        for (int bin : bins) {
            cluster.add(bin);
        }
        return cluster;
    }

    @Test
    void aHandComputedCase() {
        // Mean 8; deviations -8, -8 | 12, 4 | 0: e = -16, 16, 0 and q = 128, 160, 0, in squared twentieths.
        DesignEffect effect = DesignEffect.of(List.of(cluster(0, 0), cluster(20, 12), cluster(8)));

        assertThat(effect.clusters()).isEqualTo(3);
        assertThat(effect.estimate()).isCloseTo(512 / 288.0, within(1e-12));
        // Residuals 256 - 1.777...*128 = 28.44, 256 - 1.777...*160 = -28.44, 0.
        double residual = 256 - 512 / 288.0 * 128;
        assertThat(effect.standardError()).isCloseTo(Math.sqrt(2 * residual * residual * 1.5) / 288, within(1e-12));
    }

    @Test
    void independentObservationsHaveNone() {
        Random random = new Random(1);
        List<ScoreMoments> clusters = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            clusters.add(cluster(random.nextInt(21), random.nextInt(21), random.nextInt(21), random.nextInt(21)));
        }

        DesignEffect effect = DesignEffect.of(clusters);

        assertThat(effect.estimate()).isCloseTo(1, within(4 * effect.standardError()));
        assertThat(effect.standardError()).isLessThan(0.03);
    }

    @Test
    void clustersThatHangTogetherHaveOnePlusSizeLessOneTimesCorrelation() {
        Random random = new Random(2);
        List<ScoreMoments> clusters = new ArrayList<>();
        for (int i = 0; i < 8_000; i++) {
            ScoreMoments cluster = new ScoreMoments();
            int common = random.nextInt(21);
            for (int j = 0; j < 5; j++) {
                // With probability sqrt(.2) an observation is the cluster's: two of them agree with probability .2.
                cluster.add(random.nextDouble() < Math.sqrt(0.2) ? common : random.nextInt(21));
            }
            clusters.add(cluster);
        }

        DesignEffect effect = DesignEffect.of(clusters);

        assertThat(effect.estimate()).isCloseTo(1 + 4 * 0.2, within(4 * effect.standardError()));
    }

    @Test
    void withoutClustersOrVariationNothingIsKnown() {
        assertThat(DesignEffect.of(List.of())).isEqualTo(new DesignEffect(0, 1, Double.POSITIVE_INFINITY));
        assertThat(DesignEffect.of(List.of(cluster(3, 3), cluster(3))))
                .isEqualTo(new DesignEffect(2, 1, Double.POSITIVE_INFINITY));
        assertThat(DesignEffect.of(List.of(cluster(3, 5), cluster())).standardError())
                .isInfinite();
    }
}
