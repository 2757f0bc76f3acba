package io.fencegate.sequencer.muster;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.exceptions.RegistrationException;
import io.aeron.logbuffer.FragmentHandler;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells the other members this one's status, and hears theirs: a stream of its own on the endpoint of each for votes and
 * heartbeats. A message that is lost is made good by the next.
 *
 * <p>One thread.
 */
public final class StatusExchange implements AutoCloseable {
    /** The stream, on each member's consensus endpoint. */
    public static final int STREAM_ID = 5201;

    private static final String CHANNEL = "aeron:udp?term-length=64k|endpoint=";
    private static final int FRAGMENT_LIMIT = 20;

    private final Aeron aeron;
    private final int memberId;
    private final List<String> endpoints;
    private final ErrorHandler errorHandler;
    private final Subscription subscription;
    private final ExclusivePublication[] publications;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MemberStatusDescriptor.LENGTH]);
    private final FragmentHandler onFragment;
    private long refused;

    /**
     * Begins to hear.
     *
     * @param aeron client of the caller's thread
     * @param memberId of this member
     * @param endpoints {@code host:port} of each member, in the order of their ids
     * @param listener told of each status of another member
     * @param errorHandler told of endpoints that cannot be reached
     */
    public StatusExchange(
            final Aeron aeron,
            final int memberId,
            final List<String> endpoints,
            final Consumer<MemberStatus> listener,
            final ErrorHandler errorHandler) {
        this.aeron = aeron;
        this.memberId = memberId;
        this.endpoints = List.copyOf(endpoints);
        this.errorHandler = errorHandler;
        publications = new ExclusivePublication[endpoints.size()];
        onFragment = (message, offset, length, header) -> {
            final MemberStatus status = MemberStatusDescriptor.decode(message, offset, length, publications.length);
            if (status == null || status.memberId() == memberId) {
                refused++;
            } else {
                listener.accept(status);
            }
        };
        subscription = aeron.addSubscription("aeron:udp?endpoint=" + endpoints.get(memberId), STREAM_ID);
    }

    /**
     * Hears what has come.
     *
     * @return messages
     */
    public int poll() {
        return subscription.poll(onFragment, FRAGMENT_LIMIT);
    }

    /**
     * Tells every other member that can be reached.
     *
     * @param status of this member
     * @return how many were told
     */
    public int tell(final MemberStatus status) {
        MemberStatusDescriptor.encode(status, buffer);
        int told = 0;
        for (int i = 0; i < publications.length; i++) {
            if (i != memberId && isAdded(i)) {
                final long result = publications[i].offer(buffer, 0, MemberStatusDescriptor.LENGTH);
                told += result > 0 ? 1 : 0;
                if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
                    CloseHelper.close(publications[i]);
                    publications[i] = null;
                }
            }
        }
        return told;
    }

    /** Messages that were none of another member of this cluster. @return their count */
    public long refused() {
        return refused;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(publications);
        CloseHelper.close(subscription);
    }

    /** A host without an address today may have one tomorrow. */
    private boolean isAdded(final int member) {
        if (publications[member] == null) {
            try {
                publications[member] = aeron.addExclusivePublication(CHANNEL + endpoints.get(member), STREAM_ID);
            } catch (final RegistrationException unreachable) {
                errorHandler.onError(unreachable);
            }
        }
        return publications[member] != null;
    }
}
