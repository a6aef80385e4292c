package dev.lastmile.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.slice.CellKey;
import dev.lastmile.slice.Slice;
import dev.lastmile.slice.VersionSlice;
import dev.lastmile.topology.serde.DeploymentKeys.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class DeploymentKeysTest {

    private static final List<DeploymentId> DEPLOYMENTS = List.of(
            new DeploymentId("a", "b"),
            new DeploymentId("a", "b "),
            new DeploymentId("a", "b-"),
            new DeploymentId("a", "bb"),
            new DeploymentId("a", "é"),
            new DeploymentId("aa", "b"));

    private static final List<String> VERSIONS =
            List.of("v", "v1", "v10", "1", "é", "\u07FF", "\uFFFD", "👩🏽", "x".repeat(128), "~", " ");

    private static final List<Slice> SLICES = List.of(
            Slice.OVERALL,
            Slice.of("accent", "x"),
            Slice.of("accent", "x,y=%"),
            Slice.of("noise", "é").and("accent", "👩🏽"));

    private static final List<Long> BUCKETS = List.of(0L, 1L, 255L, 256L, 1_772_452_800_000L, Long.MAX_VALUE);

    private static NavigableMap<Bytes, Object> everyKey() {
        NavigableMap<Bytes, Object> keys = new TreeMap<>();
        for (DeploymentId deployment : DEPLOYMENTS) {
            for (Part part : Part.values()) {
                keys.put(DeploymentKeys.of(deployment, part), deployment);
            }
            for (String version : VERSIONS) {
                for (Slice slice : SLICES) {
                    VersionSlice versionSlice = new VersionSlice(version, slice);
                    keys.put(DeploymentKeys.of(deployment, Part.FORGOTTEN, versionSlice), versionSlice);
                    for (long bucket : BUCKETS) {
                        CellKey cell = new CellKey(version, bucket, slice);
                        keys.put(DeploymentKeys.of(deployment, Part.CELL, cell), cell);
                    }
                }
            }
        }
        return keys;
    }

    @Test
    void keysReadBackAsTheyWere() {
        everyKey().forEach((bytes, key) -> {
            if (key instanceof VersionSlice) {
                assertThat(DeploymentKeys.versionSlice(bytes)).isEqualTo(key);
            } else if (key instanceof CellKey) {
                assertThat(DeploymentKeys.cellKey(bytes)).isEqualTo(key);
            } else {
                assertThat(DeploymentKeys.deploymentOf(bytes)).isEqualTo(key);
            }
        });
    }

    @Test
    void theCellsOfAVersionAreOneRangeInTheOrderOfTime() {
        NavigableMap<Bytes, Object> keys = everyKey();
        for (DeploymentId deployment : DEPLOYMENTS) {
            for (String version : VERSIONS) {
                List<Object> found = new ArrayList<>(keys.subMap(
                                DeploymentKeys.firstOf(deployment, Part.CELL, version, 0),
                                DeploymentKeys.firstOf(deployment, Part.CELL, version, Long.MAX_VALUE))
                        .values());

                assertThat(found).hasSize(SLICES.size() * (BUCKETS.size() - 1));
                List<Long> buckets = found.stream()
                        .map(key -> (CellKey) key)
                        .peek(key -> assertThat(key.modelVersion()).isEqualTo(version))
                        .map(CellKey::bucketStartMs)
                        .toList();
                assertThat(buckets).isSorted();
            }
        }
    }

    @Test
    void aPartIsOneRangeWithoutAnyOther() {
        NavigableMap<Bytes, Object> keys = everyKey();
        for (DeploymentId deployment : DEPLOYMENTS) {
            Bytes from = DeploymentKeys.of(deployment, Part.FORGOTTEN);
            Bytes to = DeploymentKeys.endOf(deployment, Part.FORGOTTEN);

            assertThat(keys.subMap(from, false, to, false).values())
                    .hasSize(VERSIONS.size() * SLICES.size())
                    .allMatch(VersionSlice.class::isInstance);
        }
    }

    @Test
    void theKeysOfADeploymentEndBeforeThoseOfTheNext() {
        NavigableMap<Bytes, Object> keys = everyKey();
        List<DeploymentId> found = new ArrayList<>();
        Bytes from = keys.firstKey();
        while (from != null) {
            DeploymentId deployment = DeploymentKeys.deploymentOf(from);
            found.add(deployment);
            from = keys.ceilingKey(DeploymentKeys.endOf(deployment));
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(DEPLOYMENTS);
    }
}
