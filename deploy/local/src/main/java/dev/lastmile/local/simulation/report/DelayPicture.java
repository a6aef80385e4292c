package dev.lastmile.local.simulation.report;

import dev.lastmile.local.CannotRun;
import dev.lastmile.local.simulation.trial.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Delay against effect size as an SVG, a panel for each slice, a line for each method. The delay is the median, on a
 * logarithmic axis, with its 95 % interval as a bar; a point is missing where the method did not detect in half of the runs,
 * and, with a note, where it did before the slice had a labelled inference.
 */
public final class DelayPicture {

    private static final int PANEL_WIDTH = 380;
    private static final int PANEL_HEIGHT = 340;
    private static final int LEFT = 70;
    private static final int TOP = 60;
    private static final int BOTTOM = 60;
    private static final int GAP = 70;
    private static final int LEGEND_WIDTH = 330;
    private static final int LEGEND_LINE = 20;

    /** A logarithmic axis has no place for 0; see {@link #leftOut}. */
    private static final long LEAST_SHOWN = 1;

    private static final double GREATEST_LEAST = 100;

    /** Bars of methods at one effect stand side by side. */
    private static final double APART = 1.6;

    /** The first seven are told apart also by most who do not see red or green; shapes of points help with the others. */
    private static final List<String> COLOURS = List.of(
            "#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#8b1a1a",
            "#5e3c99", "#7a6a00", "#00d0c0", "#ff2fbf", "#9ccc00");

    private static final List<String> DASHES = List.of("", "6 3", "2 3");

    /** Points of a method: a circle, a square, a triangle, a diamond. In pixels around the place. */
    private static final List<String> SHAPES = List.of(
            "M-3.5,0a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0z",
            "M-3.2,-3.2h6.4v6.4h-6.4z",
            "M0,-4.4L4.2,3.2H-4.2z",
            "M0,-4.6L4.2,0L0,4.6L-4.2,0z");

    private final Svg svg = new Svg();

    /** Of each method while nothing is wrong: a short delay is no merit of one that cries wolf. */
    private final Map<String, String> falseAlarms = new LinkedHashMap<>();

    private DelayPicture() {}

    /**
     * Writes the picture.
     *
     * @throws CannotRun when it cannot be written
     */
    public static void write(Path file, List<Figure> figures) throws CannotRun {
        try {
            Files.write(file, draw(figures).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CannotRun.at("cannot write the picture to " + file, e);
        }
    }

    /** The picture's text. */
    public static String draw(List<Figure> figures) {
        DelayPicture picture = new DelayPicture();
        for (Figure.FalseAlarms alarms : Tables.only(figures, Figure.FalseAlarms.class)) {
            if (alarms.scenario().points() == 0) {
                picture.falseAlarms.putIfAbsent(
                        alarms.method(), Wording.number(alarms.all().rate()));
            }
        }
        picture.drawAll(withLines(Tables.bySlice(Tables.only(figures, Figure.Detections.class))));
        return picture.svg.toString();
    }

    /** Slices that more than one effect was planted in; all where there is none, so that a single effect has its points. */
    private static Map<String, List<Figure.Detections>> withLines(Map<String, List<Figure.Detections>> bySlice) {
        Map<String, List<Figure.Detections>> withLines = new LinkedHashMap<>(bySlice);
        withLines
                .values()
                .removeIf(its -> its.stream()
                                .map(figure -> figure.scenario().points())
                                .distinct()
                                .count()
                        < 2);
        return withLines.isEmpty() ? bySlice : withLines;
    }

    private void drawAll(Map<String, List<Figure.Detections>> bySlice) {
        Map<String, Integer> methods = new LinkedHashMap<>();
        Axes axes = axes(bySlice, methods);
        int panels = Math.max(1, bySlice.size());
        int width = LEFT + panels * PANEL_WIDTH + (panels - 1) * GAP + LEGEND_WIDTH;
        int height = Math.max(TOP + PANEL_HEIGHT + BOTTOM, TOP + LEGEND_LINE * (methods.size() + 2));
        svg.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                width, height, width, height);
        svg.add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        svg.add(
                "<text x=\"%d\" y=\"24\" font-size=\"16\">Delay until a slice that got worse is named: median of the runs,"
                        + " bars 95 %%</text>",
                LEFT);
        int left = LEFT;
        for (Map.Entry<String, List<Figure.Detections>> entry : bySlice.entrySet()) {
            drawFrame(left, entry.getKey(), entry.getValue(), axes);
            drawLines(left, entry.getValue(), axes, methods);
            drawNote(left, entry.getValue());
            left += PANEL_WIDTH + GAP;
        }
        drawLegend(left - GAP + 24, methods);
        svg.add("</svg>");
    }

