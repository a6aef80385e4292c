package dev.lastmile.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slices of a deployment that inferences have been in, each with a number: 0 is all of it, and no number is left out. They
 * are found value by value along the tree of parents, so that an inference of fifty slices costs fifty look-ups in small maps
 * and makes nothing, unless it is the first in one of them. Mutable.
 */
public final class SliceTree {

    private static final int[] ONLY_OVERALL = {0};

    private final Slicing slicing;
    private final int fingerprint;

    /** Of the slices of one inference, in the order of {@link Slicing#slicesOf}: which one is its parent. */
    private final int[] parents;

    /** Of which dimension its last term is. */
    private final int[] dimensions;

    /** Which child of its parent it is: one has many, a dimension each. */
    private final int[] ranks;

    private final List<Node> nodes = new ArrayList<>();
    private final Node[] path;
    private final int[] numbers;

    private static final class Node {
        private final int number;
        private final Slice slice;

        /** By value, a map for each dimension that narrows this slice. */
        private final List<Map<String, Node>> children = new ArrayList<>();

        Node(int number, Slice slice) {
            this.number = number;
            this.slice = slice;
        }

        Map<String, Node> children(int rank) {
            while (children.size() <= rank) {
                children.add(new HashMap<>());
            }
            return children.get(rank);
        }
    }

    /** With no slice but the overall one. */
    public SliceTree(Slicing slicing) {
        this.slicing = slicing;
        fingerprint = slicing.fingerprint();
        List<List<String>> names = new ArrayList<>();
        names.add(List.of());
        slicing.dimensions().forEach(dimension -> names.add(List.of(dimension)));
        names.addAll(slicing.intersections());
        int count = names.size();
        parents = new int[count];
        dimensions = new int[count];
        ranks = new int[count];
        int[] narrower = new int[count];
        for (int i = 1; i < count; i++) {
            List<String> its = names.get(i);
            int last = its.size() - 1;
            parents[i] = names.indexOf(its.subList(0, last));
            dimensions[i] = slicing.dimensions().indexOf(its.get(last));
            ranks[i] = narrower[parents[i]]++;
        }
        path = new Node[count];
        numbers = new int[count];
        nodes.add(new Node(0, Slice.OVERALL));
    }

    /** The slicing these slices are of. */
    public Slicing slicing() {
        return slicing;
    }

    /** How many slices have a number. */
    public int size() {
        return nodes.size();
    }

    /** The slice of a number. */
    public Slice slice(int number) {
        return nodes.get(number).slice;
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
        path[0] = nodes.get(0);
        for (int i = 1; i < path.length; i++) {
            path[i] = child(path[parents[i]], ranks[i], dimensions[i], values);
            numbers[i] = path[i].number;
        }
        return numbers;
    }

    private Node child(Node parent, int rank, int dimension, List<String> values) {
        Map<String, Node> siblings = parent.children(rank);
        String value = values.get(dimension);
        Node known = siblings.get(value);
        if (known == null) {
            known = new Node(nodes.size(), parent.slice.and(slicing.dimensions().get(dimension), value));
            nodes.add(known);
            siblings.put(value, known);
        }
        return known;
    }
}
