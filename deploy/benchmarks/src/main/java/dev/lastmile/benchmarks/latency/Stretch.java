package dev.lastmile.benchmarks.latency;

import java.util.List;

/** A part of the way. */
enum Stretch {
    /** Joined, scored and summed, until the commit sends the sums on. */
    TO_DELTA("ground truth to sums"),
    /** The sums are committed, read and looked at. */
    TO_ALERT("sums to alert"),
    /** The alert is committed and read. */
    TO_SIGHT("alert to its reader");

    private final String label;

    Stretch(String label) {
        this.label = label;
    }

    /** As tables show it. */
    String label() {
        return label;
    }

    /** Milliseconds. */
    long of(Journey journey) {
        return switch (this) {
            case TO_DELTA -> journey.deltaMs() - journey.truthMs();
            case TO_ALERT -> journey.alertMs() - journey.deltaMs();
            case TO_SIGHT -> journey.visibleMs() - journey.alertMs();
        };
    }

    /** Milliseconds. */
    Percentiles of(List<Journey> journeys) {
        return Percentiles.of(journeys.stream().mapToLong(this::of));
    }
}
