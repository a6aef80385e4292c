package dev.lastmile.faults.proxy;

import java.time.Duration;

/** What a proxy does to a request or to its response. */
public sealed interface Interference {

    /** Nothing. */
    record None() implements Interference {}

    /** It is passed on after that time; what comes after it on the same connection waits too. */
    record Delay(Duration by) implements Interference {}

    /** The request reaches the broker, and the connection is closed instead of the response. */
    record CutResponse() implements Interference {}

    /** The connection is closed instead of passing the request on. */
    record CutRequest() implements Interference {}

    /** The request reaches the broker, and the response never comes, while the connection stays. */
    record SwallowResponse() implements Interference {}
}
