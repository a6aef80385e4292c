package dev.lastmile.alert;

import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineTrail;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is compared with, what it could be compared with, and how that came to be. Holds small cells too:
 * whoever shows it leaves them out.
 *
 * @param inForce the frozen baseline; absent while there is none
 * @param progress labelled inferences learned so far; absent while none is being learned
 * @param current all that was labelled so far of the model versions that answered last, in a baseline's form
 * @param currentDesignEffect of the sessions so far, at least 1
 * @param looked the baseline being learned, or else that in force
 * @param needed how many scores a slice needs in it
 * @param trail baselines that came into force, oldest first
 * @param refusedCommands commands that were not obeyed, by reason
 */
public record BaselineStanding(
        @Nullable Baseline inForce,
        @Nullable Long progress,
        Map<Slice, SliceBaseline> current,
        double currentDesignEffect,
        Map<Slice, SliceBaseline> looked,
        long needed,
        List<BaselineTrail.Entry> trail,
        Map<String, Long> refusedCommands) {

    /** Of a deployment without any. */
    public static final BaselineStanding NONE =
            new BaselineStanding(null, null, Map.of(), 1, Map.of(), 0, List.of(), Map.of());

    /**
     * A slice that cannot alert against its baseline yet.
     *
     * @param slice which slice
     * @param labelled labelled inferences with a score
     * @param needed how many there must be
     */
    public record Missing(Slice slice, long labelled, long needed) {}

    public BaselineStanding {
        current = Collections.unmodifiableMap(new TreeMap<>(current));
        trail = List.copyOf(trail);
        refusedCommands = Map.copyOf(refusedCommands);
    }

    /** The slices that hold fewer scores than they need, but not too few to be shown by themselves, overall first. */
    public List<Missing> missing() {
        return missingIn(looked, needed);
    }

    /** The same of any baseline. */
    public static List<Missing> missingIn(Map<Slice, SliceBaseline> slices, long needed) {
        List<Missing> missing = new ArrayList<>();
        new TreeMap<>(slices).forEach((slice, its) -> {
            if (its.scored() >= SliceStanding.MINIMUM_SHOWN && its.scored() < needed) {
                missing.add(new Missing(slice, its.scored(), needed));
            }
        });
        return missing;
    }

    /** The version of the baseline in force; absent while there is none. */
    public @Nullable String version() {
        return inForce == null ? null : inForce.version();
    }
}
