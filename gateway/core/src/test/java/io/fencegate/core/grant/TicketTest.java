package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets survive any name and any passing on, and what was cut or altered is recognised. */
final class TicketTest {
    private static final Grant GRANT = new Grant("orders/shard-7", Token.of(1, 1), 255, 30_000, 0x0123456789abcdefL);
    private static final String TICKET =
            "fg1.orders/shard-7.1099511627777.00000000000000ff.30000.0123456789abcdef.476b9fd9";

    @Test
    void theFormatIsFrozen() {
        assertEquals(TICKET, Ticket.format(GRANT));
        assertEquals(GRANT, Ticket.parse(TICKET));
    }

    @Test
    void theWhiteSpaceThatAShellLeavesAroundATicketIsIgnored() {
        assertEquals(GRANT, Ticket.parse(" " + TICKET + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".", "a.b.c", "%41", " ", "Grüße, 注文 🔒", "-rf *", "\"$(x)`'", "\u00a0\uffff"})
    void anyNameSurvivesAsOneWordOfAscii(final String name) {
        final Grant grant = new Grant(name, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, -1);
        final String ticket = Ticket.format(grant);

        assertEquals(grant, Ticket.parse(ticket));
        assertTrue(ticket.matches("[A-Za-z0-9._%/:@-]+"), ticket);
    }

    @Test
    void theLongestTicketIsReadBack() {
        final Grant grant = new Grant("é".repeat(64), Long.MAX_VALUE, -1, Long.MAX_VALUE, -1);
        assertEquals(grant, Ticket.parse(Ticket.format(grant)));
    }

    @Test
    void everyTicketThatWasCutIsRecognised() {
        for (int length = 0; length < TICKET.length(); length++) {
            final String cut = TICKET.substring(0, length);
            assertThrows(TicketException.class, () -> Ticket.parse(cut), cut);
        }
    }

    @Test
    void everyTicketWithOneOtherCharacterIsRecognised() {
        for (int i = 0; i < TICKET.length(); i++) {
            for (char c = 0; c < 256; c++) {
                final String altered = TICKET.substring(0, i) + c + TICKET.substring(i + 1);
                if (c != TICKET.charAt(i)) {
                    assertThrows(TicketException.class, () -> Ticket.parse(altered), altered);
                }
            }
        }
    }

    @Test
    void whateverIsDoneToATicketItIsRefusedOrTellsTheSameGrant() {
        final Random random = new Random(20261123);
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            final Grant grant = randomGrant(random);
            final String mutated = mutate(Ticket.format(grant), random);
            try {
                assertEquals(grant, Ticket.parse(mutated), mutated);
            } catch (final TicketException expected) {
                refused++;
                assertFalse(expected.getMessage().isBlank());
            }
        }
        assertTrue(refused > 40_000, "refused=" + refused);
    }

