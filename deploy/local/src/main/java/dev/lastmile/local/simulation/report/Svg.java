package dev.lastmile.local.simulation.report;

import java.util.Locale;

/** A picture, written line by line. Mutable. */
public final class Svg {

    private final StringBuilder text = new StringBuilder();

    /** Adds a line, as {@link String#format(Locale, String, Object...)} makes it; texts of others must be escaped. */
    public void add(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** A text that may stand between tags and in attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** All lines. */
    @Override
    public String toString() {
        return text.toString();
    }
}
