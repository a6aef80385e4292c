package dev.lastmile.benchmarks.sizing;

import dev.lastmile.local.simulation.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What limits a fleet, as tables and sentences. */
final class FleetTables {

    /** Partitions that the messages between the stages are shown for. */
    private static final List<Integer> PARTITIONS = List.of(8, 100, 400);

    private final Capacity capacity;
    private final Headroom headroom;
    private final Measured measured;

    FleetTables(Capacity capacity, Headroom headroom, Measured measured) {
        this.capacity = capacity;
        this.headroom = headroom;
        this.measured = measured;
    }

    List<Strain> strains(Fleet fleet) {
        return Strains.of(fleet.place(headroom), capacity, headroom, measured);
    }

    /** All strains of two fleets that differ in their slices, in the order of those of the second. */
    Table strains(String title, Fleet few, Fleet many) {
        Map<String, Strain> ofFew = strains(few).stream().collect(Collectors.toMap(Strain::what, strain -> strain));
        List<List<String>> rows = new ArrayList<>();
        for (Strain strain : strains(many)) {
            Strain its = Objects.requireNonNull(ofFew.get(strain.what()));
            rows.add(List.of(
                    strain.what(),
                    Rounded.exact(strain.limit()),
                    used(its),
                    used(strain),
                    strain.beyond().words(),
                    strain.remedy()));
        }
        return new Table(
                title, List.of("what", "limit", "5 slices", "50 slices", "beyond the limit", "what helps"), rows);
    }

    private static String used(Strain strain) {
        return Rounded.number(strain.used()) + ", " + share(strain);
    }

    /** What limits each of some fleets first and next, of what it cannot go on without. */
    Table first(String title, Map<String, Fleet> fleets) {
        List<List<String>> rows = new ArrayList<>();
        fleets.forEach((name, fleet) -> {
            List<Strain> stops = stops(fleet);
            rows.add(List.of(
                    name, stops.get(0).what(), share(stops.get(0)), stops.get(1).what(), share(stops.get(1))));
        });
        return new Table(title, List.of("fleet", "first", "used", "second", "used"), rows);
    }

    private List<Strain> stops(Fleet fleet) {
        return strains(fleet).stream()
                .filter(strain -> strain.beyond() == Strain.Beyond.STOPS)
                .toList();
    }

    /** What limits a fleet first, in words. */
    List<String> sentences(String name, Fleet fleet) {
        List<Strain> stops = stops(fleet);
        return List.of(sentence(name + ", first: ", stops.get(0)), sentence(name + ", second: ", stops.get(1)));
    }

    private static String sentence(String name, Strain strain) {
        return "* **" + name + strain.what() + "**, " + Rounded.number(strain.used()) + " where the limit is "
                + Rounded.exact(strain.limit()) + ": " + share(strain) + ". What helps: " + strain.remedy() + ".";
    }

    /** What is sent between the stages, by the number of tasks of the first. */
    Table messages(String title, Fleet few, Fleet many) {
        List<List<String>> rows = new ArrayList<>();
        for (int partitions : PARTITIONS) {
            Fleet.Placed withFew = few.withPartitions(partitions).place(headroom);
            Work its = withFew.whole().work();
            Work more = many.withPartitions(partitions).place(headroom).whole().work();
            rows.add(List.of(
                    Integer.toString(partitions),
                    Rounded.number(its.messages()),
                    Rounded.number(its.events() / its.messages()),
                    Rounded.number(its.messageCores(measured)),
                    Rounded.number(more.messageCores(measured))));
        }
        return new Table(
                title,
                List.of("tasks", "messages a second", "events a message", "processors for them, 5 slices", "50 slices"),
                rows);
    }

    private static String share(Strain strain) {
        return strain.share() < 0.005
                ? "< 1 %"
                : strain.share() < 1
                        ? String.format(Locale.ROOT, "%.0f %%", 100 * strain.share())
                        : Rounded.number(strain.share()) + " times";
    }
}
