package io.fencegate.client.lease;

import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of operators: who may do what. A rule gives rights to one principal, or to everybody, for the resources whose
 * names begin so; a right that no rule gives is not there.
 *
 * <p>The client's thread.
 */
public final class AccessCalls {
    private static final int TRIES_MAX = 10;

    private final LeaseCalls calls;
    private final long clientId;

    AccessCalls(final LeaseCalls calls, final long clientId) {
        this.calls = calls;
        this.clientId = clientId;
    }

    /**
     * The rules.
     *
     * @return as they stand
     * @throws LeaseRefusedException with NOT_ALLOWED if this client is no operator's; with ACCESS_CHANGED if somebody
     *     kept changing them meanwhile
     * @throws io.fencegate.client.error.LoginRefusedException if the sequencer does not let this client in
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public AccessRules rules() {
        for (int i = 0; i < TRIES_MAX; i++) {
            final AccessRules rules = tryRules();
            if (rules != null) {
                return rules;
            }
        }
        throw new LeaseRefusedException(LeaseVerdict.ACCESS_CHANGED, "", 0);
    }

    /** All pages, or null where they are of different revisions. */
    private AccessRules tryRules() {
        final List<AccessRule> rules = new ArrayList<>();
        long revision = -1;
        LeaseAnswer answer;
        do {
            final int from = rules.size();
            answer = calls.call(requestId -> LeaseCommand.describeAccess(clientId, requestId, from));
            if (answer.verdict() != null) {
                throw Outcomes.refusal("", 0, answer);
            }
            if (revision >= 0 && answer.revision() != revision) {
                return null;
            }
            revision = answer.revision();
            rules.addAll(answer.rules());
        } while (answer.hasMore() && !answer.rules().isEmpty());
        return new AccessRules(revision, rules);
    }

    /**
     * Gives rights: those of the rule come to those that it had.
     *
     * @param rule whose rights, for what, and which
     * @param revision of the rules as they are known; if they changed since, nothing is done
     * @return the new revision
     * @throws LeaseRefusedException with NOT_ALLOWED, ACCESS_CHANGED, BAD_RULE, TOO_MANY_RULES or LAST_OPERATOR
     * @throws io.fencegate.client.error.LoginRefusedException if the sequencer does not let this client in
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public long allow(final AccessRule rule, final long revision) {
        return change(rule, revision, true);
    }

    /**
     * Takes rights: those of the rule go from those that it had. Leases that are held run on until they end; waits end when
     * it would be their turn; watches must be asked for anew, and end then.
     *
     * @param rule whose rights, for what, and which
     * @param revision of the rules as they are known; if they changed since, nothing is done
     * @return the new revision
     * @throws LeaseRefusedException with NOT_ALLOWED, ACCESS_CHANGED, BAD_RULE or LAST_OPERATOR
     * @throws io.fencegate.client.error.LoginRefusedException if the sequencer does not let this client in
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public long forbid(final AccessRule rule, final long revision) {
        return change(rule, revision, false);
    }

    private long change(final AccessRule rule, final long revision, final boolean isAllowed) {
        if (!rule.isSound()) {
            throw new LeaseRefusedException(LeaseVerdict.BAD_RULE, rule.prefix(), 0);
        }
        final LeaseAnswer answer =
                calls.call(requestId -> LeaseCommand.changeAccess(clientId, requestId, revision, isAllowed, rule));
        if (answer.verdict() != null) {
            throw Outcomes.refusal(rule.prefix(), 0, answer);
        }
        return answer.revision();
    }
}
