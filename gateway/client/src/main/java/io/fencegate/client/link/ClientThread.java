package io.fencegate.client.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Notices, as far as it can without a lock, that two threads are inside of one client at once, or that a listener calls
 * what would call listeners again. It is a net under the rule that one thread at a time uses a client and what comes
 * from it; it does not make breaking the rule safe. Handing a client from one thread to another is fine.
 *
 * <p>Any thread. An entry costs two plain stores and no locked instruction.
 */
public final class ClientThread {
    private static final VarHandle INSIDE;

    static {
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(ClientThread.class, "inside", Thread.class);
        } catch (final ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    @SuppressWarnings("unused")
    private Thread inside;

    /**
     * Enters for something that does not call listeners, and that listeners may do.
     *
     * @return whether this entry is the outermost: for {@link #exit}
     * @throws IllegalStateException if another thread is inside
     */
    public boolean enter() {
        final Thread current = Thread.currentThread();
        final Thread other = (Thread) INSIDE.getOpaque(this);
        if (other == null) {
            INSIDE.setOpaque(this, current);
            return true;
        }
        if (other != current) {
            throw concurrent(current, other);
        }
        return false;
    }

    /**
     * Enters for something that may call listeners, and that they therefore may not do.
     *
     * @throws IllegalStateException if any thread is inside
     */
    public void enterAlone() {
        if (!enter()) {
            throw new IllegalStateException("A listener may only call what does not block or poll: thread="
                    + Thread.currentThread().getName() + ". Do it after the poll that called the listener.");
        }
    }

    /** Leaves. @param isOutermost as {@link #enter} returned; true after {@link #enterAlone} */
    public void exit(final boolean isOutermost) {
        if (isOutermost) {
            INSIDE.setOpaque(this, null);
        }
    }

    private static IllegalStateException concurrent(final Thread current, final Thread other) {
        return new IllegalStateException("Two threads use one client at once: thread=" + current.getName() + " inside="
                + other.getName() + ". Give each thread a client of its own, or let one agent own it.");
    }
}
