package io.fencegate.tuning;

/** What the host check thinks of one thing. In rising order of concern. */
public enum Health {
    /** As it should be. */
    OK,
    /** It works, but slower, or less surely, than the profile promises. */
    WARN,
    /** The profile cannot work so. */
    FAIL
}
