package io.fencegate.client.gateway;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import org.junit.jupiter.api.Test;

/** Answers find the newest writer of a resource, and an older one only as long as it may hear of its writes. */
class WriterRoutesTest {
    private static final int HANDLE = 3;
    private static final int WRITERS = 100;

    private final WriterRoutes routes = new WriterRoutes();

    @Test
    void anOlderWriterIsFoundByItsTokenAndTheNewestByItsOwn() {
        final WriterSession older = writer(1);
        final WriterSession newest = writer(2);
        routes.add(HANDLE, older);
        routes.add(HANDLE, newest);

        assertSame(older, routes.find(HANDLE, Token.of(1, 1)));
        assertSame(newest, routes.find(HANDLE, Token.of(1, 2)));
        assertNull(routes.find(HANDLE + 1, Token.of(1, 1)));
    }

    @Test
    void writersThatAreOverAreForgottenAsOthersCome() {
        for (int serial = 1; serial <= WRITERS; serial++) {
            final WriterSession next = writer(serial);
            routes.add(HANDLE, next);
            next.close();
        }
        routes.add(HANDLE, writer(WRITERS + 1));
        routes.add(HANDLE + 1, writer(WRITERS + 2));

        for (int serial = 1; serial <= WRITERS; serial++) {
            assertNull(routes.find(HANDLE, Token.of(1, serial)), "serial=" + serial);
        }
    }

    private static WriterSession writer(final int serial) {
        return new WriterSession(
                new Grant("orders", Token.of(1, serial), 11, 20_000, 0),
                new WriteWindow(8, 1024),
                new CallTimes(1_000, 100, 10, 80),
                10_000,
                bound -> 0);
    }
}
