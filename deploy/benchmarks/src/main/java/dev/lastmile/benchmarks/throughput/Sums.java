package dev.lastmile.benchmarks.throughput;

import java.util.TreeMap;

/** Labelled inferences and errors by deployment and slice, and how many events there were. Mutable. */
final class Sums {

    static final String OVERALL = "overall";

    /** Of one slice. */
    record Cell(long labelled, long errors) {

        Cell plus(long moreLabelled, long moreErrors) {
            return new Cell(labelled + moreLabelled, errors + moreErrors);
        }
    }

    private final TreeMap<String, Cell> cells = new TreeMap<>();
    private long inferences;
    private long truths;

    void received() {
        inferences++;
    }

    void truth() {
        truths++;
    }

    void add(String deployment, String slice, long labelled, long errors) {
        cells.merge(
                deployment + " " + slice,
                new Cell(labelled, errors),
                (before, more) -> before.plus(more.labelled(), more.errors()));
    }

    /** Inferences and ground truths. */
    long events() {
        return inferences + truths;
    }

    long labelled() {
        return truths;
    }

    /** Where these differ from what was counted: in words, empty where they do not. */
    String differenceFrom(Sums counted) {
        if (cells.equals(counted.cells)) {
            return "";
        }
        for (String key : cells.keySet()) {
            Cell other = counted.cells.get(key);
            if (!cells.get(key).equals(other)) {
                return key + " must be " + cells.get(key) + ": " + other;
            }
        }
        return "cells that must not be: " + counted.cells.size() + " instead of " + cells.size();
    }
}
