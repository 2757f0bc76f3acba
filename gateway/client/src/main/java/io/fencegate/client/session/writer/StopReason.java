package io.fencegate.client.session.writer;

import io.fencegate.core.grant.Verdict;

/**
 * Why a writer has stopped. It never goes on by itself.
 *
 * <p>Immutable; any thread.
 */
public enum StopReason {
    /** A newer grant fences it. It never writes again. */
    FENCED(false),
    /** Another client or another process with the same ticket owns the resource. */
    SUPERSEDED(true),
    /** The gateway refuses to open the resource, for a reason that waiting does not mend. */
    REFUSED(true),
    /** The gateway has lost writes that it had acknowledged. It never writes again. */
    ACKNOWLEDGED_WRITES_LOST(false),
    /** Somebody else wrote with this ticket. It never writes again. */
    FOREIGN_WRITES(false),
    /** The gateway has another journal than before, or an earlier generation of it. It never writes again. */
    GATEWAY_WENT_BACK(false),
    /** Nothing could be settled for as long as its settings allow. */
    TIMED_OUT(true);

    private final boolean mayReopen;

    StopReason(final boolean mayReopen) {
        this.mayReopen = mayReopen;
    }

    /** Why a refusal stops a writer. */
    static StopReason of(final Verdict refusal) {
        return switch (refusal) {
            case STALE_TOKEN -> FENCED;
            case NOT_OWNER -> SUPERSEDED;
            default -> REFUSED;
        };
    }

    /** Whether the writer's owner may open it again. @return false if it is over for good */
    public boolean mayReopen() {
        return mayReopen;
    }
}
