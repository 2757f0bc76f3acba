package io.fencegate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.client.gateway.GatewayChannels;
import io.fencegate.client.login.Login;
import io.fencegate.client.session.CallTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are checked when made. */
class ClientConfigTest {
    @Test
    void eachClientIsAnotherHolderUnlessToldOtherwise() {
        final ClientConfig config = ClientConfig.of("/tmp/aeron");
        assertNotEquals(config.clientId(), ClientConfig.of("/tmp/aeron").clientId());
        assertEquals(5, config.withClientId(5).clientId());
        assertNull(config.ingressEndpoints());
        assertNull(config.gatewayChannel());
    }

    @Test
    void aChangeKeepsEverythingElse() {
        final Login login = Login.of("alice", "wonderland-1");
        final ClientConfig config = ClientConfig.of("/tmp/aeron")
                .withClientId(5)
                .withSequencer("0=a:1", "aeron:udp?endpoint=b:2")
                .withGateway("aeron:ipc")
                .withTimeouts(30, 20, 10)
                .withReconnect(3, 4)
                .withLogin(login);
        assertEquals(
                new ClientConfig(
                        "/tmp/aeron",
                        5,
                        "0=a:1",
                        "aeron:udp?endpoint=b:2",
                        "aeron:ipc",
                        new CallTimes(30, 20, 3, 4),
                        10,
                        WriterConfig.DEFAULT,
                        login),
                config);
        assertEquals("aeron:udp?endpoint=b:2", config.withSequencer("0=c:1").egressChannel());
    }

    @ParameterizedTest(name = "call={0} attempt={1} connect={2} is refused")
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-1, 1, 1", "5, 6, 1"})
    void timeoutsThatContradictEachOtherAreRefused(final long callNs, final long attemptNs, final long connectNs) {
        final ClientConfig config = ClientConfig.of("/tmp/aeron");
        assertThrows(IllegalArgumentException.class, () -> config.withTimeouts(callNs, attemptNs, connectNs));
    }

    @ParameterizedTest(name = "pauses from {0} to {1} are refused")
    @CsvSource({"0, 1", "-1, 1", "2, 1"})
    void pausesThatContradictEachOtherAreRefused(final long firstNs, final long longestNs) {
        final ClientConfig config = ClientConfig.of("/tmp/aeron");
        assertThrows(IllegalArgumentException.class, () -> config.withReconnect(firstNs, longestNs));
    }

    @Test
    void aDirectoryIsNeeded() {
        assertThrows(NullPointerException.class, () -> ClientConfig.of(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aeron:ipc", "aeron:udp?endpoint=h:1|control=h:2"})
    void aGatewayIsReachedByIpcOrUdp(final String channel) {
        GatewayChannels.of(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ipc", "aeron:udp", "aeron:udp?endpoint=h:1", "aeron:udp?control=h:2", "h:1"})
    void anyOtherChannelIsRefused(final String channel) {
        final ClientConfig config = ClientConfig.of("/tmp/aeron").withGateway(channel);
        assertThrows(IllegalArgumentException.class, () -> FencegateClient.connect(config));
    }
}
