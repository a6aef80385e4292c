package dev.lastmile.local.replay;

/** A row cannot be used because of what one of its columns holds. */
final class BadCell extends Exception {

    private static final long serialVersionUID = 1;

    private final String column;

    /**
     * @param column which one; empty for the row as a whole
     * @param reason what it must be; without the customer's text, which may be confidential
     */
    BadCell(String column, String reason) {
        super(reason);
        this.column = column;
    }

    String column() {
        return column;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
