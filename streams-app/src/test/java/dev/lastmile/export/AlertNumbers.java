package dev.lastmile.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lastmile.export.Adversary.Cell;
import dev.lastmile.schema.AlertEvent;
import dev.lastmile.slice.Slice;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** All numbers of an alert, as the JSON API or the topic of alerts has it, and what they say of how many there are. */
final class AlertNumbers {

    static final String BASELINE = "baseline";
    static final String LABELLED = " labelled";
    static final String RECEIVED = " received";

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    /** What says nothing of how many there are in any slice: a weight of the whole deployment, times, a setting. */
    private static final Set<String> SILENT = Set.of(
            "inference_weight",
            "window_start",
            "window_end_exclusive",
            "started_at",
            "ended_at",
            "updated_at",
            "novelty.first_seen");

    private final JsonNode alert;
    private final Map<String, Double> numbers = new TreeMap<>();
    private final Map<Slice, Long> labelsNeeded = new TreeMap<>();
    private final Set<String> told = new TreeSet<>(SILENT);

    AlertNumbers(JsonNode alert) {
        this.alert = snakeCased(alert);
        gather("", this.alert);
    }

    AlertNumbers(AlertEvent event) {
        this(generic(event));
    }

    private static JsonNode generic(AlertEvent event) {
        try {
            return new ObjectMapper().readTree(event.toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("records print themselves as JSON", e);
        }
    }

    private static JsonNode snakeCased(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        var snakeCased = new ObjectMapper().createObjectNode();
        node.properties()
                .forEach(field -> snakeCased.set(
                        CAPITAL.matcher(field.getKey())
                                .replaceAll(letter -> "_" + letter.group().toLowerCase(Locale.ROOT))
                                .replace("effect_lower", "lower")
                                .replace("effect_upper", "upper"),
                        snakeCased(field.getValue())));
        return snakeCased;
    }

    private void gather(String path, JsonNode node) {
        node.properties().forEach(field -> {
            String name = path + field.getKey();
            if (field.getValue().isNumber()) {
                numbers.put(name, field.getValue().asDouble());
            } else if (field.getValue().isObject()) {
                gather(name + ".", field.getValue());
            } else if (name.equals("novelty.labels_needed")) {
                for (JsonNode need : field.getValue()) {
                    JsonNode slice = need.has("slice") ? need.get("slice") : need.get("slice_name");
                    labelsNeeded.put(
                            Slice.parse(slice.asText()), need.get("labelled").asLong());
                }
            }
        });
    }

    /** Tells them all; one of which it is not known what it says is an error. */
    void tell(Adversary adversary) {
        String kind = alert.get("kind").asText();
        String version = alert.get("model_version").asText();
        Slice slice =
                Slice.parse((alert.get("slice").isTextual() ? alert.get("slice") : alert.get("slice_name")).asText());
        boolean isNew = kind.equals("NEW_CONDITION");
        boolean isCoverage = kind.equals("LABEL_COVERAGE");
        Cell labelled = Cell.of(version + LABELLED, slice);
        Cell received = Cell.of(version + RECEIVED, slice);
        Cell restLabelled = adversary.besides(version + LABELLED, slice);
        Cell restReceived = adversary.besides(version + RECEIVED, slice);
        Cell before = Cell.of(BASELINE + LABELLED, slice);
        Cell receivedBefore = Cell.of(BASELINE + RECEIVED, slice);
        Cell restBefore = adversary.besides(BASELINE + LABELLED, slice);
        Cell restReceivedBefore = adversary.besides(BASELINE + RECEIVED, slice);

        number("labelled", count -> adversary.hearsCount(isCoverage ? received : labelled, (long) count));
        if (isCoverage) {
            number("slice_mean", missing -> adversary.hearsShare(labelled, received, 1 - missing));
            number("rest_mean", missing -> adversary.hearsShare(restLabelled, restReceived, 1 - missing));
            number("baseline_slice_mean", missing -> adversary.hearsShare(before, receivedBefore, 1 - missing));
            number("baseline_rest_mean", missing -> adversary.hearsShare(restBefore, restReceivedBefore, 1 - missing));
        } else {
            number("slice_mean", mean -> {
                if (!isNew || numbers.getOrDefault("labelled", 0.0) > 0) {
                    adversary.hearsRatio(labelled, mean);
                }
            });
            number("rest_mean", mean -> adversary.hearsRatio(restLabelled, mean));
            number("baseline_slice_mean", mean -> adversary.hearsRatio(before, mean));
            number("baseline_rest_mean", mean -> adversary.hearsRatio(restBefore, mean));
        }
        number("coverage_now", share -> adversary.hearsShare(labelled, received, share));
        number("rest_coverage_now", share -> adversary.hearsShare(restLabelled, restReceived, share));
        number("coverage_at_baseline", share -> adversary.hearsShare(before, receivedBefore, share));
        number("ratio_now", ratio -> adversary.hearsRatio(labelled, ratio));
        number("ratio_at_baseline", ratio -> adversary.hearsRatio(before, ratio));
        // Differences of means, and what they are certain to: no finer than the means, so that they say no more of
        // them.
        for (String size : Set.of("effect", "lower", "upper")) {
            number(size, value -> {
                if (Math.abs(Math.round(value * 10_000) - value * 10_000) > 1e-6) {
                    throw new AssertionError(size + " is told in full: " + value);
                }
            });
        }
        number("novelty.traffic_share", share -> {
            adversary.hearsAtLeast(received, 11);
            adversary.hearsPart(received, Cell.of(version + RECEIVED, Slice.OVERALL), share);
        });
        labelsNeeded.forEach((cell, count) -> {
            adversary.hearsAtLeast(Cell.of(version + RECEIVED, cell), 11);
            // Nothing where it is hidden, too.
            if (count > 0) {
                adversary.hearsCount(Cell.of(version + LABELLED, cell), count);
            }
        });
        if (!told.containsAll(numbers.keySet())) {
            throw new AssertionError("nobody was told what these say: " + numbers.keySet() + " but " + told);
        }
    }

    private interface Hears {
        void number(double value);
    }

    private void number(String name, Hears hears) {
        told.add(name);
        Double value = numbers.get(name);
        if (value != null) {
            hears.number(value);
        }
    }
}
