package io.fencegate.core.broken;

import io.fencegate.core.broken.inner.LooksBack;
import java.net.InetSocketAddress;

/** Breaks two rules on purpose: the law names an address, and a package that looks back at it. */
public final class NamesAPort {
    private InetSocketAddress address;
    private LooksBack other;

    /** What it names. @return both */
    public String names() {
        return address + " " + other;
    }
}
