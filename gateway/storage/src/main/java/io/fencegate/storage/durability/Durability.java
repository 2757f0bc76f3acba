package io.fencegate.storage.durability;

/** What an accepted write survives. Immutable; any thread. */
public enum Durability {
    /** The death of the gateway's process: the record is in the kernel's page cache. */
    PROCESS,
    /** The loss of the machine's power: the record is synced before its answer leaves. */
    DISK
}
