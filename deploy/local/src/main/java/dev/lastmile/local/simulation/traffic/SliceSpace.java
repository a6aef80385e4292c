package dev.lastmile.local.simulation.traffic;

import dev.lastmile.slice.Slice;
import dev.lastmile.slice.Slicing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All slices of a deployment by number, so that counting needs no names. Number 0 is everything. A <em>cell</em> is one
 * combination of values of all dimensions: every inference is in one cell, and a cell in the same slices always. Immutable.
 */
public final class SliceSpace {

    /** The number of the slice that holds everything. */
    public static final int OVERALL = 0;

    private final List<Slice> slices = new ArrayList<>();
    private final Map<Slice, Integer> numbers = new HashMap<>();
    private final List<List<String>> cells;
    private final int[][] slicesOfCell;
    private final int[] parents;

    /**
     * @param cells the values of each cell, in the order in which the slicing declares its dimensions
     */
    public SliceSpace(Slicing slicing, List<List<String>> cells) {
        this.cells = List.copyOf(cells);
        slicesOfCell = new int[cells.size()][];
        number(Slice.OVERALL);
        for (int cell = 0; cell < cells.size(); cell++) {
            List<Slice> its = slicing.slicesOf(cells.get(cell));
            slicesOfCell[cell] = its.stream().mapToInt(this::number).toArray();
        }
        parents = new int[slices.size()];
        for (int slice = 1; slice < parents.length; slice++) {
            Integer parent = numbers.get(slices.get(slice).parent());
            if (parent == null) {
                throw new IllegalStateException("no slice is without its parent: " + slices.get(slice));
            }
            parents[slice] = parent;
        }
    }

    private int number(Slice slice) {
        Integer known = numbers.get(slice);
        if (known != null) {
            return known;
        }
        slices.add(slice);
        numbers.put(slice, slices.size() - 1);
        return slices.size() - 1;
    }

    /** How many slices there are, the overall one included. */
    public int size() {
        return slices.size();
    }

    /** How many cells there are. */
    public int cells() {
        return cells.size();
    }

    /** A slice by number. */
    public Slice slice(int number) {
        return slices.get(number);
    }

    /** The number of a slice; empty for one that is not there. */
    public OptionalInt numberOf(Slice slice) {
        Integer number = numbers.get(slice);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The slices of a cell, by number, the overall one first. Not to be changed. */
    public int[] slicesOf(int cell) {
        return slicesOfCell[cell];
    }

    /** What holds the slice and its siblings. The overall slice, which has no parent, is its own. */
    public int parent(int slice) {
        return parents[slice];
    }

    /** Whether the inferences of a cell belong to a slice. */
    public boolean contains(int slice, int cell) {
        for (int its : slicesOfCell[cell]) {
            if (its == slice) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of two slices is a part of the other; nothing is said of the overall slice, which holds them all. */
    public boolean overlap(int one, int other) {
        if (one == OVERALL || other == OVERALL) {
            return false;
        }
        Set<Slice.Term> first = new HashSet<>(slices.get(one).terms());
        Set<Slice.Term> second = new HashSet<>(slices.get(other).terms());
        return first.containsAll(second) || second.containsAll(first);
    }

    /** Whether all inferences of a cell carry a slice's terms, also where that slice is not one of those counted. */
    boolean matches(Slice slice, int cell) {
        Set<Slice.Term> its = new HashSet<>();
        for (int number : slicesOfCell[cell]) {
            its.addAll(slices.get(number).terms());
        }
        return its.containsAll(slice.terms());
    }
}
