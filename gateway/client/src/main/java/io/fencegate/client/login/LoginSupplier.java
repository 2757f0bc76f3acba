package io.fencegate.client.login;

import io.aeron.security.CredentialsSupplier;
import io.fencegate.core.login.LoginChallenge;
import io.fencegate.core.login.LoginHello;
import io.fencegate.core.login.LoginRefusal;
import io.fencegate.core.login.Scram;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Logs in, as often as there is a new connection. The slow step is made once: what comes of it is kept for as long as the
 * sequencer asks for the same.
 *
 * <p>The client's thread.
 */
public final class LoginSupplier {
    private static final int HOPELESS_IN_ROW = 2;
    private static final byte[] NOTHING = new byte[0];

    private final SecureRandom random = new SecureRandom();
    private final Login login;
    private byte[] salt = NOTHING;
    private int iterations;
    private byte[] clientKey;
    private LoginRefusal told;
    private LoginRefusal refusal;
    private int refusalsInRow;
    private boolean isNews;

    /**
     * Logs in so.
     *
     * @param login as whom
     */
    public LoginSupplier(final Login login) {
        this.login = login;
    }

    /** The next connection's exchange. @return what Aeron asks */
    public CredentialsSupplier next() {
        told = null;
        final byte[] nonce = new byte[LoginHello.NONCE_LENGTH];
        random.nextBytes(nonce);
        return new Exchange(new LoginHello(login.principal(), nonce));
    }

    /** The client was let in. */
    public void onLetIn() {
        refusal = null;
        refusalsInRow = 0;
        isNews = false;
    }

    /** The client was not let in. @param reason where it is known without the sequencer's word, else null */
    public void onRefused(final LoginRefusal reason) {
        refusalsInRow++;
        isNews = true;
        if (reason != null) {
            refusal = reason;
        } else {
            refusal = told == null ? LoginRefusal.WRONG_CREDENTIALS : told;
        }
    }

    /** Why the last attempt was refused. @return null if it was not */
    public LoginRefusal refusal() {
        return refusal;
    }

    /**
     * Whether this client was refused once more by something that does not pass by itself: twice in a row, since one may be
     * refused for being too slow, too.
     *
     * @return true once for each refusal
     */
    public boolean takeHopeless() {
        final boolean isHopeless = isNews && refusalsInRow >= HOPELESS_IN_ROW && refusal != LoginRefusal.SESSION_LIMIT;
        isNews = false;
        return isHopeless;
    }

    /** Who logs in. @return its name, empty: nobody in particular */
    public String name() {
        return login.principal().name();
    }

    private byte[] clientKey(final LoginChallenge challenge) {
        if (clientKey == null || iterations != challenge.iterations() || !Arrays.equals(salt, challenge.salt())) {
            salt = challenge.salt();
            iterations = challenge.iterations();
            clientKey = Scram.clientKey(login.secret(), salt, iterations);
        }
        return clientKey;
    }

    /** One login. */
    private final class Exchange implements CredentialsSupplier {
        private final LoginHello hello;

        Exchange(final LoginHello hello) {
            this.hello = hello;
        }

        @Override
        public byte[] encodedCredentials() {
            return hello.encode();
        }

        @Override
        public byte[] onChallenge(final byte[] encodedChallenge) {
            final LoginChallenge challenge = LoginChallenge.decode(encodedChallenge);
            if (challenge == null || challenge.refusal() != null) {
                told = challenge == null ? null : challenge.refusal();
                return NOTHING; // Then the sequencer rejects, which Aeron tells.
            }
            if (!login.principal().isNamed()) {
                told = LoginRefusal.LOGIN_REQUIRED;
                return NOTHING;
            }
            return Scram.proof(clientKey(challenge), challenge.transcript(hello));
        }
    }
}
