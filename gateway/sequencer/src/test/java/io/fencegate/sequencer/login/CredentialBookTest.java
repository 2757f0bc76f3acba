package io.fencegate.sequencer.login;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.access.Principal;
import io.fencegate.core.login.LoginVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A book of credentials is read whole or refused with the number of its line, and never tells what it holds. */
class CredentialBookTest {
    private static final Principal ALICE = new Principal("alice");
    private static final Principal BOB = new Principal("bob");
    private static final LoginVerifier VERIFIER = verifier("secret");

    @Test
    void aBookIsReadAsItIsWritten() {
        final CredentialBook book = CredentialBook.NONE.with(BOB, VERIFIER).with(ALICE, verifier("other"));

        final CredentialBook read = CredentialBook.parse("# whom we let in\n\n  " + book.format() + "\r\n");

        assertEquals(Set.of("alice", "bob"), read.names());
        assertEquals(book.format(), read.format());
        assertTrue(read.knows(ALICE));
        assertFalse(read.without(ALICE).knows(ALICE));
        assertTrue(read.without(ALICE).without(BOB).isEmpty());
        assertEquals(VERIFIER.format(), read.verifier(BOB).format());
        assertFalse(read.toString().contains("scram"), read.toString());
    }

    @Test
    void whoIsUnknownGetsAnAnswerThatIsAlwaysTheSame() {
        final CredentialBook book = CredentialBook.NONE.with(BOB, VERIFIER);
        final LoginVerifier nobody = book.verifier(ALICE);

        assertArrayEquals(
                nobody.salt(),
                CredentialBook.parse(book.format()).verifier(ALICE).salt());
        assertEquals(VERIFIER.iterations(), nobody.iterations());
        assertFalse(Arrays.equals(
                nobody.salt(), book.with(BOB, verifier("x")).verifier(ALICE).salt()));
    }

    @Test
    void whatIsNoBookIsRefusedWithItsLine() {
        final String good = "bob:" + VERIFIER.format() + "\n";
        assertRefused("no principal is named", "");
        assertRefused("no principal is named", "# nobody\n");
        assertRefused("line=1 is not name:verifier", "bob\n");
        assertRefused("line=1 is not name:verifier", ":" + VERIFIER.format());
        assertRefused("line=2 is not name:verifier", good + "a b:" + VERIFIER.format());
        assertRefused("line=2 name=bob: the name comes twice", good + good);
        assertRefused("line=3 name=alice: no verifier", good + "\nalice:pencil\n");
        assertRefused("line=1 is not name:verifier", "\0\1\2\3");
    }

    private static void assertRefused(final String why, final String text) {
        final String message = assertThrows(IllegalArgumentException.class, () -> CredentialBook.parse(text))
                .getMessage();
        assertTrue(message.contains(why), message);
        assertFalse(message.contains("pencil"), message);
    }

    private static LoginVerifier verifier(final String secret) {
        return LoginVerifier.of(
                secret.getBytes(StandardCharsets.UTF_8),
                new byte[LoginVerifier.SALT_LENGTH],
                LoginVerifier.ITERATIONS_MIN);
    }
}
