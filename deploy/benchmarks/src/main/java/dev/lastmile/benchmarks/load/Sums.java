package dev.lastmile.benchmarks.load;

import java.util.TreeMap;
import java.util.function.BiConsumer;

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
    private long corrections;

    /** Adds whatever it is told. */
    public Load.Receiver counting(Slices slices) {
        return new Load.Receiver() {
            @Override
            public void answer(Answer answer) {
                inferences++;
            }

            @Override
            public void truth(Answer answer, boolean wrong, long observedAtMs, int revision) {
                boolean first = revision == 0;
                if (first) {
                    truths++;
                } else {
                    corrections++;
                }
                long errors = first ? count(wrong) : count(wrong) - count(!wrong);
                for (String slice : slices.of(answer)) {
                    add(answer.deploymentName(), slice, first ? 1 : 0, errors);
                }
            }
        };
    }

    private static long count(boolean wrong) {
        return wrong ? 1 : 0;
    }

    public void add(String deployment, String slice, long labelled, long errors) {
        cells.merge(
                deployment + " " + slice,
                new Cell(labelled, errors),
                (before, more) -> before.plus(more.labelled(), more.errors()));
    }

    /** All of the other's too. */
    public void add(Sums other) {
        inferences += other.inferences;
        truths += other.truths;
        corrections += other.corrections;
        other.cells.forEach(
                (slice, its) -> cells.merge(slice, its, (before, more) -> before.plus(more.labelled(), more.errors())));
    }

    /** Inferences, and ground truths of all versions. */
    public long events() {
        return inferences + truths + corrections;
    }

    /** Inferences with a ground truth. */
    public long labelled() {
        return truths;
    }

    /** Ground truths that replaced another. */
    public long corrections() {
        return corrections;
    }

    /** Only the slices with that many labelled inferences. */
    public Sums withAtLeast(long leastLabelled) {
        Sums kept = new Sums();
        cells.forEach((slice, its) -> {
            if (its.labelled() >= leastLabelled) {
                kept.cells.put(slice, its);
            }
        });
        return kept;
    }

    /** Takes every slice: {@code deployment slice}. */
    public void forEach(BiConsumer<String, Cell> receiver) {
        cells.forEach(receiver);
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
