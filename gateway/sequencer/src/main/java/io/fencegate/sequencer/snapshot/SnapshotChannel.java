package io.fencegate.sequencer.snapshot;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * Brings records into the archive and back.
 *
 * <p>Used by the service container's thread.
 */
public final class SnapshotChannel {
    private static final int FRAGMENT_LIMIT = 64;

    private SnapshotChannel() {}

    /**
     * A sink that offers each record until the archive takes it.
     *
     * @param publication that the archive records
     * @param idleStrategy of the cluster
     * @return the sink; it throws {@link SnapshotException} where the publication is no more
     */
    public static RecordSink into(final ExclusivePublication publication, final IdleStrategy idleStrategy) {
        final Breath breath = new Breath(idleStrategy);
        return (buffer, offset, length) -> {
            breath.onRecords(1);
            idleStrategy.reset();
            long result = publication.offer(buffer, offset, length);
            while (result < 0) {
                if (result != Publication.BACK_PRESSURED && result != Publication.ADMIN_ACTION) {
                    throw new SnapshotException(
                            "the archive takes no more records: result=" + Publication.errorString(result));
                }
                idleStrategy.idle();
                result = publication.offer(buffer, offset, length);
            }
        };
    }

    /**
     * Reads a whole snapshot.
     *
     * @param image of the recording
     * @param idleStrategy of the cluster
     * @param adapter that decodes it
     * @throws SnapshotException if it is not whole
     */
    public static void load(final Image image, final IdleStrategy idleStrategy, final SnapshotAdapter adapter) {
        // An image that is polled keeps what its handler throws to itself, so it is carried around it.
        final RuntimeException[] failure = new RuntimeException[1];
        final FragmentHandler handler = (buffer, offset, length, header) -> {
            try {
                if (failure[0] == null) {
                    adapter.onRecord(buffer, offset, length);
                }
            } catch (final RuntimeException e) {
                failure[0] = e;
            }
        };
        final Breath breath = new Breath(idleStrategy);
        idleStrategy.reset();
        while (!adapter.isWhole()) {
            final int fragments = image.poll(handler, FRAGMENT_LIMIT);
            if (failure[0] != null) {
                throw failure[0];
            }
            if (fragments == 0 && (image.isClosed() || image.isEndOfStream())) {
                throw new SnapshotException("a snapshot ends before its last record: position=" + image.position());
            }
            breath.onRecords(fragments);
            idleStrategy.idle(fragments);
        }
    }
}
