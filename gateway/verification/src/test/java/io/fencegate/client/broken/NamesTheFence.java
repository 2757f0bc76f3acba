package io.fencegate.client.broken;

import io.fencegate.core.fence.FenceTable;

/** Breaks a rule on purpose: the client knows the gateway's table. */
public final class NamesTheFence {
    private FenceTable fences;

    /** What it names. @return the table's size */
    public int size() {
        return fences.size();
    }
}