    /** What both axes of all panels show, so that panels compare. */
    private record Axes(List<Double> effects, double leastLog, double greatestLog) {
        double x(double effect) {
            int last = effects.size() - 1;
            double from = effects.get(0);
            double to = effects.get(last);
            double margin = 0.08;
            double share = to > from ? (effect - from) / (to - from) : 0.5;
            return (margin + share * (1 - 2 * margin)) * PANEL_WIDTH;
        }

        double y(double delay) {
            double share = (Math.log10(Math.max((double) LEAST_SHOWN, delay)) - leastLog) / (greatestLog - leastLog);
            return PANEL_HEIGHT * (1 - share);
        }
    }

    private static Axes axes(Map<String, List<Figure.Detections>> bySlice, Map<String, Integer> methods) {
        TreeSet<Double> effects = new TreeSet<>();
        double least = GREATEST_LEAST;
        double greatest = GREATEST_LEAST;
        for (List<Figure.Detections> figures : bySlice.values()) {
            for (Figure.Detections figure : figures) {
                methods.putIfAbsent(figure.method(), methods.size());
                effects.add(figure.scenario().points());
                if (hasPoint(figure)) {
                    least = Math.min(least, (double) figure.ofSlice().lower().orElse((long) GREATEST_LEAST));
                    greatest = Math.max(
                            greatest, (double) figure.ofSlice().median().getAsLong());
                    greatest =
                            Math.max(greatest, (double) figure.ofSlice().upper().orElse((long) GREATEST_LEAST));
                }
            }
        }
        if (effects.isEmpty()) {
            effects.add(0.0);
        }
        return new Axes(
                new ArrayList<>(effects),
                Math.floor(Math.log10(Math.max((double) LEAST_SHOWN, least))),
                Math.ceil(Math.log10(1.01 * greatest)));
    }

