package io.fencegate.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

/** Whatever a duty cycle throws is its last word, and the process is told once. */
class FailStopAgentTest {
    private final List<Throwable> told = new ArrayList<>();

    @Test
    void anErrorEndsTheAgentAndIsToldWithItsName() {
        final AssertionError impossible = new AssertionError("impossible");
        final Agent agent = agentThat(() -> {
            throw impossible;
        });

        final AgentTerminationException end = assertThrows(AgentTerminationException.class, agent::doWork);

        assertSame(impossible, end.getCause());
        assertEquals(List.of(impossible), told);
    }

    @Test
    void workThatIsDoneIsPassedOn() throws Exception {
        assertEquals(3, agentThat(() -> {}).doWork());
        assertEquals(List.of(), told);
    }

    private Agent agentThat(final Runnable work) {
        final Agent agent = new Agent() {
            @Override
            public int doWork() {
                work.run();
                return 3;
            }

            @Override
            public String roleName() {
                return "worker";
            }
        };
        return new FailStopAgent(agent, (name, cause) -> {
            assertEquals("worker", name);
            told.add(cause);
        });
    }
}
