package dev.lastmile.topology;

import org.apache.kafka.streams.errors.StreamsException;

/** More records wait for the schema registry than may: none of them is lost, and the task is to be tried again later. */
public final class TooManyWaitException extends StreamsException {

    private static final long serialVersionUID = 1L;

    TooManyWaitException(int most) {
        super("The schema registry does not answer and " + most
                + " records wait for it: reading stops until it is back");
    }
}
