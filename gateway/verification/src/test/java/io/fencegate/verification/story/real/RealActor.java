package io.fencegate.verification.story.real;

import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.DeniedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.Revocation;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Told;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.agrona.CloseHelper;

/** A client process, as far as one thread can play it: the shipped library, its tickets, and a way to the gateway. */
final class RealActor implements AutoCloseable {
    private final long clientId;
    private final FencegateClient client;
    private final GatewayPen pen;
    private final Map<String, Grant> tickets = new HashMap<>();
    private final Map<String, PendingLease> waits = new HashMap<>();

    RealActor(final long clientId, final FencegateClient client, final GatewayPen pen) {
        this.clientId = clientId;
        this.client = client;
        this.pen = pen;
    }

    long clientId() {
        return clientId;
    }

    GatewayPen pen() {
        return pen;
    }

    Map<String, Grant> tickets() {
        return tickets;
    }

    void keep(final Grant grant) {
        tickets.put(place(grant.resource(), grant.token()), grant);
    }

    Grant ticket(final String resource, final long token) {
        final Grant grant = tickets.get(place(resource, token));
        if (grant == null) {
            throw new IllegalStateException("no such ticket: resource=" + resource + " token=" + token);
        }
        return grant;
    }

    /** Asks the sequencer. */
    Told ask(final Call call) {
        return ask(client, call);
    }

    /** Asks the sequencer through another client of the same holder. */
    Told ask(final FencegateClient through, final Call call) {
        try {
            return switch (call.kind()) {
                case ACQUIRE -> acquire(through, call);
                case AWAIT -> await(call);
                case RENEW -> {
                    final Lease lease =
                            through.renew(ticket(call.resource(), call.token()), Duration.ofMillis(call.ttlMs()));
                    keep(lease.grant());
                    yield Told.of(LeaseVerdict.RENEWED).token("token", lease.token());
                }
                case RELEASE -> {
                    through.release(ticket(call.resource(), call.token()));
                    yield Told.of(LeaseVerdict.RELEASED);
                }
                case REVOKE -> {
                    final Revocation revocation = through.revoke(call.resource());
                    keep(revocation.grant());
                    yield Told.of(LeaseVerdict.REVOKED)
                            .token("token", revocation.grant().token())
                            .token("revoked", revocation.revokedToken())
                            .client("holder", revocation.revokedHolder());
                }
                case DESCRIBE -> {
                    final LeaseState state = through.describe(call.resource());
                    yield Told.of("DESCRIBED")
                            .token("current", state.token())
                            .client("holder", state.holder())
                            .fact("waiters", state.waiters());
                }
                default -> throw new IllegalArgumentException("kind=" + call.kind());
            };
        } catch (final DeniedException denied) {
            return Told.of(denied.verdict())
                    .token("current", denied.currentToken())
                    .client("holder", denied.holder());
        } catch (final LeaseLostException lost) {
            return Told.of(lost.verdict())
                    .token("current", lost.currentToken())
                    .client("holder", lost.currentHolder())
                    .fact("end", lost.end());
        } catch (final LeaseRefusedException refused) {
            return Told.of(refused.verdict()).token("current", refused.currentToken());
        } catch (final NotReachableException unreachable) {
            return Told.of(Told.UNANSWERED);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(pen, client);
    }

    private Told acquire(final FencegateClient through, final Call call) {
        final Duration ttl = Duration.ofMillis(call.ttlMs());
        if (call.waitMs() == 0) {
            return granted(through.acquire(call.resource(), ttl, Duration.ZERO));
        }
        final PendingLease pending = through.offerAcquire(call.resource(), ttl, Duration.ofMillis(call.waitMs()));
        waits.put(call.resource(), pending);
        Deadline.await("an acquire is queued", () -> through.poll() >= 0 && (pending.place() > 0 || pending.isDone()));
        return pending.isDone()
                ? granted(pending.lease())
                : Told.of(LeaseVerdict.QUEUED).fact("place", pending.place());
    }

    private Told await(final Call call) {
        final PendingLease pending = waits.get(call.resource());
        Deadline.await("a wait is over", () -> client.poll() >= 0 && pending.isDone());
        return granted(pending.lease());
    }

    private Told granted(final Lease lease) {
        keep(lease.grant());
        return Told.of(LeaseVerdict.GRANTED).token("token", lease.token());
    }

    private static String place(final String resource, final long token) {
        return resource + "#" + token;
    }
}
