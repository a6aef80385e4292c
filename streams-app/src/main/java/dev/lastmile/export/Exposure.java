package dev.lastmile.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What somebody can work out who sees all cells of a table that are shown, and knows which others there are: every part of the
 * traffic is the sum of its parts, so that each {@link Family} with something hidden in it is an equation.
 *
 * <p>Two things are asked of each hidden cell that is small. Whether its count follows from the equations: it does if it is zero in
 * every solution of the equations with all known numbers taken away, and one such solution with otherwise random numbers says so (the
 * method of checking an identity at a random point; arithmetic is modulo a prime of 31 bits, so that one cell in two thousand million
 * may be taken for known without being it). And whether the least and the most that it can be are the same, as counts are not negative.
 */
final class Exposure {

    /** All of one parent's cells along one dimension, as places in the table. */
    record Family(int parent, List<Integer> children) {
        Family {
            children = List.copyOf(children);
        }
    }

    private static final long PRIME = (1L << 31) - 1;
    private static final int MOST_ROUNDS = 32;

    /** Σ children + rest − parent = what is known, of those that are hidden. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Equation(Family family, List<Integer> plus, int minus, long[] known) {

        boolean isAbout(BitSet unknowns) {
            return plus.stream().anyMatch(unknowns::get) || (minus >= 0 && unknowns.get(minus));
        }

        void addTo(BitSet unknowns) {
            plus.forEach(unknowns::set);
            if (minus >= 0) {
                unknowns.set(minus);
            }
        }
    }

    private final long[][] counts;
    private final BitSet hidden;
    private final List<Equation> equations = new ArrayList<>();
    /** Of families that are more than their cells: values that were too many and counted elsewhere. */
    private final List<long[]> rests = new ArrayList<>();

    Exposure(long[][] counts, List<Family> families, BitSet hidden) {
        this.counts = counts;
        this.hidden = hidden;
        families.forEach(this::add);
    }

    private void add(Family family) {
        int kinds = counts[family.parent()].length;
        boolean parentIsHidden = hidden.get(family.parent());
        long[] known = parentIsHidden ? new long[kinds] : counts[family.parent()].clone();
        long[] rest = counts[family.parent()].clone();
        List<Integer> plus = new ArrayList<>();
        for (int child : family.children()) {
            for (int kind = 0; kind < kinds; kind++) {
                rest[kind] -= counts[child][kind];
                known[kind] -= hidden.get(child) ? 0 : counts[child][kind];
            }
            if (hidden.get(child)) {
                plus.add(child);
            }
        }
        boolean isMore = false;
        for (long part : rest) {
            if (part < 0) {
                // More than its parent: nobody can conclude anything from a sum that does not hold.
                return;
            }
            isMore |= part > 0;
        }
        if (isMore) {
            plus.add(counts.length + rests.size());
            rests.add(rest);
        }
        if (!plus.isEmpty() || parentIsHidden) {
            equations.add(new Equation(family, plus, parentIsHidden ? family.parent() : -1, known));
        }
    }

    /** Whether nothing that is small can be worked out; if something can, in which families hiding more would help. */
    List<Family> exposed() {
        if (equations.isEmpty()) {
            return List.of();
        }
        long[] solution = solution();
        BitSet known = new BitSet();
        BitSet exposed = new BitSet();
        for (Equation equation : equations) {
            equation.addTo(known);
        }
        known.stream().filter(unknown -> solution[unknown] != 0).forEach(known::clear);
        known.stream().filter(unknown -> Disclosure.isSmall(valueOf(unknown))).forEach(exposed::set);
        addPinned(known, exposed);
        if (exposed.isEmpty()) {
            return List.of();
        }
        // Of something that is known because all beside it is known, what is beside it has to become unknown.
        BitSet beside = new BitSet();
        equations.stream().filter(equation -> equation.isAbout(exposed)).forEach(equation -> equation.addTo(beside));
        beside.and(known);
        return equations.stream()
                .filter(equation -> equation.isAbout(beside))
                .map(Equation::family)
                .toList();
    }

    private long[] valueOf(int unknown) {
        return unknown < counts.length ? counts[unknown] : rests.get(unknown - counts.length);
    }

    private int unknowns() {
        return counts.length + rests.size();
    }

