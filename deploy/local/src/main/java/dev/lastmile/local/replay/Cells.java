package dev.lastmile.local.replay;

import dev.lastmile.event.DeploymentId;
import dev.lastmile.schema.EventLimits;
import dev.lastmile.schema.Label;
import dev.lastmile.schema.Quantity;
import dev.lastmile.schema.Transcript;
import dev.lastmile.score.Metric;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** What the cells of both files mean. */
final class Cells {

    /** Java would also read {@code 1d}, {@code 0x1p3} and spaces. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Cells() {}

    /** {@code customer} and {@code deployment}. */
    static DeploymentId deployment(CsvRow row) throws BadCell {
        String customer = row.required("customer");
        if (!DeploymentId.isCustomer(customer)) {
            throw new BadCell("customer", "must be 1 to 32 of a-z, 0-9 and -");
        }
        String deployment = row.required("deployment");
        if (!EventLimits.isDeployment(deployment)) {
            throw new BadCell(
                    "deployment",
                    "must be 1 to 128 letters, digits, spaces or any of ._:@- and not start with two underscores");
        }
        return new DeploymentId(customer, deployment);
    }

    /** A text of limited length without control characters. */
    static String visible(CsvRow row, String column, int maxLength) throws BadCell {
        String text = row.required(column);
        if (!EventLimits.isVisible(text, maxLength)) {
            throw new BadCell(column, "must be 1 to " + maxLength + " characters without control characters");
        }
        return text;
    }

    /** A point in time, ISO-8601 in UTC, from 1970 to 9999. */
    static Instant time(CsvRow row, String column) throws BadCell {
        String text = row.required(column);
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BadCell(column, "must be a time in ISO-8601, UTC, such as 2026-03-01T08:30:00Z");
        }
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new BadCell(column, "must be from 1970 to 9999");
        }
        return time;
    }

    /** A finite number. */
    static double number(CsvRow row, String column) throws BadCell {
        String text = row.required(column);
        if (!NUMBER.matcher(text).matches()) {
            throw new BadCell(column, "must be a number, such as 0.25, -3 or 1e-4");
        }
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new BadCell(column, "must be a finite number");
        }
        return number;
    }

    /** An answer, of the kind that the deployment's metric compares; a member of the events' unions. */
    static Object answer(CsvRow row, String column, Metric metric) throws BadCell {
        return switch (metric) {
            case WORD_ERROR_RATE -> {
                String text = row.get(column);
                if (text.length() > EventLimits.MAX_TRANSCRIPT_LENGTH) {
                    throw new BadCell(column, "must have at most " + EventLimits.MAX_TRANSCRIPT_LENGTH + " characters");
                }
                yield new Transcript(text);
            }
            case ERROR_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE ->
                new Label(visible(row, column, EventLimits.MAX_LABEL_LENGTH));
            case ABSOLUTE_ERROR -> new Quantity(number(row, column));
        };
    }
}
