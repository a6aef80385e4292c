package dev.lastmile.export;

import dev.lastmile.alert.Alert;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.slice.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What others than its owner may see of a deployment: its snapshot without the cells that are too small, and without those from which
 * they could be had ({@link Disclosure}). The whole of a model version is shown as soon as it is large enough.
 */
final class Publication {

    private final DeploymentSnapshot snapshot;
    private final Map<String, Set<Slice>> hidden;
    private final Set<Slice> everHidden;

    private Publication(DeploymentSnapshot snapshot, Map<String, Set<Slice>> hidden) {
        this.snapshot = snapshot;
        this.hidden = hidden;
        everHidden = hidden.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    /**
     * Of a snapshot.
     *
     * @param before of an earlier one; absent without
     */
    static Publication of(DeploymentSnapshot snapshot, @Nullable Publication before) {
        Map<String, Disclosure> tables = new TreeMap<>();
        for (SliceStanding one : snapshot.slices()) {
            table(tables, one.modelVersion()).add(one.slice(), one.labelled(), one.received());
        }
        for (DeploymentSnapshot.SmallSlice one : snapshot.small()) {
            table(tables, one.modelVersion()).add(one.slice(), one.labelled(), one.received());
        }
        Map<String, Set<Slice>> hidden = new HashMap<>();
        tables.forEach((version, table) -> hidden.put(
                version,
                table.hidden(
                        namedByAlerts(snapshot, version),
                        before == null ? Set.of() : before.hidden.getOrDefault(version, Set.of()))));
        return new Publication(snapshot, hidden);
    }

    private static Disclosure table(Map<String, Disclosure> tables, String version) {
        return tables.computeIfAbsent(version, any -> new Disclosure());
    }

    private static Set<Slice> namedByAlerts(DeploymentSnapshot snapshot, String version) {
        return snapshot.alerts().stream()
                .filter(alert -> alert.modelVersion().equals(version))
                .map(Alert::slice)
                .collect(Collectors.toSet());
    }

    @SuppressWarnings("ReferenceEquality") // snapshots are not made twice
    boolean isOf(DeploymentSnapshot other) {
        return snapshot == other;
    }

    /** All that is known: whoever shows cells of it asks here which. */
    DeploymentSnapshot snapshot() {
        return snapshot;
    }

    /** The slices that may be shown, in order. */
    List<SliceStanding> slices() {
        return snapshot.slices().stream()
                .filter(one -> shows(one.modelVersion(), one.slice()))
                .toList();
    }

    /** Whether counts of a slice may be shown. */
    boolean shows(String modelVersion, Slice slice) {
        return !hidden.getOrDefault(modelVersion, Set.of()).contains(slice);
    }

    /** Slices that hold fewer scores than they need to alert. */
    List<BaselineStanding.Missing> missing() {
        Map<Slice, SliceBaseline> shown = shown(snapshot.baseline().looked());
        return snapshot.baseline().missing().stream()
                .filter(one -> shown.containsKey(one.slice()))
                .toList();
    }

    /** The cells of a baseline that may be shown. */
    Map<Slice, SliceBaseline> shown(Map<Slice, SliceBaseline> baseline) {
        return shown(baseline, Set.of());
    }

    /** The cells of all that was labelled so far: not those that are hidden of one model version, which may be most of it. */
    Map<Slice, SliceBaseline> shownNow() {
        return shown(snapshot.baseline().current(), everHidden);
    }

    private Map<Slice, SliceBaseline> shown(Map<Slice, SliceBaseline> baseline, Set<Slice> alwaysHidden) {
        Disclosure table = new Disclosure();
        baseline.forEach((slice, part) -> table.add(slice, part.labelled(), part.received()));
        table.hide(alwaysHidden);
        Map<Slice, SliceBaseline> shown = new TreeMap<>(baseline);
        table.hidden(Set.of(), everHidden).forEach(shown::remove);
        return shown;
    }
}
