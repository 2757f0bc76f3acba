package io.fencegate.core.lease.watch;

import io.fencegate.core.grant.LeaseEventKind;
import org.agrona.DirectBuffer;

/**
 * Something that happened to a lease. It and its name are borrowed for the call that is given it.
 *
 * <p>Mutable and reused; one thread.
 */
public final class LeaseEvent {
    private long revision;
    private LeaseEventKind kind;
    private long holder;
    private long token;
    private long remainingMs;
    private DirectBuffer name;

    LeaseEvent at(final long revision) {
        this.revision = revision;
        return this;
    }

    LeaseEvent what(final LeaseEventKind kind, final DirectBuffer name) {
        this.kind = kind;
        this.name = name;
        return this;
    }

    LeaseEvent whose(final long holder, final long token, final long remainingMs) {
        this.holder = holder;
        this.token = token;
        this.remainingMs = remainingMs;
        return this;
    }

    /** Its number among all lease events. @return from 1, rising */
    public long revision() {
        return revision;
    }

    /** What happened. @return the kind */
    public LeaseEventKind kind() {
        return kind;
    }

    /** Whose lease it is, or was. @return a clientId */
    public long holder() {
        return holder;
    }

    /** Token of the lease. @return positive */
    public long token() {
        return token;
    }

    /** What is left of the lease. @return in milliseconds of log time, 0 where it ended */
    public long remainingMs() {
        return remainingMs;
    }

    /** Name of the resource. @return a buffer that holds the name and nothing else */
    public DirectBuffer name() {
        return name;
    }
}
