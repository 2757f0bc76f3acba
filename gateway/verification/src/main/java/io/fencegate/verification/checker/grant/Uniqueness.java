package io.fencegate.verification.checker.grant;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * S1: within one life of the sequencer no two grants bear the same token; across its lives a gateway binds a token to one
 * client. A holder that asks again and gets its own grant again got no other grant, unless its lease had ended between.
 *
 * <p>One thread.
 */
public final class Uniqueness implements Checker {
    private static final long NEVER = -1;

    /** A grant without its token. */
    private record Owner(String resource, long clientId, Event event) {
        boolean isOther(final Owner other) {
            return clientId != other.clientId || !resource.equals(other.resource);
        }
    }

    private record Opened(String resource, long token) {}

    private final Map<Long, Owner> issued = new HashMap<>();
    private final Map<Long, Owner> told = new HashMap<>();
    private final Map<Long, Call> ended = new HashMap<>();
    private final Map<Long, Long> endedAt = new HashMap<>();
    private final Map<Opened, Event> bound = new HashMap<>();
    private final Map<Opened, Long> boundTo = new HashMap<>();
    private final Scene scene;
    private final Findings findings;
    private long lifeBegan = NEVER;
    private long suffixLost = NEVER;
    private long directoryLost = NEVER;

    /** Begins. @param scene of the history @param findings that are added to */
    public Uniqueness(final Scene scene, final Findings findings) {
        this.scene = scene;
        this.findings = findings;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        if (scene.isDirectoryLoss(event)) {
            directoryLost = index;
            bound.clear();
            boundTo.clear();
        }
        switch (event.kind()) {
            case LIFE_BEGAN -> {
                lifeBegan = index;
                issued.clear();
                told.clear();
                ended.clear();
                endedAt.clear();
            }
            case SUFFIX_LOST -> suffixLost = index;
            case ISSUED -> onIssued(event);
            case OPEN_ANSWERED, JOURNALED_FENCE -> bind(event.resource(), event.token(), event.clientId(), event);
            default -> {
                // Not about a grant.
            }
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        final Event called = call.called();
        switch (end.kind()) {
            case ACQUIRE_ENDED, REVOKE_ENDED -> {
                if (Grants.isTold(end) && call.index() > lifeBegan) {
                    onTold(call, end);
                }
                if (end.says(LeaseVerdict.REVOKED)) {
                    leaseEnded(call, index);
                }
            }
            case RELEASE_ENDED -> {
                if (end.says(LeaseVerdict.RELEASED)) {
                    leaseEnded(call, index);
                }
            }
            case OPEN_ENDED -> {
                if (Grants.isOpened(end) && call.index() > directoryLost) {
                    bind(called.resource(), called.token(), called.clientId(), end);
                }
            }
            default -> {
                // Not about a grant.
            }
        }
    }

    private void leaseEnded(final Call call, final long index) {
        final long token = call.called().token();
        if (token != 0 && call.index() > lifeBegan) {
            ended.put(token, call);
            endedAt.put(token, index);
        }
    }

    private void onIssued(final Event event) {
        final Owner owner = new Owner(event.resource(), event.clientId(), event);
        final Owner before = issued.putIfAbsent(event.token(), owner);
        final boolean isRepeated =
                before != null && !before.isOther(owner) && event.op() != 0 && event.op() == before.event.op();
        unique(event.token(), isRepeated ? null : before, event);
        unique(event.token(), otherTold(event.token(), owner), event);
    }

    private Owner otherTold(final long token, final Owner owner) {
        final Owner before = told.get(token);
        return before != null && before.isOther(owner) ? before : null;
    }

    private void onTold(final Call call, final Event end) {
        final Owner owner = new Owner(call.called().resource(), call.called().clientId(), end);
        final Owner issue = issued.get(end.token());
        final Owner other = issue != null && issue.isOther(owner) ? issue : otherTold(end.token(), owner);
        unique(end.token(), other, end);
        told.putIfAbsent(end.token(), owner);
        final Call ending = ended.get(end.token());
        if (other == null && ending != null && call.index() > endedAt.get(end.token()) && ending.index() > suffixLost) {
            findings.violated(
                    Property.S1,
                    "a lease ended, and its token was granted again: token=" + Token.describe(end.token()),
                    told.get(end.token()).event,
                    ending.called(),
                    call.called(),
                    end);
        }
    }

    private void unique(final long token, final Owner other, final Event event) {
        findings.check(
                Property.S1,
                other == null,
                () -> "two grants bear the same token: token=" + Token.describe(token),
                other == null ? null : other.event,
                event);
    }

    private void bind(final String resource, final long token, final long clientId, final Event event) {
        final Opened opened = new Opened(resource, token);
        final Long before = boundTo.putIfAbsent(opened, clientId);
        findings.check(
                Property.S1,
                before == null || before == clientId,
                () -> "a gateway opened a token for two clients: resource=" + resource + " token="
                        + Token.describe(token),
                bound.get(opened),
                event);
        bound.putIfAbsent(opened, event);
    }
}
