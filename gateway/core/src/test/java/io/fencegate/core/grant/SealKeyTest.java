package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are read strictly and never shown. */
final class SealKeyTest {
    private static final String HEX = "000102030405060708090a0b0c0d0e0f";

    @Test
    void equalKeysHaveOneFingerprintHoweverTheyAreWritten() {
        final long fingerprint = SealKey.parse(HEX).fingerprint();

        assertEquals(fingerprint, SealKey.parse(HEX.toUpperCase(Locale.ROOT)).fingerprint());
        assertEquals(fingerprint, SealKey.parse("  " + HEX + "\n").fingerprint());
        assertNotEquals(
                fingerprint, SealKey.parse("000102030405060708090a0b0c0d0e0e").fingerprint());
        assertNotEquals(
                fingerprint, SealKey.parse("0f0102030405060708090a0b0c0d0e0f").fingerprint());
        assertEquals(0x13d7290c4face4b3L, fingerprint, "golden: fingerprints stand in replicated logs");
    }

    @Test
    void aKeyNeverPrintsItself() {
        final SealKey key = SealKey.parse(HEX);

        assertEquals("SealKey[fingerprint=" + HexFormat.of().toHexDigits(key.fingerprint()) + "]", key.toString());
        for (int i = 0; i + 4 <= HEX.length(); i += 2) {
            assertFalse(key.toString().contains(HEX.substring(i, i + 4)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5ec2e7",
                "5ec2e75ec2e75ec2e75ec2e75ec2e75",
                "5ec2e75ec2e75ec2e75ec2e75ec2e75ec",
                "5ec2e75ec2e75ec2 75ec2e75ec2e75e",
                "5ec2e75ec2e75ec2e75ec2e75ec2e75g",
                "00000000000000000000000000000000"
            })
    void whatIsNoKeyIsRefusedWithoutShowingIt(final String text) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> SealKey.parse(text));
        assertFalse(refusal.getMessage().contains("5ec2"), refusal.getMessage());
    }
}
