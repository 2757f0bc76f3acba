package io.fencegate.app.config;

/** How the agents of one process share threads. */
public enum ThreadsMode {
    /** They take turns on one thread. */
    SHARED,
    /** Each has a thread of its own. */
    DEDICATED
}
