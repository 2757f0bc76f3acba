package io.fencegate.client;

import io.fencegate.client.session.writer.WriterLife;
import io.fencegate.client.session.writer.WriterState;

/**
 * Tells a listener what happened to a writer since it was told last. What came and went between two polls is told as
 * little as makes sense: a session that was lost and followed by another is told as both.
 *
 * <p>The client's thread; does not allocate.
 */
final class LifeTeller {
    private final WriterLife life;
    private long lossesTold;
    private boolean isOpenTold;
    private boolean isAbsenceTold;
    private long stopsTold;

    LifeTeller(final WriterLife life) {
        this.life = life;
    }

    boolean hasNews() {
        return !isOpenTold || isAbsenceTold || life.losses() != lossesTold;
    }

    /** Tells everything but a stop. */
    int tellChanges(final WriteListener listener) {
        int count = 0;
        final boolean isOpen = life.state() == WriterState.OPEN;
        if (!isOpenTold && life.opened() != null) {
            isOpenTold = true;
            isAbsenceTold = false;
            listener.onOpened(life.opened());
            count++;
        }
        if (isOpenTold && life.losses() != lossesTold) {
            lossesTold = life.losses();
            if (!isAbsenceTold) {
                isAbsenceTold = true;
                listener.onConnectionLost(life.lossReason());
                count++;
            }
        }
        if (isAbsenceTold && isOpen) {
            isAbsenceTold = false;
            listener.onResumed(life.opened());
            count++;
        }
        return count;
    }

    /** Tells a stop, once. */
    int tellStop(final WriteListener listener) {
        if (life.state() != WriterState.STOPPED || life.stops() == stopsTold) {
            return 0;
        }
        stopsTold = life.stops();
        isAbsenceTold = true;
        listener.onStopped(life.stopReason());
        return 1;
    }
}
