package io.fencegate.verification.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.durability.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of a history is read again as it was, and what is no history is refused with its line. */
class HistoryTest {
    private static final HistoryHeader HEADER = new HistoryHeader(Durability.DISK, true, Transport.STREAM);

    @TempDir
    private Path directory;

    @Test
    void anEventReadsAsALine() {
        final Event event = Event.at(12_000_345_000L, "A", EventKind.WRITE_CALLED)
                .op(3)
                .resource("orders")
                .clientId(0x9A)
                .token(Token.of(7, 2))
                .sequence(1)
                .crc(0xE3069283)
                .build();
        assertEquals(
                "12.000345 A WRITE_CALLED op=3 resource=orders client=9a token=7/2 sequence=1 crc=e3069283",
                event.toString());
        assertEquals(event, EventText.parse(event.toString()));
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void everyKindIsReadAsItWasWritten(final EventKind kind) {
        final Event bare = Event.at(1, "gateway", kind).build();
        assertEquals(bare, EventText.parse(bare.toString()));
        final Event full = Event.at(Long.MAX_VALUE, "a b%#\t=\u2028", kind)
                .op(-1)
                .resource("lagër #1=%20 \u0000\u2028")
                .clientId(Long.MIN_VALUE)
                .token(Long.MAX_VALUE)
                .sequence(Long.MAX_VALUE)
                .crc(-1)
                .record(Long.MAX_VALUE, -1)
                .fence(Token.of(0, 1))
                .word(Verdict.STALE_TOKEN)
                .build();
        assertEquals(full, EventText.parse(full.toString()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 7, Long.MIN_VALUE, Long.MAX_VALUE, 1L << Token.SERIAL_BITS})
    void whatIsNoTokenSurvivesToo(final long number) {
        final Event event =
                Event.at(0, "s", EventKind.ISSUED).token(number).fence(number).build();
        assertEquals(event, EventText.parse(event.toString()));
    }

    @Test
    void aHistoryIsReadAsItWasWritten() throws IOException {
        final History history = new History(HEADER);
        for (final EventKind kind : EventKind.values()) {
            history.add(Event.at(kind.ordinal(), "A", kind).op(kind.ordinal()).resource("a b"));
        }
        final Path file = directory.resolve("a.history");
        history.write(file);
        final History read = History.read(file);
        assertEquals(HEADER, read.header());
        assertEquals(history.events(), read.events());
    }

    @Test
    void emptyLinesAndCommentsSayNothing() {
        final History history = History.parse(List.of(
                "# A story",
                "",
                "history durability=process sealed=false transport=datagram  # the header",
                "0.5  g  HEALED   # all is well"));
        assertEquals(new HistoryHeader(Durability.PROCESS, false, Transport.DATAGRAM), history.header());
        assertEquals(List.of(Event.at(500_000_000, "g", EventKind.HEALED).build()), history.events());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0 A",
                "1.0 A NEVER_HEARD",
                "1.0 A HEALED op",
                "1.0 A HEALED colour=3",
                "1.0 A HEALED token=0/0",
                "1.0 A HEALED word=%2",
                "1.0000000001 A HEALED",
                "-1 A HEALED",
                "0.1 A HEALED"
            })
    void whatIsNoEventIsRefusedWithItsLine(final String line) {
        final List<String> lines =
                List.of("history durability=disk sealed=true transport=stream", "0.2 A HEALED", line);
        final Exception refused = assertThrows(IllegalArgumentException.class, () -> History.parse(lines));
        assertTrue(refused.getMessage().startsWith("lineNumber=3: "), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.0 A HEALED", "history durability=disk", "history durability=steel transport=stream", "#"})
    void whatHasNoHeaderIsRefused(final String line) {
        assertThrows(IllegalArgumentException.class, () -> History.parse(List.of(line)));
    }
}
