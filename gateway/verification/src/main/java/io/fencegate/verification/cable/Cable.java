package io.fencegate.verification.cable;

/**
 * The cable between one media driver and the network: whole, or cut in both directions.
 *
 * <p>Any thread.
 */
public final class Cable {
    private volatile boolean cut;

    /** From here on nothing goes in or out. */
    public void cut() {
        cut = true;
    }

    /** From here on everything goes in and out again. */
    public void mend() {
        cut = false;
    }

    /**
     * Whether nothing goes in or out.
     *
     * @return true between {@link #cut} and {@link #mend}
     */
    public boolean isCut() {
        return cut;
    }
}
