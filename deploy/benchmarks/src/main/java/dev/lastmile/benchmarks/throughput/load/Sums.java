package dev.lastmile.benchmarks.throughput.load;

import java.util.TreeMap;

/** Labelled inferences and errors by deployment and slice, and how many events there were. Mutable. */
public final class Sums {

    public static final String OVERALL = "overall";

    /** Of one slice. */
    public record Cell(long labelled, long errors) {

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

    public void add(String deployment, String slice, long labelled, long errors) {
        cells.merge(
                deployment + " " + slice,
                new Cell(labelled, errors),
                (before, more) -> before.plus(more.labelled(), more.errors()));
    }

    /** Inferences and ground truths. */
    public long events() {
        return inferences + truths;
    }

    public long labelled() {
        return truths;
    }

    /** Where these differ from what was counted: in words, empty where they do not. */
    public String differenceFrom(Sums counted) {
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