    private void drawFrame(int left, String slice, List<Figure.Detections> figures, Axes axes) {
        int bottom = TOP + PANEL_HEIGHT;
        svg.add(
                "<text x=\"%d\" y=\"%d\" font-size=\"13\">%s, %s of the traffic</text>",
                left,
                TOP - 10,
                Svg.escaped(slice),
                Wording.percent(figures.get(0).scenario().share()));
        for (double decade = axes.leastLog(); decade <= axes.greatestLog(); decade++) {
            for (int step = 1; step < 10; step++) {
                double value = step * Math.pow(10, decade);
                if (Math.log10(value) > axes.greatestLog() + 1e-9) {
                    break;
                }
                double y = TOP + axes.y(value);
                svg.add(
                        "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>",
                        left, y, left + PANEL_WIDTH, y, step == 1 ? "#bbbbbb" : "#eeeeee");
                if (step == 1 || step == 2 || step == 5) {
                    svg.add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>", left - 6, y + 4, value);
                }
            }
        }
        svg.add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#555555\"/>",
                left, TOP, PANEL_WIDTH, PANEL_HEIGHT);
        for (double effect : axes.effects()) {
            double x = left + axes.x(effect);
            svg.add("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#555555\"/>", x, bottom, x, bottom + 5);
            svg.add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x, bottom + 20, Wording.points(effect));
        }
        svg.add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">effect, points of mean score</text>",
                left + PANEL_WIDTH / 2, bottom + 42);
        svg.add(
                "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\">labelled inferences of the"
                        + " slice</text>",
                left - 50, TOP + PANEL_HEIGHT / 2);
    }

    private void drawLines(int left, List<Figure.Detections> figures, Axes axes, Map<String, Integer> methods) {
        methods.forEach((method, index) -> {
            StringBuilder points = new StringBuilder();
            for (Figure.Detections figure : figures) {
                if (figure.method().equals(method) && hasPoint(figure)) {
                    double x = left + axes.x(figure.scenario().points()) + (index - methods.size() / 2.0) * APART;
                    double y = TOP + axes.y((double) figure.ofSlice().median().getAsLong());
                    points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
                    drawInterval(x, figure, axes, index);
                    drawPoint(x, y, index);
                }
            }
            if (points.length() > 0) {
                svg.add("<polyline points=\"%s\" %s/>", points.toString().strip(), stroke(index));
            }
        });
    }

    private static boolean hasPoint(Figure.Detections figure) {
        return figure.ofSlice().median().orElse(-1) >= LEAST_SHOWN;
    }

    /** A median before the first labelled inference of the slice. */
    private static boolean leftOut(Figure.Detections figure) {
        return figure.ofSlice().median().isPresent() && !hasPoint(figure);
    }

    private void drawNote(int left, List<Figure.Detections> figures) {
        Set<String> methods = new LinkedHashSet<>();
        figures.stream()
                .filter(DelayPicture::leftOut)
                .map(Figure.Detections::method)
                .forEach(methods::add);
        if (!methods.isEmpty()) {
            svg.add(
                    "<text x=\"%d\" y=\"%d\" font-size=\"10\" fill=\"#555555\">medians of 0 have no point: %s</text>",
                    left, TOP + PANEL_HEIGHT + 56, Svg.escaped(String.join(", ", methods)));
        }
    }

    private void drawPoint(double x, double y, int index) {
        svg.add(
                "<path class=\"point\" transform=\"translate(%.1f %.1f)\" d=\"%s\" fill=\"%s\"/>",
                x, y, SHAPES.get(index % SHAPES.size()), colour(index));
    }

    private void drawInterval(double x, Figure.Detections figure, Axes axes, int index) {
        if (figure.ofSlice().lower().isPresent() && figure.ofSlice().upper().isPresent()) {
            svg.add(
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-opacity=\"0.45\"/>",
                    x,
                    TOP + axes.y((double) figure.ofSlice().lower().getAsLong()),
                    x,
                    TOP + axes.y((double) figure.ofSlice().upper().getAsLong()),
                    colour(index));
        }
    }

    private void drawLegend(int left, Map<String, Integer> methods) {
        if (!falseAlarms.isEmpty()) {
            svg.add(
                    "<text x=\"%d\" y=\"%d\" fill=\"#555555\">method: false alarms per 100,000, nothing wrong</text>",
                    left, TOP);
        }
        methods.forEach((method, index) -> {
            int y = TOP + 20 + index * LEGEND_LINE;
            svg.add("<polyline points=\"%d,%d %d,%d\" %s/>", left, y, left + 30, y, stroke(index));
            drawPoint(left + 15, y, index);
            svg.add("<text x=\"%d\" y=\"%d\">%s</text>", left + 38, y + 4, Svg.escaped(withRate(method)));
        });
    }

    private String withRate(String method) {
        String rate = falseAlarms.get(method);
        return rate == null ? method : method + ": " + rate;
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    private static String stroke(int index) {
        String dash = DASHES.get(index / COLOURS.size() % DASHES.size());
        return "fill=\"none\" stroke-width=\"" + (index < 2 ? "2.5" : "1.5") + "\" stroke=\"" + colour(index) + "\""
                + (dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"");
    }
}
