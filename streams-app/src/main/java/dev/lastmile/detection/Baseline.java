package dev.lastmile.detection;

import dev.lastmile.slice.Slice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A frozen, versioned reference of a deployment: what "before" means.
 *
 * @param version {@code b} and 8 hexadecimal digits that follow from period and content, or a name given by the customer
 * @param source where it comes from
 * @param fromMs start of the period, event time in epoch milliseconds
 * @param toExclusiveMs end of the period
 * @param frozenAtMs processing clock at which it was frozen
 * @param designEffect by how much its means vary more than those of independent inferences, at least 1
 * @param slices every slice it knows, in the order of slices
 */
public record Baseline(
        String version,
        Source source,
        long fromMs,
        long toExclusiveMs,
        long frozenAtMs,
        double designEffect,
        Map<Slice, SliceBaseline> slices) {

    /** How a baseline came to be. */
    public enum Source {
        /** From the first labelled inferences. */
        LEARNED,
        /** From the inferences of a time range. */
        RANGE,
        /** From a file the customer gave. */
        FILE
    }

    private static final byte FORMAT = 2;

    public Baseline {
        if (version.isBlank()) {
            throw new IllegalArgumentException("version must not be blank");
        }
        if (!(designEffect >= 1) || Double.isInfinite(designEffect)) {
            throw new IllegalArgumentException("designEffect must be >= 1 and finite: " + designEffect);
        }
        slices = Collections.unmodifiableMap(new TreeMap<>(slices));
    }

    /** A baseline whose version is made from its period and content, so that equal ones are named alike. */
    public static Baseline of(
            Source source,
            long fromMs,
            long toExclusiveMs,
            long frozenAtMs,
            double designEffect,
            Map<Slice, SliceBaseline> slices) {
        StringBuilder content = new StringBuilder()
                .append(fromMs)
                .append(' ')
                .append(toExclusiveMs)
                .append(' ')
                .append(designEffect);
        new TreeMap<>(slices)
                .forEach((slice, its) ->
                        content.append('\n').append(slice).append('\n').append(its));
        return new Baseline(
                "b" + hash(content.toString()), source, fromMs, toExclusiveMs, frozenAtMs, designEffect, slices);
    }

    /** This baseline under a name that a customer gave it. */
    public Baseline named(String name) {
        return new Baseline(name, source, fromMs, toExclusiveMs, frozenAtMs, designEffect, slices);
    }

    /** Whether its version is a name that was given to it, and does not follow from its content. */
    public boolean isNamed() {
        return !version.equals(of(source, fromMs, toExclusiveMs, frozenAtMs, designEffect, slices)
                .version());
    }

    /** Its part of the whole deployment; absent where nothing was counted. */
    public Optional<SliceBaseline> overall() {
        return Optional.ofNullable(slices.get(Slice.OVERALL));
    }

    /**
     * What the slice is compared with. A slice that the baseline knows has its own part, however small; one that it has
     * never seen has that of its nearest ancestor, if the baseline knows other values of all dimensions that the ancestor
     * lacks. Where it knows none, as on a service card that leaves a dimension out, nobody can say that a value is new, nor
     * what it used to be like. Between ancestors equally near, one that keeps the last term comes
     * first: {@code noise=imaging,accent=scottish} is compared as {@code accent=scottish} is, its siblings as the other
     * accents. An ancestor without the last term tells the slice and its siblings not apart, so that both get its part.
     *
     * @param slice any slice
     * @param minimumBaseline how many scores an ancestor must have
     * @return empty where neither the slice nor an ancestor will do
     */
    public Optional<Reference> referenceFor(Slice slice, long minimumBaseline) {
        SliceBaseline own = slices.get(slice);
        if (own != null && own.scored() > 0) {
            return Optional.of(new Reference(slice, true, group(own), restOf(slice, own), designEffect));
        }
        if (slice.isOverall()) {
            return Optional.empty();
        }
        for (Slice ancestor : ancestorsOf(slice)) {
            SliceBaseline its = slices.get(ancestor);
            boolean known = slice.terms().stream()
                    .allMatch(term -> ancestor.terms().contains(term) || knowsDimension(term.dimension()));
            if (known && its != null && its.scored() >= Math.max(1, minimumBaseline)) {
                boolean keepsLast = ancestor.terms().contains(slice.last());
                return Optional.of(new Reference(
                        ancestor, false, group(its), keepsLast ? restOf(ancestor, its) : group(its), designEffect));
            }
        }
        return Optional.empty();
    }

    /** Whether it holds some value of a dimension. */
    public boolean knowsDimension(String dimension) {
        return slices.keySet().stream()
                .anyMatch(slice ->
                        slice.terms().size() == 1 && slice.last().dimension().equals(dimension));
    }

    /** Nearest first; of equally near ones, first those that keep the last term, then those that keep later ones. */
    private static List<Slice> ancestorsOf(Slice slice) {
        int terms = slice.terms().size();
        List<Slice> ancestors = new ArrayList<>();
        for (int kept = terms - 1; kept >= 0; kept--) {
            // The highest bit stands for the last term, so counting down keeps it first.
            for (int mask = (1 << terms) - 1; mask >= 0; mask--) {
                if (Integer.bitCount(mask) == kept) {
                    List<Slice.Term> chosen = new ArrayList<>();
                    for (int i = 0; i < terms; i++) {
                        if ((mask >> i & 1) == 1) {
                            chosen.add(slice.terms().get(i));
                        }
                    }
                    ancestors.add(new Slice(chosen));
                }
            }
        }
        return ancestors;
    }

    private static Reference.Group group(SliceBaseline part) {
        return new Reference.Group(part.received(), part.labelled(), part.scored(), part.mean(), part.variance());
    }

    /** Parent minus slice, by sums: Σx = N·b and Σx² = N·(v + b²). */
    private Reference.@Nullable Group restOf(Slice slice, SliceBaseline part) {
        SliceBaseline parent = slice.isOverall() ? null : slices.get(slice.parent());
        if (parent == null || parent.scored() <= part.scored()) {
            return null;
        }
        long scored = parent.scored() - part.scored();
        double sum = parent.scored() * parent.mean() - part.scored() * part.mean();
        double squares = parent.scored() * (parent.variance() + parent.mean() * parent.mean())
                - part.scored() * (part.variance() + part.mean() * part.mean());
        double mean = Math.min(1, Math.max(0, sum / scored));
        double variance = Math.max(0, squares / scored - mean * mean);
        return new Reference.Group(
                Math.max(0, parent.received() - part.received()),
                Math.max(0, parent.labelled() - part.labelled()),
                scored,
                mean,
                variance);
    }

    static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes all of it, a format version first. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeUTF(version);
        out.writeUTF(source.name());
        out.writeLong(fromMs);
        out.writeLong(toExclusiveMs);
        out.writeLong(frozenAtMs);
        out.writeDouble(designEffect);
        out.writeInt(slices.size());
        for (Map.Entry<Slice, SliceBaseline> entry : slices.entrySet()) {
            SliceBaseline its = entry.getValue();
            out.writeUTF(entry.getKey().toString());
            out.writeLong(its.received());
            out.writeLong(its.labelled());
            out.writeLong(its.scored());
            out.writeLong(its.errors());
            out.writeLong(its.trials());
            out.writeDouble(its.mean());
            out.writeDouble(its.variance());
        }
    }

    /** The inverse of {@link #writeTo}; throws {@link IOException} for another format. */
    public static Baseline readFrom(DataInput in) throws IOException {
        StateFormat.require("baseline", FORMAT, in);
        String version = in.readUTF();
        Source source = Source.valueOf(in.readUTF());
        long fromMs = in.readLong();
        long toExclusiveMs = in.readLong();
        long frozenAtMs = in.readLong();
        double designEffect = in.readDouble();
        Map<Slice, SliceBaseline> slices = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Slice slice = Slice.parse(in.readUTF());
            slices.put(
                    slice,
                    new SliceBaseline(
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readDouble(),
                            in.readDouble()));
        }
        return new Baseline(version, source, fromMs, toExclusiveMs, frozenAtMs, designEffect, slices);
    }
}
