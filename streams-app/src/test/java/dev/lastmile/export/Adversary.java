package dev.lastmile.export;

import dev.lastmile.slice.Slice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Somebody who sees counts of cells and knows which other cells there are, and that along each dimension cells add up to their parent.
 * Works out what follows, by other means than the product's: differences of sums, elimination with fractions, and bounds.
 */
final class Adversary {

    /** A cell of some table, by the names of its terms in any one order. */
    record Cell(String table, String name) {

        static Cell of(String table, Slice slice) {
            return of(table, slice.terms());
        }

        /** What is beside a slice within its parent. */
        static Cell beside(String table, Slice slice) {
            return of(table + BESIDE + slice, slice.terms());
        }

        private static Cell of(String table, Collection<Slice.Term> terms) {
            return new Cell(
                    table, terms.stream().map(Slice.Term::plain).sorted().collect(Collectors.joining(",")));
        }
    }

    /** Σ parts = whole. */
    private record Sum(Cell whole, List<Cell> parts) {}

    /** A ratio of as many as a cell has. */
    private record Ratio(Cell of, double value) {}

    /** How much of a whole a part is. */
    private record Share(Cell part, Cell whole, double value) {}

    /** Least and most. */
    private record Range(long least, long most) {}

    private static final String BESIDE = " beside ";
    private static final double EXACT = 1e-9;

    /** Where nothing is seen of how much there is. */
    private static final long PLENTY = 5_000;

    private final Map<Cell, Range> told = new HashMap<>();
    private final Set<Ratio> ratios = new HashSet<>();
    private final Set<Share> shares = new HashSet<>();
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
                Cell parent = Cell.of(table, others);
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

    /** What is beside a slice of a table, which is as much as its parent has more. */
    Cell besides(String table, Slice slice) {
        Cell beside = Cell.beside(table, slice);
        if (there.add(beside)) {
            sums.add(new Sum(Cell.of(table, slice.parent()), List.of(Cell.of(table, slice), beside)));
        }
        return beside;
    }

    /** That it is so many or more. */
    void hearsAtLeast(Cell cell, long least) {
        hears(cell, least, Long.MAX_VALUE);
    }

    /** A count as alerts tell it: nothing for fewer than eleven, the largest of 10, 20, 50, …; any other would be exact. */
    void hearsCount(Cell cell, long count) {
        if (count == 0) {
            hears(cell, 0, 10);
        } else if (parts(count) == count) {
            hears(cell, Math.max(11, count), next(count) - 1);
        } else {
            hears(cell, count, count);
        }
    }

    /** Of a whole that is seen or not how much a part is, told from such a count. */
    void hearsPart(Cell part, Cell whole, double share) {
        Long of = seen.get(whole);
        if (of != null) {
            hearsCount(part, Math.round(share * of));
        }
    }

    private static long next(long count) {
        long next = count;
        while (parts(next) == count) {
            next++;
        }
        return next;
    }

    private void hears(Cell cell, long least, long most) {
        told.merge(
                cell,
                new Range(least, most),
                (one, other) -> new Range(Math.max(one.least(), other.least()), Math.min(one.most(), other.most())));
    }

    /** A ratio of as many as there are in a cell, which is told of eleven and more. */
    void hearsRatio(Cell of, double ratio) {
        hearsAtLeast(of, 11);
        ratios.add(new Ratio(of, ratio));
    }

