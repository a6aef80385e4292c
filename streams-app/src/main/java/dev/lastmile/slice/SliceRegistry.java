package dev.lastmile.slice;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The slices and model versions of a deployment that have statistics of their own. What comes after a limit is reached is
 * counted under {@link Slice#OTHER}: dimension by dimension, so that the parts still add up to the whole. A slice keeps its
 * place for good, because a correction must find the counts it takes back. Mutable.
 */
public final class SliceRegistry {

    /** More model versions than this are counted as {@link Slice#OTHER}. */
    public static final int MAX_VERSIONS = 32;

    private final int valuesPerDimension;
    private final int liveSlices;
    private final Map<String, Set<String>> values = new HashMap<>();

    /** By itself: who asks for a slice's place always gets the same object, which is found without comparing names. */
    private final Map<Slice, Slice> slices = new HashMap<>();

    /** By itself, as slices are. */
    private final Map<String, String> versions = new HashMap<>();

    /**
     * @param valuesPerDimension limit of distinct values of one dimension
     * @param liveSlices limit of slices; one more for each parent may follow, to hold its others
     */
    public SliceRegistry(int valuesPerDimension, int liveSlices) {
        this.valuesPerDimension = valuesPerDimension;
        this.liveSlices = liveSlices;
    }

    /** Takes back what {@link #slices()} and {@link #versions()} gave, in any order. */
    public void restore(Collection<Slice> knownSlices, Collection<String> knownVersions) {
        for (Slice slice : knownSlices) {
            slices.put(slice, slice);
            if (slice.terms().size() == 1 && takesPlace(slice.last().value())) {
                values.computeIfAbsent(slice.last().dimension(), any -> new HashSet<>())
                        .add(slice.last().value());
            }
        }
        knownVersions.forEach(version -> versions.put(version, version));
    }

    /** The slice under which this one is counted. */
    public Slice place(Slice slice) {
        Slice known = slices.get(slice);
        if (known != null) {
            return known;
        }
        if (slice.isOverall()) {
            return kept(slice);
        }
        Slice parent = place(slice.parent());
        Slice.Term last = slice.last();
        Slice placed = parent.and(last.dimension(), valueOf(last));
        if (!slices.containsKey(placed) && placed.terms().size() > 1 && slices.size() >= liveSlices) {
            placed = parent.and(last.dimension(), Slice.OTHER);
        }
        return kept(placed);
    }

    private Slice kept(Slice slice) {
        return slices.computeIfAbsent(slice, its -> its);
    }

    /** The name under which a model version is counted. */
    public String place(String modelVersion) {
        String known = versions.get(modelVersion);
        if (known != null) {
            return known;
        }
        if (versions.size() >= MAX_VERSIONS) {
            return Slice.OTHER;
        }
        versions.put(modelVersion, modelVersion);
        return modelVersion;
    }

    /** All slices that are counted. */
    public Set<Slice> slices() {
        return new TreeSet<>(slices.keySet());
    }

    /** All model versions that are counted. */
    public Set<String> versions() {
        return new TreeSet<>(versions.keySet());
    }

    /** How many slices are counted: changes whenever there is something new to keep. */
    public int size() {
        return slices.size() + versions.size();
    }

    /** Our own names for what has no value of its own are always there. */
    private static boolean takesPlace(String value) {
        return !value.equals(Slice.UNKNOWN) && !value.equals(Slice.INVALID) && !value.equals(Slice.OTHER);
    }

    private String valueOf(Slice.Term term) {
        Set<String> known = values.computeIfAbsent(term.dimension(), any -> new HashSet<>());
        if (!takesPlace(term.value()) || known.contains(term.value())) {
            return term.value();
        }
        if (known.size() >= valuesPerDimension) {
            return Slice.OTHER;
        }
        known.add(term.value());
        return term.value();
    }
}
