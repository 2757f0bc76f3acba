package io.fencegate.client.session.writer;

import io.fencegate.core.grant.Verdict;

/**
 * Where a writer stands, and how it came there.
 *
 * <p>Changed by its {@link WriterSession} only. One thread.
 */
public final class WriterLife {
    private WriterState state = WriterState.OPENING;
    private StopReason stopReason;
    private Opened opened;
    private GatewayIdentity identity;
    private Verdict verdict;
    private long fenceToken;
    private long fenceClientId;
    private long proof;
    private long doubtFirst;
    private long doubtLast;
    private long losses;
    private long stops;
    private String lossReason = "";

    WriterLife() {}

    void expect(final GatewayIdentity known) {
        identity = known;
    }

    void onOpened(final Opened found, final GatewayIdentity by, final boolean isConsistent) {
        opened = found;
        if (isConsistent) {
            identity = by;
            state = WriterState.OPEN;
            forgetStop();
        }
    }

    void onSessionLost(final String reason) {
        if (state == WriterState.OPEN) {
            state = WriterState.RESUMING;
        }
        if (opened != null && isActive()) {
            losses++;
            lossReason = reason;
        }
    }

    void resume() {
        state = opened == null ? WriterState.OPENING : WriterState.RESUMING;
        forgetStop();
    }

    private void forgetStop() {
        stopReason = null;
        verdict = null;
        fenceToken = 0;
        fenceClientId = 0;
        proof = 0;
        doubtFirst = 0;
        doubtLast = 0;
    }

    void stop(final StopReason reason, final Verdict refusal, final long byToken, final long byClient) {
        if (state == WriterState.CLOSED) {
            return;
        }
        stops += state == WriterState.STOPPED ? 0 : 1;
        state = WriterState.STOPPED;
        stopReason = reason;
        verdict = refusal;
        fenceToken = byToken;
        fenceClientId = byClient;
        proof = 0;
    }

    /** What stopped it is proven. */
    void prove(final long byProof) {
        proof = byProof;
    }

    /** Notes what is in doubt at a stop, told before or not. */
    void doubt(final WriteWindow window) {
        final int count = window.doubtful();
        doubtFirst = count == 0 ? 0 : window.doubtfulSequence(0);
        doubtLast = count == 0 ? 0 : window.doubtfulSequence(count - 1);
    }

    void close() {
        state = WriterState.CLOSED;
    }

    boolean mayReopen() {
        return isActive() || state == WriterState.STOPPED && stopReason.mayReopen();
    }

    /** Whether it writes, or does what it can to write. @return false if it has stopped or was closed */
    public boolean isActive() {
        return state != WriterState.STOPPED && state != WriterState.CLOSED;
    }

    /** What the writer does. @return its state */
    public WriterState state() {
        return state;
    }

    /** Why the writer has stopped. @return null while it has not */
    public StopReason stopReason() {
        return stopReason;
    }

    /** What the gateway told at the last open. @return null before the first */
    public Opened opened() {
        return opened;
    }

    /** The gateway that opened last, or was met before. @return null if none was */
    public GatewayIdentity identity() {
        return identity;
    }

    /** The verdict that stopped the writer. @return null where none did */
    public Verdict verdict() {
        return verdict;
    }

    /** Token that fences the writer. @return 0 where none does */
    public long fenceToken() {
        return fenceToken;
    }

    /** Client of the grant that fences the writer. @return 0 where none does */
    public long fenceClientId() {
        return fenceClientId;
    }

    /** The gateway's proof that it opened the grant that fences the writer. @return 0 without a key, and after a write */
    public long proof() {
        return proof;
    }

    /** First sequence that was in flight when the writer stopped. @return 0 if none was */
    public long doubtFirst() {
        return doubtFirst;
    }

    /** Last sequence that was in flight when the writer stopped. @return 0 if none was */
    public long doubtLast() {
        return doubtLast;
    }

    /** How often a session was lost since the first open. @return rising */
    public long losses() {
        return losses;
    }

    /** How often the writer has stopped. @return rising */
    public long stops() {
        return stops;
    }

    /** Why a session was lost last. @return as {@code name=value}; empty if none was */
    public String lossReason() {
        return lossReason;
    }
}
