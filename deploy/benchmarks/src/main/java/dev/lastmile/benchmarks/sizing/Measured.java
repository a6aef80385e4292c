package dev.lastmile.benchmarks.sizing;

import dev.lastmile.local.simulation.report.Table;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was measured.
 *
 * @param figures one for every constant
 */
record Measured(Map<Constant, Figure> figures) {

    private static final String FILE = "measured.properties";
    private static final String BY = ".by";

    /**
     * A value and where it is from.
     *
     * @param value in the unit of its constant, more than 0
     * @param by command or file
     */
    record Figure(double value, String by) {
        Figure {
            if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("value must be > 0 and finite: " + value);
            }
            if (by.isBlank()) {
                throw new IllegalArgumentException("by must not be blank");
            }
        }
    }

    Measured {
        figures = Map.copyOf(figures);
        for (Constant constant : Constant.values()) {
            if (!figures.containsKey(constant)) {
                throw new IllegalArgumentException("every constant must have a figure: " + constant.key());
            }
        }
    }

    /** As they stand in the checked-in file. */
    static Measured read() {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Measured.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return of(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /** Each constant's key and the same with {@code .by}; anything else is refused. */
    static Measured of(Properties properties) {
        Map<Constant, Figure> figures = new EnumMap<>(Constant.class);
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        for (Constant constant : Constant.values()) {
            String value = required(properties, constant.key());
            figures.put(constant, new Figure(Double.parseDouble(value), required(properties, constant.key() + BY)));
            unknown.remove(constant.key());
            unknown.remove(constant.key() + BY);
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("keys must be those of constants: " + unknown);
        }
        return new Measured(figures);
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("key must be there: " + key);
        }
        return value.strip();
    }

    double of(Constant constant) {
        return Objects.requireNonNull(figures.get(constant)).value();
    }

    /** The same with another value. */
    Measured with(Constant constant, double value) {
        Map<Constant, Figure> changed = new EnumMap<>(figures);
        changed.put(constant, new Figure(value, "what if"));
        return new Measured(changed);
    }

    Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (Constant constant : Constant.values()) {
            Figure figure = Objects.requireNonNull(figures.get(constant));
            rows.add(List.of(constant.meaning(), Rounded.exact(figure.value()), figure.by()));
        }
        return new Table("What all is computed from", List.of("what", "value", "from"), rows);
    }
}
