package io.fencegate.core.broken.inner;

import io.fencegate.core.broken.NamesAPort;

/** Breaks a rule on purpose: closes a cycle between two packages. */
public final class LooksBack {
    private NamesAPort other;

    /** What it names. @return the other */
    public String names() {
        return String.valueOf(other);
    }
}
