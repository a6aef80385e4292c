package dev.lastmile.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lastmile.alert.BaselineStanding;
import dev.lastmile.alert.DeploymentSnapshot;
import dev.lastmile.alert.SliceStanding;
import dev.lastmile.detection.Baseline;
import dev.lastmile.detection.BaselineTrail;
import dev.lastmile.detection.SliceBaseline;
import dev.lastmile.slice.Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Baselines as service cards, the YAML that a policy's {@code baseline.file} names: one that is read back gives the same
 * references, to the last bit of every number.
 *
 * <p>Slices with fewer than {@link SliceStanding#MINIMUM_SHOWN} labelled inferences are left out, as on every output, and so are
 * those from which they could be had; a card that lacks some therefore has another version when it is read back.
 */
final class CardView {

    /** A tree's numbers are written in full, since an exponent is no number to some readers of YAML. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
            .build();

    private final StringBuilder yaml = new StringBuilder();

    private CardView() {}

    /** The baseline in force; empty without one, or if it has too few labelled inferences to be shown. */
    static Optional<byte[]> inForce(Publication publication) {
        DeploymentSnapshot snapshot = publication.snapshot();
        Baseline baseline = snapshot.baseline().inForce();
        if (baseline == null || !isShown(baseline.overall())) {
            return Optional.empty();
        }
        CardView card = new CardView();
        card.comment("Baseline " + baseline.version() + " of " + snapshot.deployment() + ": " + baseline.source()
                + setBy(snapshot.baseline().trail()));
        if (baseline.isNamed()) {
            card.line("version: " + json(baseline.version()));
        }
        if (baseline.toExclusiveMs() > baseline.fromMs()) {
            card.line("from: " + json(Instant.ofEpochMilli(baseline.fromMs()).toString()));
            card.line(
                    "to: " + json(Instant.ofEpochMilli(baseline.toExclusiveMs()).toString()));
        }
        return Optional.of(
                card.slices(baseline.designEffect(), baseline.slices(), publication.shown(baseline.slices())));
    }

    /** What a deployment is like now; empty if it has too few labelled inferences to be shown. */
    static Optional<byte[]> current(Publication publication) {
        DeploymentSnapshot snapshot = publication.snapshot();
        BaselineStanding standing = snapshot.baseline();
        if (!isShown(Optional.ofNullable(standing.current().get(Slice.OVERALL)))) {
            return Optional.empty();
        }
        CardView card = new CardView();
        card.comment("All that was labelled of " + snapshot.deployment() + " until "
                + Instant.ofEpochMilli(snapshot.asOfMs()) + ", of the model versions that answered last");
        return Optional.of(card.slices(standing.currentDesignEffect(), standing.current(), publication.shownNow()));
    }

    private static boolean isShown(Optional<SliceBaseline> part) {
        return part.filter(its -> its.labelled() >= SliceStanding.MINIMUM_SHOWN).isPresent();
    }

    private static String setBy(List<BaselineTrail.Entry> trail) {
        if (trail.isEmpty()) {
            return "";
        }
        BaselineTrail.Entry last = trail.get(trail.size() - 1);
        return ", set by " + last.setBy() + " at " + Instant.ofEpochMilli(last.setAtMs());
    }

    private byte[] slices(double designEffect, Map<Slice, SliceBaseline> slices, Map<Slice, SliceBaseline> shown) {
        if (shown.size() < slices.size()) {
            // Not how many: all that are left out together could then be told apart.
            comment("Slices with fewer than " + SliceStanding.MINIMUM_SHOWN
                    + " labelled inferences are left out, and some from which these could be had");
        }
        line("designEffect: " + exactly(designEffect).toPlainString());
        line("slices:");
        shown.forEach((slice, part) -> line("  - " + json(entry(slice, part))));
        return yaml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode entry(Slice slice, SliceBaseline part) {
        ObjectNode entry = JSON.createObjectNode();
        ObjectNode terms = entry.putObject("slice");
        slice.asMap().forEach(terms::put);
        return entry.put("received", part.received())
                .put("labelled", part.labelled())
                .put("scored", part.scored())
                .put("errors", part.errors())
                .put("trials", part.trials())
                .put("mean", exactly(part.mean()))
                .put("variance", exactly(part.variance()));
    }

    /** The shortest decimal that reads back as the same double. */
    private static BigDecimal exactly(double value) {
        return new BigDecimal(Double.toString(value));
    }

    private void comment(String text) {
        line("# " + text);
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    /** JSON is YAML too, and quotes whatever needs it. */
    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and trees can always be written", e);
        }
    }
}
