package dev.lastmile.export;

import dev.lastmile.slice.Slice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Somebody who sees counts of cells and knows which other cells there are, and that along each dimension cells add up to their parent.
 * Works out what follows, by other means than the product's: differences of sums, elimination with fractions, and bounds.
 */
final class Adversary {

    /** A cell of some table. */
    record Cell(String table, Set<Slice.Term> terms) {

        static Cell of(String table, Slice slice) {
            return new Cell(table, Set.copyOf(slice.terms()));
        }
    }

    /** Σ parts = whole. */
    private record Sum(Cell whole, List<Cell> parts) {}

    private final Set<Cell> there = new HashSet<>();
    private final Map<Cell, Long> seen = new HashMap<>();
    private final List<Sum> sums = new ArrayList<>();

    /** A table whose cells there are. */
    void knows(String table, Set<Slice> slices) {
        Map<List<Object>, List<Cell>> families = new LinkedHashMap<>();
        slices.forEach(slice -> there.add(Cell.of(table, slice)));
        for (Slice slice : slices) {
            for (Slice.Term term : slice.terms()) {
                Set<Slice.Term> others = new HashSet<>(slice.terms());
                others.remove(term);
                Cell parent = new Cell(table, others);
                if (there.contains(parent)) {
                    families.computeIfAbsent(List.of(parent, term.dimension()), any -> new ArrayList<>())
                            .add(Cell.of(table, slice));
                }
            }
        }
        families.forEach((key, parts) -> sums.add(new Sum((Cell) key.get(0), parts)));
    }

    /** That one table's cells are the sums of others'. */
    void knowsSums(String whole, List<String> parts, Set<Slice> slices) {
        for (Slice slice : slices) {
            sums.add(new Sum(
                    Cell.of(whole, slice),
                    parts.stream()
                            .map(part -> Cell.of(part, slice))
                            .filter(there::contains)
                            .toList()));
        }
    }

    void sees(String table, Slice slice, long count) {
        seen.put(Cell.of(table, slice), count);
    }

    /** Small differences between a whole that is seen and its parts that are. */
    Map<Cell, Long> differences() {
        Map<Cell, Long> small = new HashMap<>();
        for (Sum sum : sums) {
            Long whole = seen.get(sum.whole());
            if (whole != null) {
                long rest = whole - total(sum.parts(), seen);
                if (rest > 0 && rest < 11) {
                    // A small part, by the name of what it is beside.
                    sum.parts().stream().filter(part -> !seen.containsKey(part)).forEach(part -> small.put(part, rest));
                }
            }
        }
        return small;
    }

    /** Cells that are not seen and follow from those that are, by elimination. */
    Map<Cell, Long> determined() {
        List<Cell> unknown = there.stream()
                .filter(cell -> !seen.containsKey(cell))
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
        Map<Cell, Integer> column = new HashMap<>();
        unknown.forEach(cell -> column.put(cell, column.size()));
        List<Fraction[]> rows = new ArrayList<>();
        for (Sum sum : sums) {
            Fraction[] row = new Fraction[unknown.size() + 1];
            Arrays.fill(row, Fraction.ZERO);
            put(row, column, sum.whole(), 1);
            sum.parts().forEach(part -> put(row, column, part, -1));
            rows.add(row);
        }
        eliminate(rows, unknown.size());
        Map<Cell, Long> determined = new HashMap<>();
        for (Fraction[] row : rows) {
            single(row).ifPresent(at -> determined.put(unknown.get(at), row[unknown.size()].whole()));
        }
        return determined;
    }

    private void put(Fraction[] row, Map<Cell, Integer> column, Cell cell, int sign) {
        Integer its = column.get(cell);
        int at = its == null ? row.length - 1 : its;
        long value = its == null ? -sign * seen.getOrDefault(cell, 0L) : sign;
        row[at] = row[at].plus(Fraction.of(value));
    }

    private static void eliminate(List<Fraction[]> rows, int columns) {
        int done = 0;
        for (int column = 0; column < columns && done < rows.size(); column++) {
            int pivot = done;
            while (pivot < rows.size() && rows.get(pivot)[column].isZero()) {
                pivot++;
            }
            if (pivot == rows.size()) {
                continue;
            }
            Fraction[] its = rows.get(pivot);
            rows.set(pivot, rows.get(done));
            rows.set(done, its);
            Fraction lead = its[column];
            for (int i = 0; i < its.length; i++) {
                its[i] = its[i].over(lead);
            }
            for (Fraction[] other : rows) {
                Fraction factor = other[column];
                if (other != its && !factor.isZero()) {
                    for (int i = 0; i < its.length; i++) {
                        other[i] = other[i].minus(factor.times(its[i]));
                    }
                }
            }
            done++;
        }
    }

