package dev.lastmile.local;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says how far something is: in place on a terminal, otherwise as a line now and then, so that a log stays readable.
 * Ordinary lines go through {@link #print}, which keeps the two apart.
 */
public final class ProgressLine {

    private static final long ON_TERMINAL_NANOS = Duration.ofMillis(100).toNanos();
    private static final long IN_LOG_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int BAR_WIDTH = 30;

    private final PrintWriter out;
    private final boolean onTerminal;
    private final LongSupplier nanoTime;
    private long nextNanos;
    private int shownLength;

    /**
     * @param out where to
     * @param onTerminal whether a line can be overwritten there
     * @param nanoTime as {@link System#nanoTime()}
     */
    public ProgressLine(PrintWriter out, boolean onTerminal, LongSupplier nanoTime) {
        this.out = out;
        this.onTerminal = onTerminal;
        this.nanoTime = nanoTime;
        nextNanos = nanoTime.getAsLong() + (onTerminal ? 0 : IN_LOG_NANOS);
    }

    /** One that writes to where a command writes to. */
    public static ProgressLine of(PrintWriter out) {
        return new ProgressLine(out, isTerminal(), System::nanoTime);
    }

    /** Whether somebody sits at a terminal; a console alone says so up to JDK 21, later ones have to be asked. */
    @SuppressWarnings("SystemConsoleNull") // null up to JDK 21, and isTerminal() is asked where there is one
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** A bar with a share from 0 to 1 and what is being done. */
    public static String bar(double share, String what) {
        double within = Math.min(1, Math.max(0, share));
        int filled = (int) Math.round(within * BAR_WIDTH);
        return "[" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + Math.round(within * 100) + " % "
                + what;
    }

    /** Whether it is time for {@link #show}: lets a caller save the making of a text that would not be shown. */
    public boolean isDue() {
        return nanoTime.getAsLong() - nextNanos >= 0;
    }

    /** Shows the text if it is time. */
    public void show(String text) {
        if (!isDue()) {
            return;
        }
        nextNanos = nanoTime.getAsLong() + (onTerminal ? ON_TERMINAL_NANOS : IN_LOG_NANOS);
        if (onTerminal) {
            out.print("\r" + text + " ".repeat(Math.max(0, shownLength - text.length())));
            shownLength = text.length();
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Prints an ordinary line; a progress line on a terminal makes room for it and comes back. */
    public void print(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /** Takes the progress line off the terminal. */
    public void clear() {
        if (onTerminal && shownLength > 0) {
            out.print("\r" + " ".repeat(shownLength) + "\r");
            out.flush();
            shownLength = 0;
            nextNanos = nanoTime.getAsLong();
        }
    }
}
