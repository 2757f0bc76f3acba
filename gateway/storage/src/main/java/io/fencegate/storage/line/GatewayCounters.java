package io.fencegate.storage.line;

import io.aeron.Aeron;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.flow.Tally;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * What the gateway counts, in Aeron's counters file, where any process of the host can read it.
 *
 * <p>One writer per counter: the line's thread, but for the syncs, which are the sync agent's, and key failures; read by any.
 */
public final class GatewayCounters implements Tally {
    /** Type of the counter that holds the gateway's state. */
    public static final int STATE_TYPE_ID = 5100;

    /** Type of the counter of sessions. */
    public static final int SESSIONS_TYPE_ID = 5101;

    /** Type of the counter of sessions that were ended because their answers were not taken. */
    public static final int SESSIONS_BLOCKED_TYPE_ID = 5102;

    /** Type of the counter of syncs that answers waited for: writes by syncs is how many share one. */
    public static final int SYNCS_TYPE_ID = 5103;

    /** Type of the counter of looks for the keys of the seals that found none. */
    public static final int KEY_FAILURES_TYPE_ID = 5104;

    /** Type of the counters of answers: one per verdict, in the order of their codes. */
    public static final int VERDICT_TYPE_ID = 5110;

    private final AtomicCounter state;
    private final AtomicCounter sessions;
    private final AtomicCounter sessionsBlocked;
    private final AtomicCounter syncs;
    private final AtomicCounter keyFailures;
    private final AtomicCounter[] verdicts;

    /**
     * Allocates the counters. Before the agents start.
     *
     * @param aeron client that owns them
     */
    public GatewayCounters(final Aeron aeron) {
        state = aeron.addCounter(STATE_TYPE_ID, "fencegate gateway state: 1 recovering, 2 serving, 3 closed");
        sessions = aeron.addCounter(SESSIONS_TYPE_ID, "fencegate gateway sessions");
        sessionsBlocked =
                aeron.addCounter(SESSIONS_BLOCKED_TYPE_ID, "fencegate gateway sessions ended: answers were not taken");
        syncs = aeron.addCounter(SYNCS_TYPE_ID, "fencegate gateway syncs: of the journal, before its answers leave");
        keyFailures = aeron.addCounter(
                KEY_FAILURES_TYPE_ID, "fencegate gateway key failures: looks for keys that found none");
        int codeHighest = 0;
        for (final Verdict verdict : Verdict.values()) {
            codeHighest = Math.max(codeHighest, verdict.code());
        }
        verdicts = new AtomicCounter[codeHighest + 1];
        for (final Verdict verdict : Verdict.values()) {
            verdicts[verdict.code()] =
                    aeron.addCounter(VERDICT_TYPE_ID, "fencegate gateway answers: verdict=" + verdict);
        }
    }

    /**
     * Answers with this verdict.
     *
     * @param verdict any
     * @return count since the start
     */
    public long answers(final Verdict verdict) {
        return verdicts[verdict.code()].get();
    }

    /** Sessions, welcomed or not. @return count */
    public long sessions() {
        return sessions.get();
    }

    /** Sessions that were ended because their answers were not taken. @return count since the start */
    public long sessionsBlocked() {
        return sessionsBlocked.get();
    }

    /** Syncs of the journal's records that answers waited for; none at a durability without. @return count since the start */
    public long syncs() {
        return syncs.get();
    }

    /** A sync of the journal is done. Sync agent's thread. */
    public void countSync() {
        syncs.incrementRelease();
    }

    /** Looks for the keys of the seals that found none: those before serve on. @return count since the start */
    public long keyFailures() {
        return keyFailures.get();
    }

    /** No key could be had. Key agent's thread. */
    public void countKeyFailure() {
        keyFailures.incrementRelease();
    }

    @Override
    public void count(final Verdict verdict) {
        verdicts[verdict.code()].incrementRelease();
    }

    void state(final LineState line) {
        state.setRelease(line.code());
    }

    @Override
    public void sessions(final int count) {
        sessions.setRelease(count);
    }

    @Override
    public void countBlocked() {
        sessionsBlocked.incrementRelease();
    }
}