    /** A solution of all equations with nothing known, otherwise at random; zero where there is no choice. */
    private long[] solution() {
        Map<Integer, NavigableMap<Integer, Long>> byLeader = new TreeMap<>();
        for (Equation equation : equations) {
            NavigableMap<Integer, Long> row = new TreeMap<>();
            equation.plus().forEach(unknown -> row.put(unknown, 1L));
            if (equation.minus() >= 0) {
                row.put(equation.minus(), PRIME - 1);
            }
            reduce(row, byLeader);
        }
        long[] solution = new long[unknowns()];
        for (int unknown = unknowns() - 1; unknown >= 0; unknown--) {
            NavigableMap<Integer, Long> row = byLeader.get(unknown);
            if (row == null) {
                solution[unknown] = chosen(unknown);
                continue;
            }
            long sum = 0;
            for (Map.Entry<Integer, Long> one : row.tailMap(unknown, false).entrySet()) {
                sum = (sum + one.getValue() * solution[one.getKey()]) % PRIME;
            }
            solution[unknown] = (PRIME - sum) % PRIME;
        }
        return solution;
    }

    /** Takes away what earlier rows say; what is left begins with one, and leads by its first unknown. */
    private static void reduce(NavigableMap<Integer, Long> row, Map<Integer, NavigableMap<Integer, Long>> byLeader) {
        while (!row.isEmpty()) {
            int leader = row.firstKey();
            NavigableMap<Integer, Long> earlier = byLeader.get(leader);
            long factor = row.firstEntry().getValue();
            if (earlier == null) {
                long inverse = power(factor, PRIME - 2);
                row.replaceAll((unknown, its) -> its * inverse % PRIME);
                byLeader.put(leader, row);
                return;
            }
            earlier.forEach((unknown, its) -> {
                long left = (row.getOrDefault(unknown, 0L) + (PRIME - factor) * its) % PRIME;
                if (left == 0) {
                    row.remove(unknown);
                } else {
                    row.put(unknown, left);
                }
            });
        }
    }

    private static long power(long base, long exponent) {
        long power = 1;
        long square = base % PRIME;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                power = power * square % PRIME;
            }
            square = square * square % PRIME;
        }
        return power;
    }

    /** A number that looks random, the same each time (the finaliser of MurmurHash3, of Appleby). */
    private static long chosen(int unknown) {
        long mixed = (unknown + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return 1 + Long.remainderUnsigned(mixed ^ (mixed >>> 33), PRIME - 1);
    }

    /** Unknowns that can only be one number, as no count is negative. */
    private void addPinned(BitSet known, BitSet exposed) {
        int kinds = counts[0].length;
        for (int kind = 0; kind < kinds; kind++) {
            Bounds bounds = new Bounds(unknowns(), most(kind));
            boolean changed = true;
            for (int round = 0; changed && round < MOST_ROUNDS; round++) {
                changed = false;
                for (Equation equation : equations) {
                    changed |= bounds.narrow(equation.plus(), equation.minus(), equation.known()[kind]);
                }
            }
            for (int unknown = 0; unknown < unknowns(); unknown++) {
                // One that is pinned to nothing says nothing of anybody.
                long value = valueOf(unknown)[kind];
                if (bounds.isOne(unknown) && value > 0) {
                    known.set(unknown);
                    exposed.set(unknown, exposed.get(unknown) || Disclosure.isSmall(value));
                }
            }
        }
    }

    private long most(int kind) {
        long most = 0;
        for (long[] its : counts) {
            most = Math.max(most, its[kind]);
        }
        return most;
    }

    /** The least and the most that unknowns can be. */
    private static final class Bounds {

        private final long[] least;
        private final long[] most;

        Bounds(int unknowns, long all) {
            least = new long[unknowns];
            most = new long[unknowns];
            Arrays.fill(most, all);
        }

        boolean isOne(int unknown) {
            return least[unknown] == most[unknown];
        }

        /** By Σ plus − minus = known; whether that was news. */
        boolean narrow(List<Integer> plus, int minus, long known) {
            long leastSum = 0;
            long mostSum = 0;
            for (int unknown : plus) {
                leastSum += least[unknown];
                mostSum += most[unknown];
            }
            long leastAll = known + (minus < 0 ? 0 : least[minus]);
            long mostAll = known + (minus < 0 ? 0 : most[minus]);
            boolean changed = minus >= 0 && set(minus, leastSum - known, mostSum - known);
            for (int unknown : plus) {
                changed |= set(unknown, leastAll - (mostSum - most[unknown]), mostAll - (leastSum - least[unknown]));
            }
            return changed;
        }

        private boolean set(int unknown, long atLeast, long atMost) {
            boolean changed = atLeast > least[unknown] || atMost < most[unknown];
            least[unknown] = Math.max(least[unknown], atLeast);
            most[unknown] = Math.min(most[unknown], atMost);
            return changed;
        }
    }
}
