package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.crypto.macs.SipHash;
import org.junit.jupiter.api.Test;

/** Seals belong to one grant, one key, one purpose. */
final class SealerTest {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final SealKey OTHER_KEY = SealKey.parse("f0e0d0c0b0a090807060504030201000");
    private static final long TOKEN = 1_099_511_627_777L;
    private static final long CLIENT = -7;

    private final UnsafeBuffer name = new UnsafeBuffer("..orders".getBytes(StandardCharsets.US_ASCII));

    @Test
    void theMacIsSipHash24AsItsAuthorsPublishedIt() {
        final byte[] message = new byte[15];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) i;
        }
        final SipHash mac = KEY.newMac();
        mac.update(message, 0, message.length);
        assertEquals(0xa129ca6149be45e5L, mac.doFinal());
        assertEquals(0x726fdb47dd0e0e31L, mac.doFinal(), "the empty message, after the one before was forgotten");
    }

    @Test
    void theSealIsOverDomainTokenClientAndNameInThisOrder() {
        final SipHash mac = KEY.newMac();
        mac.update((byte) 1);
        final byte[] fields = new byte[16];
        final UnsafeBuffer littleEndian = new UnsafeBuffer(fields);
        littleEndian.putLong(0, TOKEN, ByteOrder.LITTLE_ENDIAN);
        littleEndian.putLong(8, CLIENT, ByteOrder.LITTLE_ENDIAN);
        mac.update(fields, 0, 16);
        mac.update("orders".getBytes(StandardCharsets.US_ASCII), 0, 6);

        assertEquals(mac.doFinal(), seal(Sealer.of(KEY)));
        assertEquals(0x7069123700e23282L, seal(Sealer.of(KEY)), "golden: seals outlive the process that made them");
    }

    @Test
    void aSealVerifiesForItsGrantAndForNoOther() {
        final Sealer sealer = Sealer.of(KEY);
        final long seal = seal(sealer);

        assertTrue(sealer.verifies(seal, TOKEN, CLIENT, name, 2, 6));
        assertFalse(sealer.verifies(seal, TOKEN + 1, CLIENT, name, 2, 6));
        assertFalse(sealer.verifies(seal, TOKEN, CLIENT + 1, name, 2, 6));
        assertFalse(sealer.verifies(seal, TOKEN, CLIENT, name, 2, 5));
        assertFalse(sealer.verifies(seal, TOKEN, CLIENT, name, 1, 6));
        assertFalse(sealer.verifies(seal, CLIENT, TOKEN, name, 2, 6));
        assertFalse(sealer.verifies(0, TOKEN, CLIENT, name, 2, 6));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertFalse(sealer.verifies(seal ^ 1L << bit, TOKEN, CLIENT, name, 2, 6));
        }
    }

    @Test
    void aProofOpensNothing() {
        final Sealer sealer = Sealer.of(KEY, OTHER_KEY);
        final long proof = sealer.proof(TOKEN, CLIENT, name, 2, 6);

        assertNotEquals(seal(sealer), proof);
        assertFalse(sealer.verifies(proof, TOKEN, CLIENT, name, 2, 6));
        assertEquals(proof, sealer.proof(TOKEN, CLIENT, name, 2, 6));
        assertNotEquals(proof, sealer.proof(TOKEN + 1, CLIENT, name, 2, 6));
    }

    @Test
    void aLiveKeyProvesWhatItsGatewayOpenedAndNothingElse() {
        final long proof = Sealer.of(KEY).proof(TOKEN, CLIENT, name, 2, 6);

        assertTrue(Sealer.of(KEY).proves(proof, TOKEN, CLIENT, name, 2, 6));
        assertTrue(Sealer.of(OTHER_KEY, KEY).proves(proof, TOKEN, CLIENT, name, 2, 6));
        assertTrue(Sealer.of(KEY, OTHER_KEY).proves(proof, TOKEN, CLIENT, name, 2, 6));
        assertFalse(Sealer.of(OTHER_KEY).proves(proof, TOKEN, CLIENT, name, 2, 6));
        assertFalse(Sealer.of(KEY).proves(proof, TOKEN + 1, CLIENT, name, 2, 6));
        assertFalse(Sealer.of(KEY).proves(proof, TOKEN, CLIENT + 1, name, 2, 6));
        assertFalse(Sealer.of(KEY).proves(proof, TOKEN, CLIENT, name, 1, 6));
        assertFalse(Sealer.of(KEY).proves(seal(Sealer.of(KEY)), TOKEN, CLIENT, name, 2, 6), "a seal is no proof");
        assertFalse(Sealer.none().proves(0, TOKEN, CLIENT, name, 2, 6), "without a key nothing is proven");
    }

    @Test
    void twoKeysMayBeLiveAndTheNewestSeals() {
        final long oldSeal = seal(Sealer.of(KEY));
        final Sealer both = Sealer.of(OTHER_KEY, KEY);

        assertEquals(seal(Sealer.of(OTHER_KEY)), seal(both));
        assertTrue(both.verifies(seal(both), TOKEN, CLIENT, name, 2, 6));
        assertTrue(both.verifies(oldSeal, TOKEN, CLIENT, name, 2, 6));
        assertFalse(both.verifies(oldSeal, TOKEN + 1, CLIENT, name, 2, 6));
        assertFalse(Sealer.of(OTHER_KEY).verifies(oldSeal, TOKEN, CLIENT, name, 2, 6));
    }

    @Test
    void aSealerThatGetsOtherKeysSealsAndVerifiesWithThem() {
        final Sealer sealer = Sealer.of(KEY);
        final long oldSeal = seal(sealer);
        sealer.rekey(List.of(OTHER_KEY, KEY));
        assertEquals(seal(Sealer.of(OTHER_KEY)), seal(sealer));
        assertTrue(sealer.verifies(oldSeal, TOKEN, CLIENT, name, 2, 6));
        sealer.rekey(List.of(OTHER_KEY));
        assertFalse(sealer.verifies(oldSeal, TOKEN, CLIENT, name, 2, 6));
        sealer.rekey(List.of());
        assertFalse(sealer.hasKey());
    }

    @Test
    void aChangeOfKeysIsMacedByTheFirstKeyAlone() {
        final Sealer both = Sealer.of(OTHER_KEY, KEY);
        final long mac = both.change(SealKey.Action.ADD, CLIENT, 3);

        assertEquals(mac, Sealer.of(OTHER_KEY).change(SealKey.Action.ADD, CLIENT, 3));
        assertTrue(both.verifiesChange(mac, SealKey.Action.ADD, CLIENT, 3));
        assertFalse(both.verifiesChange(
                Sealer.of(KEY).change(SealKey.Action.ADD, CLIENT, 3), SealKey.Action.ADD, CLIENT, 3));
        assertFalse(both.verifiesChange(mac, SealKey.Action.RETIRE, CLIENT, 3));
        assertFalse(both.verifiesChange(mac, SealKey.Action.ADD, CLIENT + 1, 3));
        assertFalse(both.verifiesChange(mac, SealKey.Action.ADD, CLIENT, 4));
        assertFalse(Sealer.none().verifiesChange(0, SealKey.Action.ADD, CLIENT, 3));
        assertEquals(0, Sealer.none().change(SealKey.Action.ADD, CLIENT, 3));
    }

    @Test
    void aChangeOfKeysIsOverDomainFingerprintRevisionAndActionInThisOrder() {
        final SipHash mac = KEY.newMac();
        mac.update((byte) 4);
        final byte[] fields = new byte[17];
        final UnsafeBuffer littleEndian = new UnsafeBuffer(fields);
        littleEndian.putLong(0, TOKEN, ByteOrder.LITTLE_ENDIAN);
        littleEndian.putLong(8, CLIENT, ByteOrder.LITTLE_ENDIAN);
        fields[16] = 2;
        mac.update(fields, 0, fields.length);

        assertEquals(mac.doFinal(), Sealer.of(KEY).change(SealKey.Action.RETIRE, TOKEN, CLIENT));
    }

    @Test
    void withoutAKeyEverySealIsZeroAndEverySealVerifies() {
        final Sealer none = Sealer.none();

        assertFalse(none.hasKey());
        assertTrue(Sealer.of(KEY).hasKey());
        assertEquals(0, seal(none));
        assertEquals(0, none.proof(TOKEN, CLIENT, name, 2, 6));
        assertTrue(none.verifies(12345, TOKEN, CLIENT, name, 2, 6));
    }

    @Test
    void aNameOfImpossibleLengthIsRefusedAndLeavesNoTrace() {
        final Sealer sealer = Sealer.of(KEY);
        final UnsafeBuffer large = new UnsafeBuffer(new byte[200]);
        assertThrows(IllegalArgumentException.class, () -> sealer.seal(1, 1, large, 0, 129));
        assertThrows(IllegalArgumentException.class, () -> sealer.seal(1, 1, large, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> sealer.seal(1, 1, large, 100, 128));

        assertEquals(seal(Sealer.of(KEY)), seal(sealer));
    }

    private long seal(final Sealer sealer) {
        return sealer.seal(TOKEN, CLIENT, name, 2, 6);
    }
}