    private static Optional<Integer> single(Fraction[] row) {
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < row.length - 1; i++) {
            if (!row[i].isZero()) {
                unknown.add(i);
            }
        }
        return unknown.size() == 1 ? Optional.of(unknown.get(0)) : Optional.empty();
    }

    /** Cells that are not seen and can be one number only, as no count is negative. */
    Map<Cell, Long> pinned() {
        Map<Cell, Long> least = new HashMap<>(seen);
        Map<Cell, Long> most = new HashMap<>(seen);
        long all = seen.values().stream().mapToLong(Long::longValue).max().orElse(0);
        for (Cell cell : there) {
            least.putIfAbsent(cell, 0L);
            most.putIfAbsent(cell, all);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Sum sum : sums) {
                long leastParts = total(sum.parts(), least);
                long mostParts = total(sum.parts(), most);
                long leastWhole = least.getOrDefault(sum.whole(), 0L);
                long mostWhole = most.getOrDefault(sum.whole(), all);
                changed |= narrow(sum.whole(), leastParts, mostParts, least, most);
                for (Cell part : sum.parts()) {
                    long its = least.getOrDefault(part, 0L);
                    long itsMost = most.getOrDefault(part, all);
                    changed |= narrow(
                            part, leastWhole - (mostParts - itsMost), mostWhole - (leastParts - its), least, most);
                }
            }
        }
        Map<Cell, Long> pinned = new HashMap<>();
        for (Cell cell : there) {
            long its = least.getOrDefault(cell, 0L);
            if (!seen.containsKey(cell) && its == most.getOrDefault(cell, all)) {
                pinned.put(cell, its);
            }
        }
        return pinned;
    }

    private static long total(List<Cell> cells, Map<Cell, Long> values) {
        return cells.stream().mapToLong(cell -> values.getOrDefault(cell, 0L)).sum();
    }

    private static boolean narrow(Cell cell, long atLeast, long atMost, Map<Cell, Long> least, Map<Cell, Long> most) {
        boolean changed = false;
        if (atLeast > least.getOrDefault(cell, 0L)) {
            least.put(cell, atLeast);
            changed = true;
        }
        if (atMost < most.getOrDefault(cell, Long.MAX_VALUE)) {
            most.put(cell, atMost);
            changed = true;
        }
        return changed;
    }

    /**
     * All that has been worked out and is small, but for the whole of a model version, and what is as much as that: how many there
     * are is no secret.
     *
     * @param wholes what there is of each version
     */
    static Map<String, Long> small(Map<Cell, Long> found, Map<String, Long> wholes) {
        Map<String, Long> small = new TreeMap<>();
        found.forEach((cell, count) -> {
            if (count > 0 && count < 11 && !count.equals(wholes.get(cell.table()))) {
                small.put(
                        cell.table()
                                + new TreeSet<>(cell.terms().stream()
                                        .map(Slice.Term::plain)
                                        .toList()),
                        count);
            }
        });
        return small;
    }

    /** An exact number. */
    private record Fraction(BigInteger above, BigInteger below) {

        static final Fraction ZERO = of(0);

        static Fraction of(long value) {
            return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
        }

        private static Fraction reduced(BigInteger above, BigInteger below) {
            BigInteger common = above.gcd(below);
            if (common.signum() == 0) {
                return ZERO;
            }
            BigInteger sign = BigInteger.valueOf(below.signum());
            return new Fraction(
                    above.divide(common).multiply(sign), below.divide(common).multiply(sign));
        }

        boolean isZero() {
            return above.signum() == 0;
        }

        Fraction plus(Fraction other) {
            return reduced(above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
        }

        Fraction minus(Fraction other) {
            return plus(new Fraction(other.above.negate(), other.below));
        }

        Fraction times(Fraction other) {
            return reduced(above.multiply(other.above), below.multiply(other.below));
        }

        Fraction over(Fraction other) {
            return reduced(above.multiply(other.below), below.multiply(other.above));
        }

        long whole() {
            return above.divide(below).longValueExact();
        }
    }
}
