package io.fencegate.app.config;

/** What an accepted write survives. */
public enum Durability {
    /** kill -9 of the gateway: the page cache holds it. */
    PROCESS,
    /** A power loss of the machine: it was synced before the answer. */
    DISK
}
