package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.service.StopListener.StopReason;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the service throws, in whatever callback, ends the node's agent and is told once. */
class FailStopServiceTest {
    private static final Map<String, Consumer<ClusteredService>> CALLBACKS = new TreeMap<>(Map.of(
            "onStart", s -> s.onStart(null, null),
            "onSessionOpen", s -> s.onSessionOpen(null, 1),
            "onSessionClose", s -> s.onSessionClose(null, 1, CloseReason.TIMEOUT),
            "onSessionMessage", s -> s.onSessionMessage(null, 1, new UnsafeBuffer(new byte[8]), 0, 8, null),
            "onTimerEvent", s -> s.onTimerEvent(1, 1),
            "onTakeSnapshot", s -> s.onTakeSnapshot(null),
            "onRoleChange", s -> s.onRoleChange(Cluster.Role.LEADER),
            "onTerminate", s -> s.onTerminate(null),
            "onNewLeadershipTermEvent", s -> s.onNewLeadershipTermEvent(1, 1, 1, 1, 1, 1, TimeUnit.MILLISECONDS, 1),
            "doBackgroundWork", s -> s.doBackgroundWork(1)));

    private final List<String> told = new ArrayList<>();

    static Stream<String> callbacks() {
        return CALLBACKS.keySet().stream();
    }

    @Test
    void everyCallbackOfTheInterfaceIsTried() {
        final List<String> declared = Arrays.stream(ClusteredService.class.getMethods())
                .map(java.lang.reflect.Method::getName)
                .sorted()
                .toList();
        assertEquals(declared, List.copyOf(CALLBACKS.keySet()));
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void anExceptionEndsTheAgent(final String callback) {
        stops(callback, new IllegalStateException("broken"));
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void anErrorEndsTheAgent(final String callback) {
        stops(callback, new AssertionError("broken"));
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void anAgentThatAeronEndsIsNotBroken(final String callback) {
        final AgentTerminationException ending = new AgentTerminationException("interrupted");
        final ClusteredService failStop = failStop(ending);

        final AgentTerminationException thrown = assertThrows(
                AgentTerminationException.class, () -> CALLBACKS.get(callback).accept(failStop));

        assertSame(ending, thrown);
        assertTrue(told.isEmpty(), told::toString);
    }

    private void stops(final String callback, final Throwable cause) {
        final ClusteredService failStop = failStop(cause);

        final AgentTerminationException thrown = assertThrows(
                AgentTerminationException.class, () -> CALLBACKS.get(callback).accept(failStop));

        assertSame(cause, thrown.getCause());
        assertEquals(
                List.of("IMPOSSIBLE_STATE the sequencer's state machine broke: member=2 callback=" + callback
                        + " cause=" + cause),
                told);
    }

    private ClusteredService failStop(final Throwable cause) {
        final ClusteredService broken = (ClusteredService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusteredService.class}, (proxy, method, arguments) -> {
                    throw cause;
                });
        return new FailStopService(
                broken,
                2,
                (final int memberId, final StopReason reason, final String fact, final Throwable t) -> {
                    assertSame(cause, t);
                    told.add(reason + " " + fact);
                },
                new SequencerCounters());
    }
}
