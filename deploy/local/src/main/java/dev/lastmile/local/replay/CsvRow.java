package dev.lastmile.local.replay;

import java.util.Map;

/**
 * One row of a file.
 *
 * @param line the line it begins on, from 1
 * @param cells column to content; every column of the header is there, and may be empty
 */
record CsvRow(long line, Map<String, String> cells) {

    /** The content of a column; empty where the file has no such column. */
    String get(String column) {
        return cells.getOrDefault(column, "");
    }

    /** The content of a column that must not be empty. */
    String required(String column) throws BadCell {
        String text = get(column);
        if (text.isEmpty()) {
            throw new BadCell(column, "must not be empty");
        }
        return text;
    }
}
