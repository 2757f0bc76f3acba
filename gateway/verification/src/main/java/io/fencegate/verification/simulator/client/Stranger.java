package io.fencegate.verification.simulator.client;

import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.storage.session.AnswerKind;
import io.fencegate.verification.simulator.gateway.Connection;
import io.fencegate.verification.simulator.gateway.Reply;
import io.fencegate.verification.simulator.gateway.Request;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Somebody who has no lease and lies: opens with seals of his own making or of others, and says again what he overheard.
 *
 * <p>One thread.
 */
public final class Stranger extends Actor {
    private final ClientWorld world;
    private final Chance chance;
    private final long clientId;
    private final List<Request> unsaid = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GrantedDecoder granted = new GrantedDecoder();
    private Connection connection;
    private boolean isLurking;
    private boolean isWelcome;

    /**
     * A stranger that is silent yet.
     *
     * @param world that it lives in
     * @param chance of what it makes up
     */
    public Stranger(final ClientWorld world, final Chance chance) {
        super("stranger", world.agenda());
        this.world = world;
        this.chance = chance;
        this.clientId = chance.bits() | 1;
    }

    /** Opens with what no sequencer granted. @param resource to open @param known a grant that it has seen; null if none */
    public void forge(final String resource, final Grant known) {
        world.tally().count(FaultKind.FORGED_OPEN);
        final long token = known == null ? chance.between(1, 1L << 42) : known.token() + chance.below(3);
        final boolean isStolen = known != null && chance.once(50);
        hello(isStolen ? clientId : chance.bits());
        unsaid.add(new Request(
                Request.Kind.OPEN,
                connection,
                2,
                isStolen || known == null ? clientId : known.clientId(),
                resource,
                token,
                isStolen ? known.seal() : chance.bits(),
                0,
                0,
                0,
                null));
        wake(0);
    }

    /** Waits for the next grant that it overhears, to open with its seal before its holder does. */
    public void lurk() {
        hello(clientId);
        isLurking = true;
    }

    /** The sequencer says something to somebody, and this one hears it first. @param message encoded */
    public void overhear(final byte[] message) {
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        header.wrap(buffer, 0);
        if (!isLurking || !isWelcome || header.templateId() != GrantedDecoder.TEMPLATE_ID) {
            return;
        }
        isLurking = false;
        world.tally().count(FaultKind.FORGED_OPEN);
        granted.wrapAndApplyHeader(buffer, 0, header);
        final long token = granted.token();
        final long seal = granted.seal();
        final String resource = granted.resource();
        connection
                .requests()
                .send(new Request(Request.Kind.OPEN, connection, 2, clientId, resource, token, seal, 0, 0, 0, null));
    }

    /** Says again what it overheard, in order. @param overheard requests of others */
    public void replay(final List<Request> overheard) {
        if (overheard.isEmpty()) {
            return;
        }
        final int first = chance.below(overheard.size());
        hello(overheard.get(first).clientId());
        for (final Request request : overheard.subList(first, overheard.size())) {
            if (request.kind() == Request.Kind.OPEN || request.kind() == Request.Kind.WRITE) {
                world.tally().count(FaultKind.REPLAYED);
                unsaid.add(request.over(connection));
            }
        }
        wake(0);
    }

    private void hello(final long asClient) {
        unsaid.clear();
        isLurking = false;
        isWelcome = false;
        connection = new Connection(world.network(), this, world.gateway());
        connection.requests().send(Request.of(Request.Kind.HELLO, connection, asClient));
    }

    @Override
    protected void onStart() {
        // It waits for an occasion.
    }

    @Override
    protected void onKilled() {
        unsaid.clear();
    }

    @Override
    protected void turn() {
        Object message = take();
        while (message != null) {
            if (message instanceof Reply reply
                    && reply.connection() == connection
                    && reply.kind() == AnswerKind.WELCOME) {
                isWelcome = true;
                unsaid.forEach(connection.requests()::send);
                unsaid.clear();
            }
            message = take();
        }
    }
}
