package io.fencegate.journal.recovery;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is remembered of one resource: its name, its fence, and how far the writes under this fence went.
 *
 * <p>Mutable; one thread.
 */
public final class FenceState {
    private final int handle;
    private final byte[] name;
    private long token;
    private long clientId;
    private long seal;
    private long sequence;

    FenceState(final int handle, final byte[] name) {
        this.handle = handle;
        this.name = name;
    }

    static byte[] copyOf(final DirectBuffer bytes) {
        final byte[] copy = new byte[bytes.capacity()];
        bytes.getBytes(0, copy);
        return copy;
    }

    void raise(final long newToken, final long newClientId, final long newSeal) {
        token = newToken;
        clientId = newClientId;
        seal = newSeal;
        sequence = 0;
    }

    void accepted(final long newSequence) {
        sequence = newSequence;
    }

    boolean isNamed(final DirectBuffer bytes) {
        if (bytes.capacity() != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes.getByte(i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Handle of the resource. @return from 0 */
    public int handle() {
        return handle;
    }

    /** Name of the resource. @return a view of exactly its bytes */
    public DirectBuffer name() {
        return new UnsafeBuffer(name);
    }

    /** Name of the resource, for messages. @return as text */
    public String nameText() {
        return new String(name, StandardCharsets.UTF_8);
    }

    /** The fence. @return its token */
    public long token() {
        return token;
    }

    /** Client of the fence's grant. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** Seal of the fence's grant. @return the seal, 0 without a key */
    public long seal() {
        return seal;
    }

    /** Last sequence accepted under the fence. @return 0 if none */
    public long sequence() {
        return sequence;
    }
}
