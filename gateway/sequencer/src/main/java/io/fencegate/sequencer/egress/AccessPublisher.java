package io.fencegate.sequencer.egress;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.AccessEncoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import java.util.List;

/**
 * Encodes what operators are told of who may do what and offers it to their sessions: a few tries, and never a wait.
 *
 * <p>Called by the service container's thread.
 */
public final class AccessPublisher {
    /** Longest rule: rights, and two names with their lengths. */
    private static final int RULE_LENGTH_MAX =
            1 + 2 * Short.BYTES + Principal.NAME_LENGTH_MAX + WireLimits.NAME_LENGTH_MAX;

    private static final int HEAD_LENGTH = WireLimits.HEADER_LENGTH + AccessEncoder.BLOCK_LENGTH + 2 * Short.BYTES;

    /** Rules of one page at most: as many of the longest as one fragment takes. */
    public static final int RULES_PER_PAGE_MAX =
            (WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX - HEAD_LENGTH) / RULE_LENGTH_MAX;

    private final EgressBuffer out = new EgressBuffer();
    private final AccessEncoder encoder = new AccessEncoder();

    /**
     * Sends an {@code Access} with a page of the rules.
     *
     * @param session to the operator, or null
     * @param clientId the operator's
     * @param requestId of the command
     * @param access the rules
     * @param from place of the first rule; none is there if it is not one of them
     * @return false if the session did not take it
     */
    public boolean onPage(
            final ClientSession session,
            final long clientId,
            final long requestId,
            final AccessTable access,
            final int from) {
        final int size = access.rules().size();
        final int first = Math.max(0, Math.min(from, size));
        final int end = Math.min(size, first + RULES_PER_PAGE_MAX);
        begin(clientId, requestId, access);
        encoder.from(first).more((short) (end < size ? 1 : 0));
        return send(session, access.rules().subList(first, end));
    }

    /**
     * Sends an {@code Access} with the rule that was changed, as it stands now.
     *
     * @param session to the operator, or null
     * @param change that was made
     * @param access the rules
     * @return false if the session did not take it
     */
    public boolean onChanged(final ClientSession session, final AccessChange change, final AccessTable access) {
        final AccessRule rule = change.rule();
        begin(change.clientId(), change.requestId(), access);
        encoder.from(0).more((short) 0);
        return send(session, List.of(rule.with(access.rights(rule.principal(), rule.prefix()))));
    }

    private void begin(final long clientId, final long requestId, final AccessTable access) {
        encoder.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .revision(access.revision())
                .rules(access.rules().size());
    }

    private boolean send(final ClientSession session, final List<AccessRule> rules) {
        final AccessEncoder.RuleEncoder page = encoder.ruleCount(rules.size());
        for (final AccessRule rule : rules) {
            page.next()
                    .rights((short) rule.rights())
                    .principal(rule.principal())
                    .prefix(rule.prefix());
        }
        return out.send(session, encoder.encodedLength());
    }
}
