package io.fencegate.core.lease;

import io.fencegate.core.access.Principal;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.Chain;
import io.fencegate.core.lease.order.Name;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Remembers who asked what and was answered what, so that a repeated command is answered and not run again.
 *
 * <p>Bounds: so many clients, and so many answers of each. A client that holds a lease or waits is never forgotten; any
 * other is when it was silent for a given log time. A request at or closely below the highest forgotten one is refused: a
 * late repeat can then prolong no newer lease and stand in no queue. Of a client met for the first time, so is what is
 * further back than it may have requests under way. Where several processes of one holder take turns, this is known of
 * the one whose answer was forgotten last; the late repeat of another one is run as a new command, which can shorten or
 * end no newer lease either.
 *
 * <p>What is forgotten is used again: it allocates only while it remembers more than ever before.
 *
 * <p>One thread.
 */
final class AnswerCache {
    /** So many clients, and there is room for all: a table that grew by steps would hold up the log at each of them. */
    private static final int CLIENTS_FEW = 1 << 15;

    private static final float LOAD_FACTOR = 0.6f;

    private final Chain<Client> busy = new Chain<>();
    private final Chain<Client> idle = new Chain<>();
    private final Chain<Client> clientsFree = new Chain<>();
    private final Chain<Request> requestsFree = new Chain<>();
    private final LeaseLimits limits;
    private Long2ObjectHashMap<Client> clients = new Long2ObjectHashMap<>();
    private boolean hasRoomForAll;

    AnswerCache(final LeaseLimits limits) {
        this.limits = limits;
    }

    Client find(final long clientId) {
        return clients.get(clientId);
    }

    /** Begins to remember a client, or returns null where there is no room. */
    Client admit(final LeaseCommand command, final long logTimeMs) {
        if (clients.size() >= limits.clients() && !forgetOne(logTimeMs)) {
            return null;
        }
        final long forgottenHighest = command.requestId() - limits.answersPerClient();
        return add(command.clientId(), command.principal(), forgottenHighest, false, logTimeMs);
    }

    /** Remembers a client as a snapshot tells it. */
    Client add(
            final long clientId,
            final Principal principal,
            final long forgottenHighest,
            final boolean isBusy,
            final long idleSinceMs) {
        if (clients.size() == CLIENTS_FEW && !hasRoomForAll) {
            makeRoom();
        }
        final Client free = clientsFree.poll();
        final Client client = (free == null ? new Client() : free).of(clientId, principal, forgottenHighest);
        clients.put(clientId, client);
        list(client, isBusy, idleSinceMs);
        return client;
    }

    Request remember(final Client client, final CommandKind kind, final LeaseCommand command, final Name name) {
        final Request free = requestsFree.poll();
        final Request request = (free == null ? new Request() : free).of(client, kind, command, name);
        client.add(request);
        return request;
    }

    void answered(final Request request) {
        final Request forgotten = request.client().answered(request, limits.answersPerClient());
        if (forgotten != null) {
            requestsFree.push(forgotten);
        }
    }

    /** A client gave a sign of life, or its leases and waits changed. */
    void touch(final Client client, final long logTimeMs) {
        if (client.isListedAsBusy()) {
            if (client.isBusy()) {
                return;
            }
            busy.remove(client);
        } else {
            idle.remove(client);
        }
        list(client, client.isBusy(), logTimeMs);
    }

    /** Forgets the client that is silent the longest, if that is long enough. */
    boolean forgetOne(final long logTimeMs) {
        final Client silent = idle.first();
        if (silent == null || logTimeMs - silent.idleSinceMs() < limits.answersKeptMs()) {
            return false;
        }
        idle.remove(silent);
        clients.remove(silent.id());
        silent.end(requestsFree);
        clientsFree.push(silent);
        return true;
    }

    int size() {
        return clients.size();
    }

    void visit(final LeaseStateVisitor visitor) {
        visit(busy, visitor);
        visit(idle, visitor);
    }

    private void makeRoom() {
        final Long2ObjectHashMap<Client> all =
                new Long2ObjectHashMap<>((int) (limits.clients() / LOAD_FACTOR) + 1, LOAD_FACTOR);
        clients.forEachLong(all::put);
        clients = all;
        hasRoomForAll = true;
    }

    private void list(final Client client, final boolean isBusy, final long idleSinceMs) {
        client.listedAsBusy(isBusy);
        client.idleSinceMs(idleSinceMs);
        (isBusy ? busy : idle).append(client);
    }

    private static void visit(final Chain<Client> clients, final LeaseStateVisitor visitor) {
        final LeaseCommand command = new LeaseCommand();
        for (Client client = clients.first(); client != null; client = client.next()) {
            visitor.onClient(
                    client.id(),
                    client.principal(),
                    client.forgottenHighest(),
                    client.isListedAsBusy(),
                    client.idleSinceMs());
            client.ended().visit(visitor);
            for (Request request = client.firstAnswered(); request != null; request = request.next()) {
                request.describe(command);
                visitor.onAnswer(
                        request.kind(),
                        command,
                        request.verdict(),
                        request.answerHolder(),
                        request.answerToken(),
                        request.answerTtlMs(),
                        request.deadlineMs(),
                        request.end());
            }
        }
    }
}
