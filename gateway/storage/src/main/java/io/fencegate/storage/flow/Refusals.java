package io.fencegate.storage.flow;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.RefusalLimit;
import io.fencegate.storage.session.Session;

/**
 * Journals the refusals that matter for audit, as far as limit and room allow. The line's thread; does not allocate.
 */
final class Refusals {
    private final FenceTable fences;
    private final Recorder recorder;
    private final RefusalLimit limit;
    private final RefusedRequest refusal = new RefusedRequest();
    private long nowNs;

    Refusals(final FenceTable fences, final Recorder recorder, final RefusalLimit limit) {
        this.fences = fences;
        this.recorder = recorder;
        this.limit = limit;
    }

    void onTurn(final long nowNs) {
        this.nowNs = nowNs;
    }

    /**
     * An open was refused on arrival.
     *
     * @param verdict that refused
     * @param open that was refused
     * @param handle of the resource, or {@link FenceTable#NO_HANDLE}
     */
    void onOpen(final Verdict verdict, final OpenRequest open, final int handle) {
        if (!mayJournal(verdict, handle, open.nameLength())) {
            return;
        }
        refusal.request(verdict, open.token(), 0, open.clientId());
        if (handle == FenceTable.NO_HANDLE) {
            refusal.nameOf(open);
        } else {
            refusal.resource(handle, fences.token(handle));
        }
        append(handle);
    }

    /**
     * An open was refused because it was overtaken while its fence was being synced.
     *
     * @param session that asked
     * @param answer that refuses
     * @param handle of the resource
     */
    void onOvertakenOpen(final Session session, final Answer answer, final int handle) {
        if (!mayJournal(answer.verdict(), handle, 0)) {
            return;
        }
        refusal.request(answer.verdict(), answer.token(), 0, session.clientId()).resource(handle, fences.token(handle));
        append(handle);
    }

    /**
     * A write was refused.
     *
     * @param verdict that refused
     * @param session that wrote
     * @param write that was refused
     */
    void onWrite(final Verdict verdict, final Session session, final WriteRequest write) {
        final int handle = write.handle();
        if (!mayJournal(verdict, handle, 0)) {
            return;
        }
        refusal.request(verdict, write.token(), write.sequence(), session.clientId())
                .resource(handle, fences.token(handle));
        append(handle);
    }

    private boolean mayJournal(final Verdict verdict, final int handle, final int nameLength) {
        if (!verdict.isAudited() || !limit.tryJournal(handle, nowNs)) {
            return false;
        }
        if (!recorder.hasRoom(nameLength)) {
            limit.omit(handle);
            return false;
        }
        return true;
    }

    private void append(final int handle) {
        recorder.appendRefused(refusal.omitted(limit.takeOmitted(handle)));
    }
}
