package io.fencegate.client;

import io.fencegate.client.error.RefusedException;
import io.fencegate.client.gateway.GatewayReply;
import io.fencegate.client.gateway.GatewaySession;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Verdict;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocking reads from the gateway.
 *
 * <p>The client's thread.
 */
final class GatewayCalls {
    private final PayloadCrc payloadCrc = new PayloadCrc();
    private final GatewayLink link;
    private final CallTimer timer;
    private final RetryTimer replyRetry;

    GatewayCalls(final GatewayLink link) {
        this.link = link;
        this.timer = link.timer();
        this.replyRetry = link.config().times().newRetryTimer();
    }

    LastRecord read(final String resource) {
        if (!ResourceName.isValid(resource)) {
            throw new RefusedException(Verdict.MALFORMED, String.valueOf(resource), 0, ResourceName.RULE);
        }
        final GatewayReply reply = ask(resource);
        if (reply.verdict() != Verdict.FOUND) {
            throw new RefusedException(reply.verdict(), resource, 0, "");
        }
        final byte[] payload = reply.payload();
        if (payloadCrc.compute(new UnsafeBuffer(payload), 0, payload.length) != reply.payloadCrc()) {
            throw new RefusedException(Verdict.CORRUPT_PAYLOAD, resource, 0, "found=by the client in a read's answer");
        }
        final GatewayReply.RecordPlace place = reply.record();
        return new LastRecord(resource, place.token(), place.sequence(), place.generation(), place.position(), payload);
    }

    private GatewayReply ask(final String resource) {
        timer.begin(link.config().callTimeoutNs());
        link.ask(true);
        try {
            replyRetry.start(timer.nowNs());
            while (true) {
                final int workCount = link.poll();
                link.checkWentBack();
                final GatewaySession session = link.session();
                final GatewayReply reply = session != null && session.offerRead(resource) ? await(session) : null;
                if (reply != null && !isTransient(reply.verdict())) {
                    return reply;
                }
                if (timer.isOver() || link.refusal() != null) {
                    throw link.unreachable(reply == null ? "reply=none" : "verdict=" + reply.verdict());
                }
                timer.idle(workCount);
            }
        } finally {
            link.ask(false);
        }
    }

    private GatewayReply await(final GatewaySession session) {
        while (!session.isLost() && !timer.isOver()) {
            final int workCount = link.poll();
            if (session.reply() != null) {
                return session.reply();
            }
            if (replyRetry.isExpired(timer.nowNs())) {
                session.lose("timedOut=read");
                replyRetry.again(timer.nowNs());
            }
            timer.idle(workCount);
        }
        return null;
    }

    private static boolean isTransient(final Verdict verdict) {
        return verdict == Verdict.RECOVERING || verdict == Verdict.OVERLOADED;
    }
}
