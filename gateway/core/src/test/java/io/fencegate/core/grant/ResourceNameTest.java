package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a name of a resource and what is none, as bytes and as text. */
final class ResourceNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "orders/shard-7", " ", "Grüße", "注文", "🔒", "\u00a0", "\u07ff\u0800\uffff", "a.b%c d\"'$`"})
    void anyTextWithoutControlCharactersIsAName(final String name) {
        assertTrue(ResourceName.isValid(name));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX + 3]);
        final int length = ResourceName.encode(name, buffer, 3);
        assertTrue(ResourceName.isValid(buffer, 3, length));
        assertEquals(name, ResourceName.decode(buffer, 3, length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a\nb",
                "\u0000",
                "\u001b[2J",
                "\u007f",
                "\u0085",
                "\u009f",
                "\ud800",
                "a\udc00",
                "\udc00\ud800"
            })
    void controlCharactersHalfPairsAndNothingAreNoNames(final String name) {
        assertFalse(ResourceName.isValid(name));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
        assertThrows(IllegalArgumentException.class, () -> ResourceName.encode(name, buffer, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c080",
                "c1bf",
                "c2",
                "c241",
                "e0",
                "e080",
                "e08080",
                "e09fbf",
                "e282",
                "eda080",
                "edbfbf",
                "f0",
                "f0808080",
                "f08fbfbf",
                "f09f94",
                "f4908080",
                "f5808080",
                "f8888080",
                "fe",
                "ff",
                "61ff",
                "00",
                "61620a",
                "7f",
                "c280",
                "c29f"
            })
    void bytesThatAreNotWellFormedAreNoName(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertFalse(ResourceName.isValid(buffer, 0, bytes.length));
        assertThrows(IllegalArgumentException.class, () -> ResourceName.decode(buffer, 0, bytes.length));
    }

    @Test
    void aNameIsAtMost128BytesLongHoweverManyCharacters() {
        assertTrue(ResourceName.isValid("a".repeat(128)));
        assertFalse(ResourceName.isValid("a".repeat(129)));
        assertTrue(ResourceName.isValid("é".repeat(64)));
        assertFalse(ResourceName.isValid("é".repeat(64) + "a"));
        assertTrue(ResourceName.isValid("🔒".repeat(32)));
        assertFalse(ResourceName.isValid("🔒".repeat(33)));
        assertFalse(ResourceName.isValid(null));

        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[200]);
        buffer.setMemory(0, 200, (byte) 'a');
        assertTrue(ResourceName.isValid(buffer, 7, 128));
        assertFalse(ResourceName.isValid(buffer, 7, 129));
        assertFalse(ResourceName.isValid(buffer, 7, 0));
        assertFalse(ResourceName.isValid(buffer, 7, -1));
    }

    @Test
    void aCharacterCutByTheNamesEndIsNotCompletedFromWhatFollows() {
        final UnsafeBuffer buffer = new UnsafeBuffer("aé".getBytes(StandardCharsets.UTF_8));
        assertTrue(ResourceName.isValid(buffer, 0, 3));
        assertFalse(ResourceName.isValid(buffer, 0, 2));
    }

    @Test
    void randomBytesAreJudgedAsTheJdkJudgesThem() {
        final Random random = new Random(20261123);
        int valid = 0;
        for (int i = 0; i < 300_000; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(5)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                final byte[] leads = {(byte) 0xC3, (byte) 0xE0, (byte) 0xED, (byte) 0xEF, (byte) 0xF0, (byte) 0xF4};
                bytes[0] = leads[random.nextInt(leads.length)];
                for (int j = 1; j < bytes.length; j++) {
                    bytes[j] = (byte) (0x80 | (bytes[j] & 0x3F));
                }
            }
            final boolean expected = isNameByTheJdk(bytes);
            valid += expected ? 1 : 0;
            assertEquals(
                    expected,
                    ResourceName.isValid(new UnsafeBuffer(bytes), 0, bytes.length),
                    () -> HexFormat.of().formatHex(bytes));
        }
        assertTrue(valid > 10_000);
    }

    private static boolean isNameByTheJdk(final byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .codePoints()
                    .noneMatch(Character::isISOControl);
        } catch (final CharacterCodingException ex) {
            return false;
        }
    }
}
