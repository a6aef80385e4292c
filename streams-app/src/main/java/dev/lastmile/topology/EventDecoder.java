package dev.lastmile.topology;

/** Judges raw records; never throws for anything a customer can send. */
public interface EventDecoder {

    /** What the record is. */
    Intake.OfRecord decode(SourceRecord source);
}
