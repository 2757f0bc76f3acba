package io.fencegate.verification.amnesia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A grant that was answered and then lost by the cluster is never issued a second time, and neither is one that was issued
 * above a floor whose raise was lost with it: the next leader's term is higher, and the offset a multiple of 2^16.
 *
 * <p>The two tests are one: with a token that is a bare counter, the same story issues one token to two clients.
 */
class LostGrantTest {
    @TempDir
    private Path directory;

    @Test
    void noTokenOfALostGrantIsIssuedAgain() {
        assertEquals(List.of(), BareCounter.off(new LostGrant(), directory.toString()));
    }

    @Test
    void oneWouldBeIfATokenWereABareCounter() {
        final List<String> complaints = BareCounter.on(LostGrant.class, directory.toString());

        assertTrue(
                complaints.stream().anyMatch(line -> line.contains("no token is issued twice")), complaints::toString);
    }
}
