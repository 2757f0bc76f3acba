package io.fencegate.storage.admission;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.exceptions.RegistrationException;

/**
 * One client on its way to the line: its answers' publication is asked for, made, and connected, without waiting.
 *
 * <p>The admission agent's thread.
 */
final class Admission {
    /** How far it has come. */
    enum State {
        /** The media driver makes the publication. */
        ADDING,
        /** The client does not listen to it yet. */
        CONNECTING,
        /** The line may have it. */
        CONNECTED,
        /** The client asked for no answers, left, or took too long. */
        FAILED
    }

    private final Aeron aeron;
    private final Image requests;
    private final long answersId;
    private final long deadlineNs;
    private ExclusivePublication answers;
    private State state = State.ADDING;

    Admission(final Aeron aeron, final Image requests, final String answersChannel, final long deadlineNs) {
        this.aeron = aeron;
        this.requests = requests;
        this.deadlineNs = deadlineNs;
        answersId = aeron.asyncAddExclusivePublication(answersChannel, Endpoints.ANSWERS_STREAM_ID);
    }

    /**
     * Goes on as far as it goes.
     *
     * @param nowNs of the deadline's clock
     * @return where it stands now
     */
    State poll(final long nowNs) {
        if (state == State.ADDING) {
            add();
        }
        if (state == State.CONNECTING && answers.isConnected()) {
            state = State.CONNECTED;
        }
        if (state != State.CONNECTED && (requests.isClosed() || nowNs - deadlineNs > 0)) {
            state = State.FAILED;
        }
        return state;
    }

    private void add() {
        try {
            answers = aeron.getExclusivePublication(answersId);
            if (answers != null) {
                state = State.CONNECTING;
            }
        } catch (final RegistrationException notAResponseClient) {
            state = State.FAILED;
        }
    }

    /** Gives up what was asked for. */
    void abandon() {
        if (answers != null) {
            answers.close();
        } else {
            aeron.asyncRemovePublication(answersId);
        }
    }

    Image requests() {
        return requests;
    }

    ExclusivePublication answers() {
        return answers;
    }
}
