package io.fencegate.storage.line;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.fencegate.storage.session.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the fragments of one client's messages together, and stops reading while its session has no room for an answer.
 * Unlike Aeron's own assemblers it never takes more memory than the longest message needs: of a longer one it keeps the
 * beginning and counts the rest.
 *
 * <p>The line's thread; takes its buffer at the first fragmented message.
 */
final class RequestAssembler implements ControlledFragmentHandler {
    private static final int NOT_ASSEMBLING = -1;

    private final Session session;
    private final RequestAdapter requests;
    private final int messageLengthMax;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private int length;
    private int lengthSent = NOT_ASSEMBLING;

    /**
     * Assembles for one session.
     *
     * @param session that sends
     * @param requests takes whole messages
     * @param messageLengthMax longest message that is kept whole, in bytes
     */
    RequestAssembler(final Session session, final RequestAdapter requests, final int messageLengthMax) {
        this.session = session;
        this.requests = requests;
        this.messageLengthMax = messageLengthMax;
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final byte flags = header.flags();
        final boolean isEnd = (flags & FrameDescriptor.END_FRAG_FLAG) != 0;
        if (isEnd && !session.isRead()) {
            return Action.ABORT;
        }
        if ((flags & FrameDescriptor.UNFRAGMENTED) == FrameDescriptor.UNFRAGMENTED) {
            requests.onMessage(session, buffer, offset, length, length);
        } else {
            onPart(buffer, offset, length, flags);
        }
        return Action.CONTINUE;
    }

    private void onPart(final DirectBuffer buffer, final int offset, final int length, final byte flags) {
        if ((flags & FrameDescriptor.BEGIN_FRAG_FLAG) != 0) {
            if (message.capacity() == 0) {
                message.wrap(new byte[messageLengthMax]);
            }
            this.length = 0;
            lengthSent = 0;
        }
        if (lengthSent == NOT_ASSEMBLING) {
            return;
        }
        final int kept = Math.min(length, messageLengthMax - this.length);
        message.putBytes(this.length, buffer, offset, kept);
        this.length += kept;
        lengthSent += length;
        if ((flags & FrameDescriptor.END_FRAG_FLAG) != 0) {
            requests.onMessage(session, message, 0, this.length, lengthSent);
            lengthSent = NOT_ASSEMBLING;
        }
    }
}