    /** How much of a whole a part is, which is told of wholes of eleven and more. */
    void hearsShare(Cell part, Cell whole, double share) {
        hearsAtLeast(whole, 11);
        shares.add(new Share(part, whole, share));
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

    /** Cells that are not seen and follow from those that are, by elimination among those that hang together. */
    Map<Cell, Long> determined() {
        Map<Cell, Set<Cell>> together = new HashMap<>();
        for (Sum sum : sums) {
            List<Cell> unknown = new ArrayList<>(sum.parts());
            unknown.add(sum.whole());
            unknown.removeIf(seen::containsKey);
            Set<Cell> all = new HashSet<>(unknown);
            unknown.forEach(cell -> all.addAll(together.getOrDefault(cell, Set.of())));
            all.forEach(cell -> together.put(cell, all));
        }
        Map<Cell, Long> determined = new HashMap<>();
        new HashSet<>(together.values()).forEach(cells -> determined.putAll(determined(cells)));
        return determined;
    }

    private Map<Cell, Long> determined(Set<Cell> cells) {
        List<Cell> unknown = cells.stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
        Map<Cell, Integer> column = new HashMap<>();
        unknown.forEach(cell -> column.put(cell, column.size()));
        List<Fraction[]> rows = new ArrayList<>();
        for (Sum sum : sums) {
            if (!cells.contains(sum.whole()) && sum.parts().stream().noneMatch(cells::contains)) {
                continue;
            }
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

    /** All that follows, one from the other. */
    Map<Cell, Long> concluded() {
        Map<Cell, Long> before = Map.copyOf(seen);
        int known;
        do {
            known = seen.size();
            seen.putAll(determined());
            seen.putAll(pinned());
        } while (seen.size() > known);
        Map<Cell, Long> concluded = new HashMap<>(seen);
        concluded.keySet().removeAll(before.keySet());
        return concluded;
    }

    /** Cells that are not seen and can be one number only, as no count is negative, and as what was told allows no other. */
    Map<Cell, Long> pinned() {
        Map<Cell, Long> least = new HashMap<>(seen);
        Map<Cell, Long> most = new HashMap<>(seen);
        long all = seen.values().stream().mapToLong(Long::longValue).max().orElse(PLENTY);
        for (Cell cell : there) {
            least.putIfAbsent(cell, 0L);
            most.putIfAbsent(cell, all);
        }
        told.forEach((cell, range) -> narrow(cell, range.least(), range.most(), least, most));
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
            for (Share share : shares) {
                changed |= narrow(share, least, most);
            }
            for (Ratio ratio : ratios) {
                changed |= narrow(ratio, least, most);
            }
        }
        Map<Cell, Long> pinned = new HashMap<>();
        for (Cell cell : there) {
            long its = least.getOrDefault(cell, 0L);
            if (its > most.getOrDefault(cell, all)) {
                throw new AssertionError("no number fits what is said of " + cell);
            }
            if (!seen.containsKey(cell) && its == most.getOrDefault(cell, all)) {
                pinned.put(cell, its);
            }
        }
        return pinned;
    }

    /** By every pair of a part and a whole that would be told as this share: of each whole the parts in a range. */
    private static boolean narrow(Share share, Map<Cell, Long> least, Map<Cell, Long> most) {
        long leastPart = Long.MAX_VALUE;
        long mostPart = Long.MIN_VALUE;
        long leastWhole = Long.MAX_VALUE;
        long mostWhole = Long.MIN_VALUE;
        long partFrom = least.getOrDefault(share.part(), 0L);
        long partTo = most.getOrDefault(share.part(), 0L);
        long wholeTo = most.getOrDefault(share.whole(), 0L);
        for (long whole = least.getOrDefault(share.whole(), 0L); whole <= wholeTo; whole++) {
            double error = error(share.value(), parts(whole / 10));
            long from = Math.max(partFrom, (long) Math.ceil(whole * (share.value() - error) - EXACT));
            long to = Math.min(Math.min(whole, partTo), (long) Math.floor(whole * (share.value() + error) + EXACT));
            if (from <= to) {
                leastPart = Math.min(leastPart, from);
                mostPart = Math.max(mostPart, to);
                leastWhole = Math.min(leastWhole, whole);
                mostWhole = Math.max(mostWhole, whole);
            }
        }
        boolean changed = narrow(share.part(), leastPart, mostPart, least, most);
        changed |= narrow(share.whole(), leastWhole, mostWhole, least, most);
        return changed;
    }

    /** By every number of which some part is told as this ratio. */
    private static boolean narrow(Ratio ratio, Map<Cell, Long> least, Map<Cell, Long> most) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long to = most.getOrDefault(ratio.of(), 0L);
        for (long of = least.getOrDefault(ratio.of(), 0L); of <= to; of++) {
            double error = error(ratio.value(), parts(of));
            if (Math.abs(Math.round(of * ratio.value()) - of * ratio.value()) <= of * error + EXACT) {
                first = Math.min(first, of);
                last = Math.max(last, of);
            }
        }
        return narrow(ratio.of(), first, last, least, most);
    }

    /** By how much a number that was rounded to these parts may be wrong; by nothing where it was not. */
    private static double error(double value, long parts) {
        return Math.abs(Math.round(value * parts) - value * parts) <= EXACT * parts ? 0.5 / parts : EXACT;
    }

    /** How finely a ratio of so many is told. */
    private static long parts(long of) {
        long parts = 10;
        for (long decade = 10; decade <= of; decade *= 10) {
            parts = 5 * decade <= of ? 5 * decade : 2 * decade <= of ? 2 * decade : decade;
        }
        return parts;
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
        if (atLeast > most.getOrDefault(cell, Long.MAX_VALUE) || atMost < least.getOrDefault(cell, 0L)) {
            throw new AssertionError("no number fits what is said of " + cell + ": " + atLeast + " to " + atMost);
        }
        return changed;
    }

    /**
     * All that has been worked out and is small, but for the whole of a model version, and what is as much as that: how many there
     * are is no secret. What is beside a slice is no cell: where it is one alone, that one follows too.
     *
     * @param wholes what there is of each version
     */
    static Map<String, Long> small(Map<Cell, Long> found, Map<String, Long> wholes) {
        Map<String, Long> small = new TreeMap<>();
        found.forEach((cell, count) -> {
            if (!cell.table().contains(BESIDE) && count > 0 && count < 11 && !count.equals(wholes.get(cell.table()))) {
                small.put(cell.table() + " " + cell.name(), count);
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
