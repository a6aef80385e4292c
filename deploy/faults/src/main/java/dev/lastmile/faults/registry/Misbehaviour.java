package dev.lastmile.faults.registry;

/** What a registry, or what stands before it, may do instead of answering. */
public enum Misbehaviour {
    /** It cuts the connection. */
    GONE,
    /** It takes the question and says nothing. */
    SILENT,
    /** It answers, a byte a second. */
    DRIPPING,
    /** Status 200, and a page for people. */
    PAGE,
    /** Status 401. */
    LOCKED,
    /** Status 429. */
    BUSY,
    /** Status 500. */
    BROKEN,
    /** Status 404, but it is a proxy that says so. */
    PROXY_LOST,
    /** Status 200, and ten megabytes that begin like an answer. */
    ENDLESS,
    /** Status 302 to another host. */
    POINTS_ELSEWHERE
}
