package io.fencegate.client.sequencer;

import io.fencegate.client.session.lease.CommandKind;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.client.session.lease.WatchSession;
import io.fencegate.codecs.wire.LeaseEventDecoder;
import io.fencegate.codecs.wire.UnwatchedDecoder;
import io.fencegate.codecs.wire.WatchDroppedDecoder;
import io.fencegate.codecs.wire.WatchingDecoder;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import org.agrona.DirectBuffer;

/**
 * Decodes what the sequencer says of watches inward, and passes over what it cannot read.
 *
 * <p>The client's thread.
 */
final class WatchAdapter {
    private final WatchingDecoder watching = new WatchingDecoder();
    private final LeaseEventDecoder event = new LeaseEventDecoder();
    private final WatchDroppedDecoder dropped = new WatchDroppedDecoder();
    private final UnwatchedDecoder unwatched = new UnwatchedDecoder();
    private final LeaseSession session;
    private final NameBounds bounds;

    WatchAdapter(final LeaseSession session, final NameBounds bounds) {
        this.session = session;
        this.bounds = bounds;
    }

    void onWatching(final DirectBuffer body, final int blockLength, final int version) {
        if (blockLength < WatchingDecoder.BLOCK_LENGTH) {
            return;
        }
        watching.wrap(body, 0, blockLength, version);
        final LeaseAnswer answer = session.due(CommandKind.WATCH, watching.clientId(), watching.requestId());
        if (answer != null) {
            answer.onWatching(watching.revision());
        }
    }

    void onEvent(final DirectBuffer body, final int blockLength, final int version) {
        if (blockLength < LeaseEventDecoder.BLOCK_LENGTH || !bounds.hasWholeName(body, blockLength)) {
            return;
        }
        event.wrap(body, 0, blockLength, version);
        final WatchSession watch = session.watch(event.clientId(), event.watchRequestId());
        final LeaseEventKind kind = LeaseEventKind.ofCode(event.kind());
        if (watch != null && kind != null) {
            watch.onEvent(new LeaseEvent(
                    event.revision(), kind, event.resource(), event.holder(), event.token(), event.remainingMs()));
        }
    }

    void onDropped(final DirectBuffer body, final int blockLength, final int version) {
        if (blockLength < WatchDroppedDecoder.BLOCK_LENGTH) {
            return;
        }
        dropped.wrap(body, 0, blockLength, version);
        final WatchSession watch = session.watch(dropped.clientId(), dropped.watchRequestId());
        if (watch != null) {
            watch.onDisturbed();
        }
    }

    void onUnwatched(final DirectBuffer body, final int blockLength, final int version) {
        if (blockLength < UnwatchedDecoder.BLOCK_LENGTH) {
            return;
        }
        unwatched.wrap(body, 0, blockLength, version);
        final LeaseAnswer answer = session.due(CommandKind.UNWATCH, unwatched.clientId(), unwatched.requestId());
        if (answer != null) {
            answer.onDone(LeaseVerdict.CANCELLED);
        }
    }
}
