package io.fencegate.verification.checker.grant;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import java.util.HashMap;
import java.util.Map;

/**
 * The sequencer grants no lease of a resource before the one before it has ended. Only where both are seen. An operator's
 * token (ISSUED with the word REVOKED) has no lease. A sequencer that lost a part of its log may go on with leases that
 * had ended, and without some that had not.
 *
 * <p>One thread.
 */
public final class Exclusion implements Checker {
    private final Map<String, Event> leases = new HashMap<>();
    private final boolean sees;
    private final Findings findings;

    /** Begins. @param scene of the history @param findings that are added to */
    public Exclusion(final Scene scene, final Findings findings) {
        sees = scene.has(EventKind.ISSUED) && scene.has(EventKind.LEASE_ENDED);
        this.findings = findings;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        switch (event.kind()) {
            case LIFE_BEGAN, SUFFIX_LOST -> leases.clear();
            case ISSUED -> {
                if (sees && !event.says(LeaseVerdict.REVOKED)) {
                    onIssued(event);
                }
            }
            case LEASE_ENDED -> {
                final Event lease = leases.get(event.resource());
                if (lease != null && lease.token() == event.token()) {
                    leases.remove(event.resource());
                }
            }
            default -> {
                // Not about a lease.
            }
        }
    }

    private void onIssued(final Event event) {
        final Event before = leases.put(event.resource(), event);
        final boolean isSame = before != null
                && before.token() == event.token()
                && before.clientId() == event.clientId()
                && before.op() == event.op();
        findings.check(
                Property.EXCLUSION,
                before == null || isSame,
                () -> "a lease was granted while another one of its resource had not ended: resource="
                        + event.resource() + " token=" + Token.describe(event.token()),
                before,
                event);
    }
}
