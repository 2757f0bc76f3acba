package io.fencegate.client.sequencer;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.ListLeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.ReleaseEncoder;
import io.fencegate.codecs.wire.RenewEncoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.ResourceName;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes one command to the sequencer outward, and sends the same bytes as often as it takes.
 *
 * <p>The client's thread.
 */
public final class CommandPublisher {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX]);
    private final UnsafeBuffer name = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
    private final UnsafeBuffer after = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AcquireEncoder acquire = new AcquireEncoder();
    private final RenewEncoder renew = new RenewEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final ListLeasesEncoder list = new ListLeasesEncoder();
    private int length;

    /**
     * Encodes an Acquire.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param resource a valid name
     * @param ttlMs that the lease shall run
     * @param waitMs that the client waits at most
     */
    public void acquire(
            final long clientId, final long requestId, final String resource, final long ttlMs, final long waitMs) {
        final int nameLength = ResourceName.encode(resource, name, 0);
        acquire.wrapAndApplyHeader(buffer, 0, header)
                .clientId(clientId)
                .requestId(requestId)
                .ttlMs(ttlMs)
                .waitMs(waitMs)
                .putResource(name, 0, nameLength);
        length = MessageHeaderEncoder.ENCODED_LENGTH + acquire.encodedLength();
    }

    /**
     * Encodes a Renew by the grant's holder.
     *
     * @param requestId of the command
     * @param grant of the lease
     * @param ttlMs that the lease shall run from now
     */
    public void renew(final long requestId, final Grant grant, final long ttlMs) {
        final int nameLength = ResourceName.encode(grant.resource(), name, 0);
        renew.wrapAndApplyHeader(buffer, 0, header)
                .clientId(grant.clientId())
                .requestId(requestId)
                .token(grant.token())
                .ttlMs(ttlMs)
                .putResource(name, 0, nameLength);
        length = MessageHeaderEncoder.ENCODED_LENGTH + renew.encodedLength();
    }

    /**
     * Encodes a Release by the grant's holder.
     *
     * @param requestId of the command
     * @param grant of the lease
     */
    public void release(final long requestId, final Grant grant) {
        final int nameLength = ResourceName.encode(grant.resource(), name, 0);
        release.wrapAndApplyHeader(buffer, 0, header)
                .clientId(grant.clientId())
                .requestId(requestId)
                .token(grant.token())
                .putResource(name, 0, nameLength);
        length = MessageHeaderEncoder.ENCODED_LENGTH + release.encodedLength();
    }

    /**
     * Encodes a ListLeases.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param prefix a valid name, or empty
     * @param last name of the page before, or empty
     */
    public void list(final long clientId, final long requestId, final String prefix, final String last) {
        final int prefixLength = prefix.isEmpty() ? 0 : ResourceName.encode(prefix, name, 0);
        final int lastLength = last.isEmpty() ? 0 : ResourceName.encode(last, after, 0);
        list.wrapAndApplyHeader(buffer, 0, header)
                .clientId(clientId)
                .requestId(requestId)
                .putPrefix(name, 0, prefixLength)
                .putAfter(after, 0, lastLength);
        length = MessageHeaderEncoder.ENCODED_LENGTH + list.encodedLength();
    }

    /**
     * Sends the command that was encoded last.
     *
     * @param connection to the sequencer
     * @return true if it is under way, false if it could not be sent now
     */
    public boolean send(final SequencerConnection connection) {
        return connection.offer(buffer, 0, length) > 0;
    }
}
