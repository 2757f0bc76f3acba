package io.fencegate.core.grant;

/**
 * What the sequencer hands out: the right to write to a resource until somebody else is granted a higher token. It
 * carries all that a gateway's check needs. {@link Ticket} is its printable form.
 *
 * <p>Immutable; any thread.
 *
 * @param resource name of the resource, see {@link ResourceName}
 * @param token of the grant, see {@link Token#isValid}
 * @param clientId holder to which it was granted
 * @param ttlMs time to live of the lease in milliseconds, positive
 * @param seal of the grant, 0 where the sequencer has no key
 */
public record Grant(String resource, long token, long clientId, long ttlMs, long seal) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if no sequencer could have issued this grant
     */
    public Grant {
        if (!ResourceName.isValid(resource)) {
            throw new IllegalArgumentException("no such resource name: " + ResourceName.RULE);
        }
        if (!Token.isValid(token)) {
            throw new IllegalArgumentException("no such token: token=" + token);
        }
        if (ttlMs <= 0) {
            throw new IllegalArgumentException("no such time to live: ttlMs=" + ttlMs);
        }
    }

    /**
     * The same grant as it was answered last: with another seal where the sequencer's key is another one by now.
     *
     * @param other any grant
     * @return the other one if it is the same right of the same holder, else this one
     */
    public Grant renewedBy(final Grant other) {
        return other.token == token && other.clientId == clientId && other.resource.equals(resource) ? other : this;
    }

    /** The grant as logs may show it: without the seal, which opens the fence. @return its public parts */
    @Override
    public String toString() {
        return "Grant[resource=" + resource + ", token=" + Token.describe(token) + ", clientId=" + clientId + ", ttlMs="
                + ttlMs + "]";
    }
}
