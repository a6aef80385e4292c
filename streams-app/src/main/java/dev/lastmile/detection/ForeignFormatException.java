package dev.lastmile.detection;

import java.io.IOException;

/** What is read as state has another format than is known here. */
public final class ForeignFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ForeignFormatException(String message) {
        super(message);
    }
}
