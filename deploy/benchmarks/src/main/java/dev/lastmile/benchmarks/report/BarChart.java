package dev.lastmile.benchmarks.report;

import dev.lastmile.local.simulation.report.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Groups of horizontal bars on one linear axis that begins at 0, as an SVG. A bar's length is the median of the rounds; a thin
 * line goes from the least to the greatest.
 */
public final class BarChart {

    private static final int WIDTH = 860;
    private static final int LEFT = 250;
    private static final int RIGHT = 90;
    private static final int TOP = 60;
    private static final int ROW = 24;
    private static final int BAR = 16;
    private static final int GROUP_HEAD = 30;
    private static final int BOTTOM = 40;
    private static final int TICKS = 5;

    /** Ours, and all others. */
    private static final List<String> COLOURS = List.of("#0072b2", "#999999");

    /**
     * A bar.
     *
     * @param label what it stands for
     * @param value its length
     * @param ours whether it stands out from the others
     */
    public record Bar(String label, Spread value, boolean ours) {}

    /** Bars under a heading. */
    public record Group(String heading, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    private final Svg svg = new Svg();
    private final double step;
    private final double greatest;

    private BarChart(double greatestValue) {
        step = step(greatestValue / TICKS);
        greatest = step * Math.ceil(greatestValue / step);
    }

    /** 1, 2 or 5 times a power of ten, at least that much. */
    static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double factor = least / power;
        return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
    }

    /**
     * The picture's text.
     *
     * @param groups with one bar at least, not all of length 0
     */
    public static String draw(String title, String axis, List<Group> groups) {
        List<Bar> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.bars()));
        double greatest =
                all.stream().mapToDouble(bar -> bar.value().max()).max().orElse(0);
        if (!(greatest > 0)) {
            throw new IllegalArgumentException("a bar must be longer than 0: " + all);
        }
        BarChart chart = new BarChart(greatest);
        chart.drawAll(title, axis, groups, all.size());
        return chart.svg.toString();
    }

    private void drawAll(String title, String axis, List<Group> groups, int bars) {
        int bottom = TOP + groups.size() * GROUP_HEAD + bars * ROW;
        svg.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, bottom + BOTTOM, WIDTH, bottom + BOTTOM);
        svg.add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        svg.add("<text x=\"20\" y=\"26\" font-size=\"16\">%s</text>", Svg.escaped(title));
        for (int tick = 0; tick * step <= greatest * (1 + 1e-9); tick++) {
            double x = x(tick * step);
            svg.add("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>", x, TOP - 12, x, bottom);
            svg.add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, bottom + 16, number(tick * step));
        }
        svg.add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\">%s</text>", x(greatest), bottom + 33, Svg.escaped(axis));
        int y = TOP;
        for (Group group : groups) {
            svg.add(
                    "<text x=\"20\" y=\"%d\" font-size=\"13\" font-weight=\"bold\">%s</text>",
                    y + 18, Svg.escaped(group.heading()));
            y += GROUP_HEAD;
            for (Bar bar : group.bars()) {
                drawBar(bar, y);
                y += ROW;
            }
        }
        svg.add("</svg>");
    }

    private void drawBar(Bar bar, int y) {
        int middle = y + BAR / 2;
        Spread value = bar.value();
        svg.add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LEFT - 8, middle + 4, Svg.escaped(bar.label()));
        svg.add(
                "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                LEFT, y, x(value.median()) - LEFT, BAR, COLOURS.get(bar.ours() ? 0 : 1));
        svg.add(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#000000\"/>",
                x(value.min()), middle, x(value.max()), middle);
        svg.add("<text x=\"%.1f\" y=\"%d\">%s</text>", x(value.max()) + 6, middle + 4, number(value.median()));
    }

    private double x(double value) {
        return LEFT + value / greatest * (WIDTH - LEFT - RIGHT);
    }

    /** Three figures at most where they are not needed to tell ticks apart. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%,.0f" : "%.1f", value);
    }
}
