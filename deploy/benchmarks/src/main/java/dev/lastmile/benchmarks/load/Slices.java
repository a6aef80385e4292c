package dev.lastmile.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which slices an answer belongs to: all, one for each of the first attributes, and intersections.
 *
 * @param attributes what events carry
 * @param declared how many of the attributes, from the first, are sliced by
 * @param intersections numbers of declared attributes, two or more each, with all that they begin with
 */
public record Slices(List<Dimension> attributes, int declared, Set<List<Integer>> intersections) {

    private static final Dimension ACCENT = new Dimension("accent", 10);
    private static final Dimension NOISE = new Dimension("noise", 5);
    private static final Dimension DEVICE = new Dimension("device", 6);
    private static final Dimension SITE = new Dimension("site", 8);

    /** Name and number of values; with the overall slice, five an event. */
    static final List<Dimension> USUAL_ATTRIBUTES = List.of(ACCENT, NOISE, DEVICE, SITE);

    private static final List<Dimension> EIGHT_ATTRIBUTES = List.of(
            ACCENT,
            NOISE,
            DEVICE,
            SITE,
            new Dimension("time", 2),
            new Dimension("channel", 2),
            new Dimension("gender", 2),
            new Dimension("region", 2));

    /** Each with a pair of its own to begin with; together with all 28 pairs they stay under 1,000 slices a deployment. */
    private static final List<List<Integer>> TRIPLES = List.of(
            List.of(0, 4, 5),
            List.of(1, 4, 5),
            List.of(1, 5, 6),
            List.of(1, 6, 7),
            List.of(2, 4, 5),
            List.of(2, 5, 6),
            List.of(2, 6, 7),
            List.of(3, 4, 5),
            List.of(3, 5, 6),
            List.of(3, 6, 7),
            List.of(4, 5, 6),
            List.of(4, 6, 7),
            List.of(5, 6, 7));

    /** Five an event. */
    static final Slices USUAL = new Slices(USUAL_ATTRIBUTES, USUAL_ATTRIBUTES.size(), Set.of());

    /** Five of an event with eight attributes. */
    static final Slices FIVE_OF_EIGHT = new Slices(EIGHT_ATTRIBUTES, USUAL_ATTRIBUTES.size(), Set.of());

    /** Fifty of an event with eight attributes: overall, eight values, 28 pairs and 13 triples. */
    static final Slices FIFTY_OF_EIGHT = new Slices(EIGHT_ATTRIBUTES, EIGHT_ATTRIBUTES.size(), pairsAndTriples());

    public Slices {
        attributes = List.copyOf(attributes);
        Set<List<Integer>> ordered = new LinkedHashSet<>(intersections);
        for (List<Integer> intersection : ordered) {
            for (int number : intersection) {
                if (number < 0 || number >= declared) {
                    throw new IllegalArgumentException(
                            "an intersection must name declared attributes: " + intersection);
                }
            }
            if (intersection.size() > 2 && !ordered.contains(intersection.subList(0, intersection.size() - 1))) {
                throw new IllegalArgumentException("what an intersection begins with must be one too: " + intersection);
            }
        }
        intersections = ordered;
    }

    private static Set<List<Integer>> pairsAndTriples() {
        Set<List<Integer>> all = new LinkedHashSet<>();
        for (int first = 0; first < EIGHT_ATTRIBUTES.size(); first++) {
            for (int second = first + 1; second < EIGHT_ATTRIBUTES.size(); second++) {
                all.add(List.of(first, second));
            }
        }
        all.addAll(TRIPLES);
        return all;
    }

    /** Slices of each event. */
    public int perEvent() {
        return 1 + declared + intersections.size();
    }

    /** Different slices of a deployment. */
    int perDeployment() {
        int slices = 1;
        for (int i = 0; i < declared; i++) {
            slices += attributes.get(i).values();
        }
        for (List<Integer> intersection : intersections) {
            slices += intersection.stream()
                    .mapToInt(number -> attributes.get(number).values())
                    .reduce(1, Math::multiplyExact);
        }
        return slices;
    }

    /** Names of the attributes that are sliced by. */
    public List<String> dimensions() {
        return attributes.stream().limit(declared).map(Dimension::name).toList();
    }

    /** Names of what has to be declared beside the dimensions: an intersection brings what it begins with. */
    public List<List<String>> declaredIntersections() {
        return intersections.stream()
                .filter(pair -> intersections.stream()
                        .noneMatch(longer -> longer.size() > pair.size()
                                && longer.subList(0, pair.size()).equals(pair)))
                .map(its -> its.stream()
                        .map(number -> attributes.get(number).name())
                        .toList())
                .toList();
    }

    /** The slices of an answer as text, the overall one first. */
    List<String> of(Answer answer) {
        List<String> slices = new ArrayList<>(perEvent());
        slices.add(Sums.OVERALL);
        for (int i = 0; i < declared; i++) {
            slices.add(term(i, answer));
        }
        for (List<Integer> intersection : intersections) {
            slices.add(intersection.stream().map(number -> term(number, answer)).collect(Collectors.joining(", ")));
        }
        return slices;
    }

    private String term(int number, Answer answer) {
        Dimension its = attributes.get(number);
        return its.name() + "=" + its.value(answer.values().get(number));
    }
}
