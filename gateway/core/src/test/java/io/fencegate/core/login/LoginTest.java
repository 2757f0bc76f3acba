package io.fencegate.core.login;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.access.Principal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A login shows that a secret is known and does not say it; its formats do not change by accident. */
class LoginTest {
    private static final byte[] SECRET = bytes("pencil");
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    private static final int ITERATIONS = LoginVerifier.ITERATIONS_MIN;
    private static final byte[] NONCE = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] OTHER_NONCE = HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f");
    private static final LoginHello HELLO = new LoginHello(new Principal("alice"), NONCE);

    @Test
    void theArithmeticIsThatOfRfc7677() {
        final String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        final byte[] transcript = bytes(
                "n=user,r=rOprNGfwEbeRWgbNEkqO,r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=" + nonce);
        final byte[] clientKey = Scram.clientKey(SECRET, SALT, 4096);

        final byte[] proof = Scram.proof(clientKey, transcript);

        assertEquals(
                "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                Base64.getEncoder().encodeToString(proof));
        assertTrue(Scram.verifies(Scram.storedKey(clientKey), transcript, proof));
    }

    @Test
    void aProofIsForOneSecretAndOneExchange() {
        final LoginVerifier verifier = LoginVerifier.of(SECRET, SALT, ITERATIONS);
        final LoginChallenge challenge = LoginChallenge.of(verifier, OTHER_NONCE);
        final byte[] transcript = challenge.transcript(HELLO);
        final byte[] key = Scram.clientKey(SECRET, SALT, ITERATIONS);
        final byte[] proof = Scram.proof(key, transcript);

        assertTrue(verifier.accepts(transcript, proof));
        assertFalse(verifier.accepts(LoginChallenge.of(verifier, NONCE).transcript(HELLO), proof));
        assertFalse(verifier.accepts(challenge.transcript(new LoginHello(new Principal("alicf"), NONCE)), proof));
        assertFalse(verifier.accepts(
                transcript, Scram.proof(Scram.clientKey(bytes("pencik"), SALT, ITERATIONS), transcript)));
        assertFalse(verifier.accepts(transcript, Arrays.copyOf(proof, 31)));
        assertFalse(verifier.accepts(transcript, new byte[0]));
        for (int bit = 0; bit < proof.length * Byte.SIZE; bit++) {
            final byte[] flipped = proof.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertFalse(verifier.accepts(transcript, flipped), "bit=" + bit);
        }
    }

    @Test
    void theFormatsAreFrozen() {
        final LoginVerifier verifier = LoginVerifier.of(SECRET, SALT, ITERATIONS);
        assertEquals(
                "scram-sha-256$4096$5b6d99689d12358eeca04b141236fa81$"
                        + "586e5df283e6dceb5c3e791d8b8528ec191e664045ce971792e2e6b5bb13e2a6",
                verifier.format());
        assertEquals(verifier.format(), LoginVerifier.parse(verifier.format()).format());
        assertEquals(
                "01" + "000102030405060708090a0b0c0d0e0f" + "616c696365",
                HexFormat.of().formatHex(HELLO.encode()));
        assertEquals(
                "0100" + "101112131415161718191a1b1c1d1e1f" + HexFormat.of().formatHex(SALT) + "00100000",
                HexFormat.of()
                        .formatHex(LoginChallenge.of(verifier, OTHER_NONCE).encode()));
        for (final LoginRefusal refusal : LoginRefusal.values()) {
            assertEquals(refusal, LoginRefusal.ofCode(refusal.code()));
            assertEquals(
                    refusal,
                    LoginChallenge.decode(LoginChallenge.refused(refusal).encode())
                            .refusal());
        }
        assertEquals(LoginRefusal.WRONG_CREDENTIALS, LoginRefusal.ofCode(1));
        assertEquals(LoginRefusal.LOGIN_REQUIRED, LoginRefusal.ofCode(2));
        assertEquals(LoginRefusal.SESSION_LIMIT, LoginRefusal.ofCode(3));
    }

    @Test
    void messagesComeBackAsTheyWere() {
        final LoginHello hello = LoginHello.decode(HELLO.encode());
        assertEquals(new Principal("alice"), hello.principal());
        assertArrayEquals(NONCE, hello.nonce());
        assertEquals(
                Principal.ANONYMOUS,
                LoginHello.decode(new LoginHello(Principal.ANONYMOUS, NONCE).encode())
                        .principal());

        final LoginChallenge challenge = LoginChallenge.decode(
                LoginChallenge.of(LoginVerifier.of(SECRET, SALT, 5000), NONCE).encode());
        assertNull(challenge.refusal());
        assertArrayEquals(NONCE, challenge.nonce());
        assertArrayEquals(SALT, challenge.salt());
        assertEquals(5000, challenge.iterations());
    }

    @Test
    void whatIsNoMessageIsNone() {
        final Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            final byte[] bytes = new byte[random.nextInt(90)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = 1;
            }
            final LoginHello hello = LoginHello.decode(bytes);
            if (hello != null) {
                assertArrayEquals(bytes, hello.encode());
            }
            final LoginChallenge challenge = LoginChallenge.decode(bytes);
            if (challenge != null && challenge.refusal() == null) {
                assertArrayEquals(bytes, challenge.encode());
            }
        }
        final byte[] impatient = LoginChallenge.of(LoginVerifier.of(SECRET, SALT, ITERATIONS), NONCE)
                .encode();
        impatient[impatient.length - 1] = 0x7F;
        assertNull(LoginChallenge.decode(impatient), "a client bears no more iterations than it may");
    }

    @Test
    void aVerifierThatIsNoneIsRefusedWithoutAWordOfWhatItHolds() {
        final String whole = LoginVerifier.of(SECRET, SALT, ITERATIONS).format();
        final String key = whole.substring(whole.lastIndexOf('$') + 1);
        for (final String broken : new String[] {
            "",
            "x",
            "pencil",
            whole + "00",
            whole.substring(0, whole.length() - 1),
            whole.replace("scram-sha-256", "md5"),
            whole.replace("4096", "4095"),
            whole.replace("4096", "1000001"),
            whole.replace("4096", "many"),
            whole.replace("$5b", "$"),
            whole.replace(key, key.replace('0', 'g').replace('1', 'g').replace('2', 'g'))
        }) {
            final IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> LoginVerifier.parse(broken), broken);
            assertFalse(refused.getMessage().contains(key.substring(4, 12)), refused.getMessage());
        }
        assertFalse(LoginVerifier.parse(whole).toString().contains(key.substring(0, 8)));
    }

    @Test
    void whoIsUnknownLooksLikeAnybodyAndIsNeverLetIn() {
        final LoginVerifier nobody = LoginVerifier.ofNobody(bytes("eve"), NONCE, ITERATIONS);
        assertArrayEquals(
                nobody.salt(),
                LoginVerifier.ofNobody(bytes("eve"), NONCE, ITERATIONS).salt());
        assertFalse(Arrays.equals(
                nobody.salt(),
                LoginVerifier.ofNobody(bytes("evf"), NONCE, ITERATIONS).salt()));
        assertFalse(Arrays.equals(
                nobody.salt(),
                LoginVerifier.ofNobody(bytes("eve"), OTHER_NONCE, ITERATIONS).salt()));
        final byte[] transcript = LoginChallenge.of(nobody, NONCE).transcript(HELLO);
        assertFalse(nobody.accepts(
                transcript, Scram.proof(Scram.clientKey(SECRET, nobody.salt(), ITERATIONS), transcript)));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
