package io.fencegate.sequencer.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The latest session counts, and there is an end to how many are known. */
class ClientRoutesTest {
    private final ClientRoutes routes = new ClientRoutes(2);

    @Test
    void theLatestSessionOfAClientCounts() {
        routes.onCommand(7, 101);
        routes.onCommand(7, 102);

        routes.onSessionClosed(101);
        assertEquals(102, routes.sessionOf(7));

        routes.onSessionClosed(102);
        assertEquals(ClientRoutes.NO_SESSION, routes.sessionOf(7));
    }

    @Test
    void allClientsOfASessionGoWithIt() {
        for (int client = 0; client < 1000; client++) {
            final ClientRoutes many = new ClientRoutes(1000);
            many.onCommand(client, 101);
            many.onCommand(client + 1, 101);
            many.onCommand(client + 2, 102);

            many.onSessionClosed(101);

            assertEquals(ClientRoutes.NO_SESSION, many.sessionOf(client));
            assertEquals(ClientRoutes.NO_SESSION, many.sessionOf(client + 1));
            assertEquals(102, many.sessionOf(client + 2));
        }
    }

    @Test
    void aClientTooManyIsNotKnownUntilThereIsRoom() {
        routes.onCommand(7, 101);
        routes.onCommand(8, 102);
        routes.onCommand(9, 103);
        routes.onCommand(7, 104);

        assertEquals(ClientRoutes.NO_SESSION, routes.sessionOf(9));
        assertEquals(104, routes.sessionOf(7));

        routes.onSessionClosed(102);
        routes.onCommand(9, 103);
        assertEquals(103, routes.sessionOf(9));
    }

    @Test
    void manyClientsAreKnownLikeFew() {
        final ClientRoutes many = new ClientRoutes(50_000);
        for (long client = 1; client <= 60_000; client++) {
            many.onCommand(client, client % 7);
            assertEquals(client <= 50_000 ? client % 7 : ClientRoutes.NO_SESSION, many.sessionOf(client));
        }
        for (long client = 1; client <= 50_000; client++) {
            assertEquals(client % 7, many.sessionOf(client));
        }
        many.onSessionClosed(3);
        final long[] shown = new long[1];
        many.forEach((clientId, sessionId) -> shown[0]++);
        assertEquals(50_000 - 50_000 / 7 - 1, shown[0]);
    }

    @Test
    void whatIsShownDoesNotTellByWhichWayItCame() {
        final ClientRoutes lived = new ClientRoutes(1000);
        for (long client = 1; client <= 500; client++) {
            lived.onCommand(client * 0x9E37_79B9_7F4A_7C15L, client);
        }
        for (long session = 1; session <= 400; session++) {
            lived.onSessionClosed(session);
        }
        final List<Long> shown = new ArrayList<>();
        final ClientRoutes restored = new ClientRoutes(1000);
        lived.forEach((clientId, sessionId) -> {
            shown.add(clientId);
            restored.onCommand(clientId, sessionId);
        });
        final List<Long> shownAgain = new ArrayList<>();
        restored.forEach((clientId, sessionId) -> shownAgain.add(clientId));

        assertEquals(100, shown.size());
        assertEquals(shown, shownAgain);
    }
}
