package io.fencegate.sequencer.service;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.sequencer.egress.AccessPublisher;

/**
 * The way of an operator's command about who may do what. Where rights are taken, every watch has a gap from then on: its
 * watcher must watch anew, and is asked then whether it may.
 *
 * <p>Called by the service container's thread.
 */
final class AccessFlow {
    private final AccessPublisher egress = new AccessPublisher();
    private final AccessTable access;
    private final AnswerRouter answers;
    private final WatchRouter watches;

    AccessFlow(final AccessTable access, final AnswerRouter answers, final WatchRouter watches) {
        this.access = access;
        this.answers = answers;
        this.watches = watches;
    }

    void change(final AccessChange change, final ClientSession session, final Principal asking) {
        final long revisionBefore = access.revision();
        final LeaseVerdict refusal = access.change(change, asking);
        if (refusal != null) {
            answers.onRefused(session, change.clientId(), change.requestId(), refusal);
            return;
        }
        if (!change.isAllowed() && access.revision() != revisionBefore) {
            watches.onRightsTaken();
        }
        answers.onSent(egress.onChanged(session, change, access));
    }

    void describe(
            final long clientId,
            final long requestId,
            final int from,
            final ClientSession session,
            final Principal asking) {
        if (access.mayOperate(asking)) {
            answers.onSent(egress.onPage(session, clientId, requestId, access, from));
        } else {
            answers.onRefused(session, clientId, requestId, LeaseVerdict.NOT_ALLOWED);
        }
    }
}
