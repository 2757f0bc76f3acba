package io.fencegate.app.config;

/** Whether the gateway's line has a core of its own. */
public enum ThreadsMode {
    /** It shares its core with others. */
    SHARED,
    /** It has one, and may be pinned to it. */
    DEDICATED
}