    @Test
    void whateverStandsInATicketWithARightCheckValueItIsRefusedOrIsWrittenJustSo() {
        final Random random = new Random(7);
        int taken = 0;
        for (int i = 0; i < 60_000; i++) {
            final String ticket = Ticket.format(randomGrant(random));
            final String mutated = mutate(ticket.substring(0, ticket.lastIndexOf('.')), random);
            final String checked = checked(mutated);
            try {
                assertEquals(checked.strip(), Ticket.format(Ticket.parse(checked)));
                taken++;
            } catch (final TicketException expected) {
                assertFalse(expected.getMessage().isBlank());
            }
        }
        assertTrue(taken > 5_000, "taken=" + taken);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fg1.orders.0.00000000000000ff.30000.0000000000000000 | no such token: token=0",
                "fg1.orders.-5.00000000000000ff.30000.0000000000000000 | no such token: token=-5",
                "fg1.orders.1099511627776.00000000000000ff.30000.0000000000000000 | no such token: token=1099511627776",
                "fg1.orders.9223372036854775808.00000000000000ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders.x.00000000000000ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders.1..30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders.1.00000000000000fg.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders.1.00000000000000000ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders.1.00000000000000ff.0.0000000000000000 | no such time to live: ttlMs=0",
                "fg1..1.00000000000000ff.30000.0000000000000000 | a resource name is UTF-8",
                "fg1.%FF.1.00000000000000ff.30000.0000000000000000 | a resource name is UTF-8",
                "fg1.%0A.1.00000000000000ff.30000.0000000000000000 | a resource name is UTF-8",
                "fg1.orders%4.1.00000000000000ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders%.1.00000000000000ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders%zz.1.00000000000000ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.%6frders.1.00000000000000ff.30000.0000000000000000 | written otherwise",
                "fg1.orders.+1.00000000000000ff.30000.0000000000000000 | written otherwise",
                "fg1.orders.01.00000000000000ff.30000.0000000000000000 | written otherwise",
                "fg1.orders.1.ff.30000.0000000000000000 | one of its fields cannot be read",
                "fg1.orders.1.00000000000000FF.30000.0000000000000000 | written otherwise",
            })
    void aForgersTicketWithARightCheckValueIsReadStrictly(final String body, final String sentence) {
        assertRefused(checked(body), sentence);
    }

    @Test
    void whatIsNoTicketIsToldInASentence() {
        assertRefused(null, "no ticket was given");
        assertRefused("  \n", "no ticket was given");
        assertRefused("orders", "does not begin with fg1.");
        assertRefused("FG1" + TICKET.substring(3), "does not begin with fg1.");
        assertRefused("fg2" + TICKET.substring(3), "is of version fg2, and this program knows fg1");
        assertRefused("fg", "its version is not fg1");
        assertRefused("fg1." + "a".repeat(10_000), "length=10004 lengthMax=512");
        assertRefused(TICKET.replace('/', ' '), "no printable ASCII");
        assertRefused(TICKET.replace('/', 'é'), "no printable ASCII");
        assertRefused(TICKET.replace('7', '8'), "check value");
        assertRefused(TICKET.substring(0, 40), "fields=4 expected=7");
        assertRefused(TICKET + ".", "fields=8 expected=7");
    }

    @Test
    void aRefusalNeverRepeatsTheTicket() {
        final TicketException refusal =
                assertThrows(TicketException.class, () -> Ticket.parse(TICKET.replace("30000", "30001")));
        assertFalse(refusal.getMessage().contains("0123456789abcdef"), refusal.getMessage());
    }

    @Test
    void aGrantPrintsItselfWithoutItsSeal() {
        assertEquals(
                "Grant[resource=orders/shard-7, token=1099511627777 (1/1), clientId=255, ttlMs=30000]",
                GRANT.toString());
    }

    @Test
    void aGrantThatNoSequencerCouldIssueCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Grant("", 1, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Grant(null, 1, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Grant("a", 0, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Grant("a", 1, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Grant("a", 1, 1, -1, 0));
    }

    private static void assertRefused(final String text, final String sentence) {
        final TicketException refusal = assertThrows(TicketException.class, () -> Ticket.parse(text));
        assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    }

    private static String checked(final String body) {
        final CRC32C crc = new CRC32C();
        body.chars().forEach(crc::update);
        return body + "." + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static Grant randomGrant(final Random random) {
        final StringBuilder name = new StringBuilder();
        final int characters = 1 + random.nextInt(30);
        for (int i = 0; i < characters; i++) {
            final int[] from = {'a', '.', ' ', 0xC0, 0x4E00, 0x1F510};
            name.appendCodePoint(from[random.nextInt(from.length)] + random.nextInt(20));
        }
        final long token = Token.of(random.nextInt(1 << 23), 1 + random.nextInt(1 << 30));
        return new Grant(name.toString(), token, random.nextLong(), 1 + random.nextInt(1 << 30), random.nextLong());
    }

    private static String mutate(final String ticket, final Random random) {
        final StringBuilder text = new StringBuilder(ticket);
        final int mutations = random.nextInt(4);
        for (int i = 0; i < mutations && text.length() > 0; i++) {
            final int index = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(index, (char) random.nextInt(0x180));
                case 1 -> text.setCharAt(index, ".%0123456789abcdefF+- ".charAt(random.nextInt(22)));
                case 2 -> text.deleteCharAt(index);
                case 3 -> text.insert(index, text.charAt(random.nextInt(text.length())));
                case 4 -> text.setLength(index);
                default -> text.append(text.substring(index));
            }
        }
        return text.toString();
    }
}
