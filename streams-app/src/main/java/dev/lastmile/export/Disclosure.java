package dev.lastmile.export;

import dev.lastmile.alert.SliceStanding;
import dev.lastmile.export.Exposure.Family;
import dev.lastmile.slice.Slice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which cells of one table must not be shown, so that none that is too small can be had from the others. A table is all slices of one
 * model version, or of one baseline; a cell is small with fewer than {@link SliceStanding#MINIMUM_SHOWN} labelled inferences.
 *
 * <p>Along each dimension the cells of a parent add up to it. So beside small cells others are hidden, the smallest first, until
 * <ul>
 *   <li>what is missing of each parent, along each dimension, is nothing or not small, and
 *   <li>no small cell follows from all that is shown together ({@link Exposure}).
 * </ul>
 * That is complementary cell suppression (Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, chapter 4), greedy:
 * to hide as little as possible is hard, to hide enough is not. Which cell is hidden beside others would change from one look to the
 * next as counts grow, and tell both; so what was hidden before goes first.
 */
final class Disclosure {

    private final Map<Set<Slice.Term>, Integer> places = new LinkedHashMap<>();
    private final List<List<Slice>> slices = new ArrayList<>();
    private final List<long[]> rows = new ArrayList<>();
    private final Set<Slice> alwaysHidden = new HashSet<>();

    /** Whether somebody must not learn that it is this many. */
    static boolean isSmall(long count) {
        return count > 0 && count < SliceStanding.MINIMUM_SHOWN;
    }

    static boolean isSmall(long[] counts) {
        for (long count : counts) {
            if (isSmall(count)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a cell, shown or not. The same slice with its dimensions in another order is the same cell. */
    void add(Slice slice, long labelled, long received) {
        int place = places.computeIfAbsent(Set.copyOf(slice.terms()), any -> {
            slices.add(new ArrayList<>());
            rows.add(new long[] {labelled, received});
            return rows.size() - 1;
        });
        slices.get(place).add(slice);
    }

    /** These are hidden whatever they hold, but for the whole. */
    void hide(Set<Slice> more) {
        alwaysHidden.addAll(more);
    }

    /**
     * The cells that must not be shown.
     *
     * @param kept not to be hidden beside others if that can be helped: those that alerts name
     * @param before what was hidden before, which goes first
     */
    Set<Slice> hidden(Set<Slice> kept, Set<Slice> before) {
        long[][] counts = rows.toArray(new long[0][]);
        List<Family> families = families();
        BitSet hidden = new BitSet();
        for (int place = 0; place < counts.length; place++) {
            boolean isWhole = slices.get(place).get(0).isOverall();
            if (counts[place][0] < SliceStanding.MINIMUM_SHOWN
                    || (!isWhole && slices.get(place).stream().anyMatch(alwaysHidden::contains))) {
                hidden.set(place);
            }
        }
        Comparator<Integer> first = firstToHide(counts, kept, before);
        do {
            coverRests(counts, families, hidden, first);
        } while (coverExposed(counts, families, hidden, first));
        Set<Slice> names = new HashSet<>();
        hidden.stream().forEach(place -> names.addAll(slices.get(place)));
        return names;
    }

    private Comparator<Integer> firstToHide(long[][] counts, Set<Slice> kept, Set<Slice> before) {
        return Comparator.<Integer, Boolean>comparing(
                        place -> slices.get(place).stream().anyMatch(kept::contains))
                .thenComparing(place -> slices.get(place).stream().noneMatch(before::contains))
                .thenComparing(place -> counts[place][0])
                .thenComparing(place -> slices.get(place).get(0));
    }

    /** Every cell together with those that differ from it in one term, if there is what they are parts of. */
    private List<Family> families() {
        Map<List<Object>, List<Integer>> children = new LinkedHashMap<>();
        for (int place = 0; place < slices.size(); place++) {
            List<Slice.Term> terms = slices.get(place).get(0).terms();
            for (Slice.Term term : terms) {
                Set<Slice.Term> others = new HashSet<>(terms);
                others.remove(term);
                Integer parent = places.get(others);
                if (parent != null) {
                    children.computeIfAbsent(List.of(parent, term.dimension()), any -> new ArrayList<>())
                            .add(place);
                }
            }
        }
        List<Family> families = new ArrayList<>();
        children.forEach((key, places) -> families.add(new Family((Integer) key.get(0), places)));
        return families;
    }

    private static void coverRests(long[][] counts, List<Family> families, BitSet hidden, Comparator<Integer> first) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Family family : families) {
                while (isRestSmall(counts, family, hidden) && hideOneOf(family.children(), hidden, first)) {
                    changed = true;
                }
            }
        }
    }

    private static boolean isRestSmall(long[][] counts, Family family, BitSet hidden) {
        long[] rest = counts[family.parent()].clone();
        for (int child : family.children()) {
            for (int kind = 0; kind < rest.length; kind++) {
                rest[kind] -= hidden.get(child) ? 0 : counts[child][kind];
            }
        }
        return isSmall(rest);
    }

    private static boolean coverExposed(
            long[][] counts, List<Family> families, BitSet hidden, Comparator<Integer> first) {
        boolean changed = false;
        List<Family> exposed = new Exposure(counts, families, hidden).exposed();
        for (Family family : exposed) {
            changed |= hideOneOf(family.children(), hidden, first);
        }
        for (int next = 0; !changed && !exposed.isEmpty() && next < families.size(); next++) {
            // Nothing is left to be hidden beside it, so it follows from what is further away.
            changed = hideOneOf(families.get(next).children(), hidden, first);
        }
        return changed;
    }

    private static boolean hideOneOf(List<Integer> children, BitSet hidden, Comparator<Integer> first) {
        var next = children.stream().filter(child -> !hidden.get(child)).min(first);
        next.ifPresent(hidden::set);
        return next.isPresent();
    }
}
