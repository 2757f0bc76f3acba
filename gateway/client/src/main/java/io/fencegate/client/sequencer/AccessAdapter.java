package io.fencegate.client.sequencer;

import io.fencegate.client.session.lease.CommandKind;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.codecs.wire.AccessDecoder;
import io.fencegate.core.access.AccessRule;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Decodes what the sequencer says of who may do what inward, and passes over what it cannot read.
 *
 * <p>The client's thread.
 */
final class AccessAdapter {
    private static final int NAMES = 2;

    private final AccessDecoder access = new AccessDecoder();
    private final LeaseSession session;
    private final NameBounds bounds;

    AccessAdapter(final LeaseSession session, final NameBounds bounds) {
        this.session = session;
        this.bounds = bounds;
    }

    void onAccess(final DirectBuffer body, final int blockLength, final int version) {
        if (blockLength < AccessDecoder.BLOCK_LENGTH
                || !bounds.hasWholePage(body, blockLength, AccessDecoder.RuleDecoder.sbeBlockLength(), NAMES)) {
            return;
        }
        access.wrap(body, 0, blockLength, version);
        final LeaseAnswer changed = session.due(CommandKind.CHANGE_ACCESS, access.clientId(), access.requestId());
        final LeaseAnswer answer = changed != null
                ? changed
                : session.due(CommandKind.DESCRIBE_ACCESS, access.clientId(), access.requestId());
        if (answer == null) {
            return;
        }
        final long revision = access.revision();
        final boolean hasMore = access.more() == 1;
        final List<AccessRule> rules = new ArrayList<>();
        for (final AccessDecoder.RuleDecoder rule : access.rule()) {
            final int rights = rule.rights();
            final String principal = rule.principal();
            rules.add(new AccessRule(principal, rule.prefix(), rights));
        }
        answer.onAccess(revision, rules, hasMore);
    }
}
