package io.fencegate.storage;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** Runs an agent until the first thing that it throws, and then never again. The agent's thread. */
final class FailStopAgent implements Agent {
    private final Agent agent;
    private final FailStop failStop;

    FailStopAgent(final Agent agent, final FailStop failStop) {
        this.agent = agent;
        this.failStop = failStop;
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public int doWork() {
        try {
            return agent.doWork();
        } catch (final Throwable cause) {
            failStop.onFailure(agent.roleName(), cause);
            throw new AgentTerminationException(cause);
        }
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }
}
