package io.fencegate.client;

import org.agrona.concurrent.Agent;

/**
 * Drives a client as a part of somebody's duty cycle.
 *
 * <p>The thread that runs the agent, which owns the client meanwhile.
 */
final class ClientAgent implements Agent {
    private final FencegateClient client;

    ClientAgent(final FencegateClient client) {
        this.client = client;
    }

    @Override
    public int doWork() {
        return client.poll();
    }

    @Override
    public String roleName() {
        return "fencegate-client";
    }

    @Override
    public void onClose() {
        client.close();
    }
}
