package io.fencegate.sequencer.login;

import io.aeron.security.Authenticator;
import io.aeron.security.SessionProxy;
import io.fencegate.core.access.Principal;
import io.fencegate.core.login.LoginChallenge;
import io.fencegate.core.login.LoginHello;
import io.fencegate.core.login.LoginRefusal;
import io.fencegate.core.login.LoginVerifier;
import io.fencegate.sequencer.counters.SequencerCounters;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets clients in, or not: those that log in by showing that they know their secret (SCRAM), all where there are no
 * credentials, and none while as many sessions are open as may. A client that introduced itself is told why it is not let
 * in; any other is just refused.
 *
 * <pre>
 *   hello ──> challenge (salt, nonce) ──> proof ──> open, with the principal in the log
 *         ──> refusal                ──> (any)  ──> rejected
 *         ──> open, where nobody needs to log in
 * </pre>
 *
 * <p>The slow step of a login is the client's. Here a whole attempt costs a few hashes of short messages, and what is
 * remembered of attempts under way is bounded: the oldest is forgotten, and its client begins anew.
 *
 * <p>Called by the consensus module's thread, on the leader.
 */
public final class LoginAuthenticator implements Authenticator {
    /** How long a challenged client may take, in milliseconds. */
    static final long CHALLENGE_TIMEOUT_MS = 5_000;

    private static final byte[] NO_PROOF = new byte[0];
    private static final byte[] NOBODY = new byte[0];

    private final Admission admission;
    private final SequencerCounters counters;
    private final SessionRoom room;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Attempt> attempts;

    /**
     * Builds an authenticator.
     *
     * @param admission whom to let in, and how many
     * @param counters of the node
     */
    public LoginAuthenticator(final Admission admission, final SequencerCounters counters) {
        this.admission = admission;
        this.counters = counters;
        room = new SessionRoom(admission.sessionsMax(), counters);
        attempts = new Bounded(2 * admission.sessionsMax() + SessionRoom.CONNECTING_MAX);
    }

    @Override
    public void onConnectRequest(final long sessionId, final byte[] encodedCredentials, final long nowMs) {
        if (!isMember(sessionId)) {
            attempts.put(sessionId, new Attempt(LoginHello.decode(encodedCredentials)));
        }
    }

    @Override
    public void onConnectedSession(final SessionProxy session, final long nowMs) {
        final Attempt attempt = attempts.get(session.sessionId());
        if (isMember(session.sessionId())) {
            session.authenticate(NOBODY);
        } else if (attempt == null) {
            reject(session);
        } else if (attempt.hello == null) {
            onStranger(session, nowMs);
        } else if (!room.hasRoom(nowMs)) {
            if (challenge(session, attempt, LoginChallenge.refused(LoginRefusal.SESSION_LIMIT), nowMs)) {
                counters.onSessionRefused();
            }
        } else if (admission.isAnonymous()) {
            authenticate(session, Principal.ANONYMOUS, nowMs);
        } else if (!attempt.hello.principal().isNamed()) {
            if (challenge(session, attempt, LoginChallenge.refused(LoginRefusal.LOGIN_REQUIRED), nowMs)) {
                counters.onLoginRefused();
            }
        } else {
            challenge(session, attempt, challengeOf(attempt), nowMs);
        }
    }

    @Override
    public void onChallengeResponse(final long sessionId, final byte[] encodedCredentials, final long nowMs) {
        final Attempt attempt = attempts.get(sessionId);
        if (attempt != null) {
            attempt.proof = encodedCredentials;
            attempt.isAnswered = true;
        }
    }

    @Override
    public void onChallengedSession(final SessionProxy session, final long nowMs) {
        final Attempt attempt = attempts.get(session.sessionId());
        if (attempt == null || !attempt.isAnswered && nowMs - attempt.challengedMs > CHALLENGE_TIMEOUT_MS) {
            counters.onLoginRefused();
            reject(session);
        } else if (attempt.isAnswered && attempt.challenge.refusal() != null) {
            reject(session); // Counted when it was told so.
        } else if (attempt.isAnswered && isProven(attempt)) {
            authenticate(session, attempt.hello.principal(), nowMs);
        } else if (attempt.isAnswered) {
            counters.onLoginRefused();
            reject(session);
        }
    }

    /** A member that copies the log is no client: it comes through the port between the nodes, and gets no session. */
    private static boolean isMember(final long sessionId) {
        return sessionId < 0;
    }

    /** A client that does not introduce itself: no client of ours. */
    private void onStranger(final SessionProxy session, final long nowMs) {
        if (!admission.isAnonymous()) {
            counters.onLoginRefused();
            reject(session);
        } else if (!room.hasRoom(nowMs)) {
            counters.onSessionRefused();
            reject(session);
        } else {
            authenticate(session, Principal.ANONYMOUS, nowMs);
        }
    }

    private LoginChallenge challengeOf(final Attempt attempt) {
        final LoginVerifier verifier = admission.credentials().verifier(attempt.hello.principal());
        final byte[] nonce = new byte[LoginHello.NONCE_LENGTH];
        random.nextBytes(nonce);
        return LoginChallenge.of(verifier, nonce);
    }

    private boolean isProven(final Attempt attempt) {
        final LoginVerifier verifier = admission.credentials().verifier(attempt.hello.principal());
        return verifier.accepts(attempt.challenge.transcript(attempt.hello), attempt.proof);
    }

    /** Returns false if the client does not take it now: it is tried again. */
    private static boolean challenge(
            final SessionProxy session, final Attempt attempt, final LoginChallenge challenge, final long nowMs) {
        if (!session.challenge(challenge.encode())) {
            return false;
        }
        attempt.challenge = challenge;
        attempt.challengedMs = nowMs;
        return true;
    }

    private void authenticate(final SessionProxy session, final Principal principal, final long nowMs) {
        final SessionPrincipal known =
                new SessionPrincipal(principal, principal.isNamed() ? admission.operator() : Principal.ANONYMOUS);
        if (session.authenticate(known.encode())) {
            attempts.remove(session.sessionId());
            room.onLetIn(nowMs);
        }
    }

    private void reject(final SessionProxy session) {
        attempts.remove(session.sessionId());
        session.reject();
    }

    /** A client on its way in. */
    private static final class Attempt {
        private final LoginHello hello;
        private LoginChallenge challenge;
        private long challengedMs;
        private byte[] proof = NO_PROOF;
        private boolean isAnswered;

        Attempt(final LoginHello hello) {
            this.hello = hello;
        }
    }

    /** Forgets the oldest attempt above a number. */
    private static final class Bounded extends LinkedHashMap<Long, Attempt> {
        private static final long serialVersionUID = 1L;

        private final int attemptsMax;

        Bounded(final int attemptsMax) {
            this.attemptsMax = attemptsMax;
        }

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Attempt> eldest) {
            return size() > attemptsMax;
        }
    }
}
