package io.fencegate.sequencer.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.security.SessionProxy;
import io.fencegate.core.access.Principal;
import io.fencegate.core.login.LoginChallenge;
import io.fencegate.core.login.LoginHello;
import io.fencegate.core.login.LoginRefusal;
import io.fencegate.core.login.LoginVerifier;
import io.fencegate.core.login.Scram;
import io.fencegate.sequencer.counters.SequencerCounters;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Who is let in, and what the others are told; time is moved by hand. */
class LoginAuthenticatorTest {
    private static final byte[] NONCE = new byte[LoginHello.NONCE_LENGTH];
    private static final byte[] NOTHING = new byte[0];
    private static final CredentialBook BOOK = CredentialBook.NONE
            .with(new Principal("alice"), verifier("wonder"))
            .with(new Principal("root"), verifier("soil"));

    private final SequencerCounters counters = new SequencerCounters();

    @Test
    void whoKnowsItsSecretIsLetInAndTheLogSaysWhoItIsAndWhoOperates() {
        final LoginAuthenticator authenticator = authenticator(new Admission(2, BOOK, new Principal("root")));
        final Client alice = new Client(1, "alice");

        alice.connect(authenticator);
        assertEquals("challenged", alice.fate);
        authenticator.onChallengedSession(alice, 10);
        assertEquals("challenged", alice.fate, "it has time to answer");
        alice.answer(authenticator, "wonder");

        assertEquals("let in: alice LF root", alice.fate);
        assertEquals(0, counters.loginsRefused());
    }

    @Test
    void whoDoesNotKnowItIsRefusedAndCountedAndANameThatIsUnknownLooksTheSame() {
        final LoginAuthenticator authenticator = authenticator(new Admission(2, BOOK, Principal.ANONYMOUS));
        final Client wrong = new Client(1, "alice");
        final Client unknown = new Client(2, "eve");
        for (final Client client : new Client[] {wrong, unknown}) {
            client.connect(authenticator);
            assertEquals("challenged", client.fate);
            client.answer(authenticator, "wander");
            assertEquals("rejected", client.fate);
        }
        assertEquals(2, counters.loginsRefused());

        final Client garbled = new Client(3, "alice");
        garbled.connect(authenticator);
        authenticator.onChallengeResponse(3, new byte[] {1, 2, 3}, 0);
        authenticator.onChallengedSession(garbled, 0);
        assertEquals("rejected", garbled.fate);
        assertEquals(3, counters.loginsRefused());
    }

    @Test
    void theProofOfOneSessionIsWorthNothingInAnother() {
        final LoginAuthenticator authenticator = authenticator(new Admission(9, BOOK, Principal.ANONYMOUS));
        final Client first = new Client(1, "alice");
        first.connect(authenticator);
        final byte[] proof = first.proof("wonder");
        final Client second = new Client(2, "alice");
        second.connect(authenticator);
        assertNotEquals(
                HexFormat.of().formatHex(first.challenge.nonce()),
                HexFormat.of().formatHex(second.challenge.nonce()));

        authenticator.onChallengeResponse(2, proof, 0);
        authenticator.onChallengedSession(second, 0);

        assertEquals("rejected", second.fate);
    }

    @Test
    void whoDoesNotLogInIsToldThatItMust() {
        final LoginAuthenticator authenticator = authenticator(new Admission(2, BOOK, Principal.ANONYMOUS));
        final Client anonymous = new Client(1, "");
        anonymous.connect(authenticator);
        assertEquals("told: LOGIN_REQUIRED", anonymous.fate);
        authenticator.onChallengedSession(anonymous, 0);
        assertEquals("told: LOGIN_REQUIRED", anonymous.fate, "an event before its answer would be overheard");
        authenticator.onChallengeResponse(1, NOTHING, 0);
        authenticator.onChallengedSession(anonymous, 0);
        assertEquals("rejected", anonymous.fate);

        final Client stranger = new Client(2, "");
        authenticator.onConnectRequest(2, NOTHING, 0);
        authenticator.onConnectedSession(stranger, 0);
        assertEquals("rejected", stranger.fate);
        assertEquals(2, counters.loginsRefused());
    }

    @Test
    void whoNeverAnswersIsRefusedInTime() {
        final LoginAuthenticator authenticator = authenticator(new Admission(2, BOOK, Principal.ANONYMOUS));
        final Client silent = new Client(1, "alice");
        silent.connect(authenticator);
        authenticator.onChallengedSession(silent, LoginAuthenticator.CHALLENGE_TIMEOUT_MS);
        assertEquals("challenged", silent.fate);
        authenticator.onChallengedSession(silent, LoginAuthenticator.CHALLENGE_TIMEOUT_MS + 1);
        assertEquals("rejected", silent.fate);
    }

    @Test
    void withoutCredentialsEverybodyIsLetInAsNobodyInParticular() {
        final LoginAuthenticator authenticator = authenticator(Admission.anonymous(3));
        final Client named = new Client(1, "alice");
        named.connect(authenticator);
        assertEquals("let in: ", named.fate);
        final Client stranger = new Client(2, "");
        authenticator.onConnectRequest(2, NOTHING, 0);
        authenticator.onConnectedSession(stranger, 0);
        assertEquals("let in: ", stranger.fate);
    }

