package io.fencegate.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same protocol over UDP, where client and gateway have a media driver each. */
class GatewayOverUdpTest {
    @TempDir
    Path directory;

    @Test
    void twoClientsWriteAndOnlyTheNewerOneGoesOn() throws IOException {
        final String requests = "localhost:" + freePort();
        final String answers = "localhost:" + freePort();
        final ClientConfig config = TestDriver.config(directory.resolve("client"))
                .withGateway("aeron:udp?endpoint=" + requests + "|control=" + answers);
        try (MediaDriver gatewayDriver = TestDriver.launch(directory.resolve("gateway"));
                MediaDriver clientDriver = TestDriver.launch(directory.resolve("client"));
                ScriptedGateway gateway = new ScriptedGateway(
                        gatewayDriver.aeronDirectoryName(),
                        "aeron:udp?endpoint=" + requests,
                        "aeron:udp?control-mode=response|control=" + answers);
                FencegateClient client = FencegateClient.connect(config);
                FencegateClient successor = FencegateClient.connect(config.withClientId(config.clientId() + 1))) {
            final FencedWriter writer = client.open(grant(client, Token.of(1, 1)));
            final byte[] payload = new byte[20_000];
            payload[19_999] = 7;
            assertEquals(1, writer.write(payload).sequence());
            assertArrayEquals(payload, successor.read("orders").payload());
            final FencedWriter newer = successor.open(grant(successor, Token.of(1, 2)));
            assertThrows(StaleTokenException.class, () -> writer.write(payload));
            gateway.endSessions();
            assertEquals(1, newer.write(payload).sequence());
            assertEquals(clientDriver.aeronDirectoryName(), config.aeronDirectoryName());
        }
    }

    private static Grant grant(final FencegateClient holder, final long token) {
        return new Grant("orders", token, holder.clientId(), 20_000, 0);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
