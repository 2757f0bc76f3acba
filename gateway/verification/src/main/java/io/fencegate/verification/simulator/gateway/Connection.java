package io.fencegate.verification.simulator.gateway;

import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Network;
import io.fencegate.verification.simulator.world.Stream;

/**
 * Both directions between a client and the gateway. Never used again once one side has given it up.
 *
 * <p>One thread.
 */
public final class Connection {
    private final Stream requests;
    private final Stream replies;

    /**
     * A new connection.
     *
     * @param network that it goes over
     * @param client that asks
     * @param gateway that answers
     */
    public Connection(final Network network, final Actor client, final Actor gateway) {
        requests = network.stream(client, gateway);
        replies = network.stream(gateway, client);
    }

    /** To the gateway. @return the stream of requests */
    public Stream requests() {
        return requests;
    }

    /** To the client. @return the stream of replies */
    Stream replies() {
        return replies;
    }

    /** The client gives it up: what it sent may still arrive, what it is told does not. */
    public void abandon() {
        replies.close();
    }

    /** The gateway gives it up: what it sent may still arrive, what it is told does not. */
    void refuse() {
        requests.close();
    }
}