    @Test
    void noMoreAreLetInThanMayBeOpen() {
        final LoginAuthenticator authenticator = authenticator(Admission.anonymous(2));
        final Client first = new Client(1, "");
        final Client second = new Client(2, "");
        final Client third = new Client(3, "");
        first.connect(authenticator);
        counters.onSessionOpened();
        second.connect(authenticator);
        third.connect(authenticator);
        assertEquals("told: SESSION_LIMIT", third.fate, "who was let in counts before the log says so");
        counters.onSessionOpened();
        third.connect(authenticator);
        assertEquals("told: SESSION_LIMIT", third.fate);
        final Client stranger = new Client(4, "");
        authenticator.onConnectRequest(4, NOTHING, 0);
        authenticator.onConnectedSession(stranger, 0);
        assertEquals("rejected", stranger.fate);
        assertEquals(3, counters.sessionsRefused());
        assertEquals(0, counters.loginsRefused());

        counters.onSessionClosed();
        third.connect(authenticator);
        assertEquals("let in: ", third.fate);
    }

    @Test
    void whoWasLetInAndNeverOpenedIsForgottenInTime() {
        final LoginAuthenticator authenticator = authenticator(Admission.anonymous(1));
        new Client(1, "").connect(authenticator);
        final Client second = new Client(2, "");
        second.connect(authenticator);
        assertEquals("told: SESSION_LIMIT", second.fate);

        authenticator.onConnectRequest(2, second.hello.encode(), 2_001);
        authenticator.onConnectedSession(second, 2_001);
        assertEquals("let in: ", second.fate);
    }

    @Test
    void aFloodOfAttemptsIsNotRemembered() {
        final LoginAuthenticator authenticator = authenticator(new Admission(1, BOOK, Principal.ANONYMOUS));
        final Client oldest = new Client(1, "alice");
        oldest.connect(authenticator);
        for (int i = 2; i < 10_000; i++) {
            authenticator.onConnectRequest(i, oldest.hello.encode(), 0);
        }
        authenticator.onChallengedSession(oldest, 0);
        assertEquals("rejected", oldest.fate);
    }

    @Test
    void aMemberThatCopiesTheLogIsNoClient() {
        final LoginAuthenticator authenticator = authenticator(new Admission(1, BOOK, new Principal("root")));
        final Client backup = new Client(-1, "");
        backup.connect(authenticator);
        assertEquals("let in: ", backup.fate);
        final Client alice = new Client(1, "alice");
        alice.connect(authenticator);
        assertEquals("challenged", alice.fate, "it takes no place");
    }

    @Test
    void anAdmissionThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Admission.anonymous(0));
        assertThrows(IllegalArgumentException.class, () -> Admission.anonymous(10_001));
        final String message = assertThrows(
                        IllegalArgumentException.class, () -> new Admission(9, BOOK, new Principal("eve")))
                .getMessage();
        assertTrue(message.contains("operator=eve"), message);
    }

    @Test
    void whatTheLogSaysOfASessionIsReadWhateverItIs() {
        for (final String[] known : new String[][] {{"", ""}, {"alice", ""}, {"alice", "root"}}) {
            final SessionPrincipal principal = new SessionPrincipal(new Principal(known[0]), new Principal(known[1]));
            assertEquals(principal, SessionPrincipal.decode(principal.encode()));
        }
        for (final String garbage :
                new String[] {"al ice", "alice\n\n", "\nroot", "alice\nro ot", "\0", "a".repeat(65)}) {
            assertEquals(
                    Principal.ANONYMOUS,
                    SessionPrincipal.decode(garbage.getBytes(StandardCharsets.ISO_8859_1))
                            .principal());
        }
        assertEquals(Principal.ANONYMOUS, SessionPrincipal.decode(null).operator());
    }

    private LoginAuthenticator authenticator(final Admission admission) {
        return new LoginAuthenticator(admission, counters);
    }

    private static LoginVerifier verifier(final String secret) {
        return LoginVerifier.of(
                secret.getBytes(StandardCharsets.US_ASCII),
                new byte[LoginVerifier.SALT_LENGTH],
                LoginVerifier.ITERATIONS_MIN);
    }

    /** One client's session, as the consensus module shows it, and the client itself. */
    private static final class Client implements SessionProxy {
        private final long id;
        private final LoginHello hello;
        private LoginChallenge challenge;
        private String fate = "waits";

        Client(final long id, final String name) {
            this.id = id;
            hello = new LoginHello(new Principal(name), NONCE);
        }

        void connect(final LoginAuthenticator authenticator) {
            authenticator.onConnectRequest(id, hello.encode(), 0);
            authenticator.onConnectedSession(this, 0);
        }

        void answer(final LoginAuthenticator authenticator, final String secret) {
            authenticator.onChallengeResponse(id, proof(secret), 0);
            authenticator.onChallengedSession(this, 0);
        }

        byte[] proof(final String secret) {
            final byte[] key = Scram.clientKey(
                    secret.getBytes(StandardCharsets.US_ASCII), challenge.salt(), challenge.iterations());
            return Scram.proof(key, challenge.transcript(hello));
        }

        @Override
        public long sessionId() {
            return id;
        }

        @Override
        public boolean challenge(final byte[] encodedChallenge) {
            challenge = LoginChallenge.decode(encodedChallenge);
            final LoginRefusal refusal = challenge.refusal();
            fate = refusal == null ? "challenged" : "told: " + refusal;
            return true;
        }

        @Override
        public boolean authenticate(final byte[] encodedPrincipal) {
            fate = "let in: " + new String(encodedPrincipal, StandardCharsets.US_ASCII).replace("\n", " LF ");
            return true;
        }

        @Override
        public void reject() {
            fate = "rejected";
        }
    }
}
