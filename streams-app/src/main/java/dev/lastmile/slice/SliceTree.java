package dev.lastmile.slice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The slices of a deployment that inferences have been in, each with a number: 0 is all of it, and no number is left out. They
 * are found along the tree of parents. Only the values of an inference are looked up by their text, one a dimension; an
 * inference of fifty slices costs fifty look-ups of numbers in one table besides, and makes nothing, unless it is the first in one
 * of them. Mutable.
 */
public final class SliceTree {

    private static final int[] ONLY_OVERALL = {0};
    private static final int FIRST_PLACES = 1 << 6;

    private final Slicing slicing;
    private final int fingerprint;

    /** Of the slices of one inference, in the order of {@link Slicing#slicesOf}: which one is its parent. */
    private final int[] parents;

    /** Of which dimension its last term is. */
    private final int[] dimensions;

    /** The values of each dimension, numbered as they came. */
    private final List<Map<String, Integer>> valueNumbers = new ArrayList<>();

    private final List<Slice> slices = new ArrayList<>();
    private final List<Integer> nameBytes = new ArrayList<>();

    /**
     * Slices but the overall one by their parent, their place among those of an inference and the number of their last value, as
     * {@link #key} has it: half of the places at least are empty, and each is at that of its key or in the next free one.
     */
    private long[] keys = new long[FIRST_PLACES];

    /** The number of the slice in each place; 0, which has no parent, where there is none. */
    private int[] places = new int[FIRST_PLACES];

    private int[] inOrder = {0};
    private final int[] itsValues;
    private final int[] numbers;

    /** With no slice but the overall one. */
    public SliceTree(Slicing slicing) {
        this.slicing = slicing;
        fingerprint = slicing.fingerprint();
        List<List<String>> names = new ArrayList<>();
        names.add(List.of());
        for (String dimension : slicing.dimensions()) {
            names.add(List.of(dimension));
            valueNumbers.add(new HashMap<>());
        }
        names.addAll(slicing.intersections());
        int count = names.size();
        parents = new int[count];
        dimensions = new int[count];
        for (int i = 1; i < count; i++) {
            List<String> its = names.get(i);
            int last = its.size() - 1;
            parents[i] = names.indexOf(its.subList(0, last));
            dimensions[i] = slicing.dimensions().indexOf(its.get(last));
        }
        itsValues = new int[valueNumbers.size()];
        numbers = new int[count];
        add(Slice.OVERALL);
    }

    /** The slicing these slices are of. */
    public Slicing slicing() {
        return slicing;
    }

    /** How many slices have a number. */
    public int size() {
        return slices.size();
    }

    /** The slice of a number. */
    public Slice slice(int number) {
        return slices.get(number);
    }

    /** How many bytes the name of a slice has in UTF-8. */
    public int nameBytes(int number) {
        return nameBytes.get(number);
    }

    /** All numbers in the order of their slices; this object's own array, which does not change. */
    public int[] inOrder() {
        if (inOrder.length < slices.size()) {
            inOrder = IntStream.range(0, slices.size())
                    .boxed()
                    .sorted(Comparator.comparing(slices::get))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return inOrder;
    }

    /**
     * The numbers of the slices of an inference, as {@link Slicing#slicesOf} tells them.
     *
     * @param itsSlicing fingerprint of the slicing its values are of: those of another say nothing about the slices here
     * @param values one a declared dimension
     * @return this object's own array, to be read before the next call
     */
    public int[] numbersOf(int itsSlicing, List<String> values) {
        if (itsSlicing != fingerprint) {
            return ONLY_OVERALL;
        }
        for (int dimension = 0; dimension < itsValues.length; dimension++) {
            itsValues[dimension] = numberOf(dimension, values.get(dimension));
        }
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = child(numbers[parents[i]], i, values);
        }
        return numbers;
    }

    private int numberOf(int dimension, String value) {
        Map<String, Integer> known = valueNumbers.get(dimension);
        Integer number = known.get(value);
        if (number == null) {
            number = known.size();
            known.put(value, number);
        }
        return number;
    }

    private int child(int parent, int which, List<String> values) {
        int dimension = dimensions[which];
        long key = key(parent, which, itsValues[dimension]);
        int place = find(key);
        if (places[place] == 0) {
            if (2 * slices.size() >= places.length) {
                grow();
                place = find(key);
            }
            keys[place] = key;
            places[place] = slices.size();
            add(slices.get(parent).and(slicing.dimensions().get(dimension), values.get(dimension)));
        }
        return places[place];
    }

    private long key(int parent, int which, int value) {
        return ((long) parent * numbers.length + which) << Integer.SIZE | value;
    }

    /** Where a key is, or would be. */
    private int find(long key) {
        int place = home(key);
        while (places[place] != 0 && keys[place] != key) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    /** Its first bits once it was multiplied by 2^64 over the golden ratio, which spreads small numbers evenly. */
    private int home(long key) {
        long spread = (key ^ (key >>> Integer.SIZE)) * 0x9E3779B97F4A7C15L;
        return (int) (spread >>> (1 + Integer.numberOfLeadingZeros(places.length) + Integer.SIZE));
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = new int[2 * oldPlaces.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != 0) {
                int place = find(oldKeys[i]);
                keys[place] = oldKeys[i];
                places[place] = oldPlaces[i];
            }
        }
    }

    private void add(Slice slice) {
        slices.add(slice);
        nameBytes.add(slice.toString().getBytes(StandardCharsets.UTF_8).length);
    }
}
