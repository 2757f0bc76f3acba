package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.snapshot.MessageHeaderDecoder;
import io.fencegate.codecs.snapshot.SnapshotBeginDecoder;
import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.snapshot.SnapshotAdapter;
import io.fencegate.sequencer.snapshot.SnapshotException;
import io.fencegate.sequencer.snapshot.ToldState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A whole snapshot of the current version as it lies in the archives of running clusters, kept in a file: a line of hex
 * for each record, and beside it what each one says. Nodes must load it, and write it to the byte; who changes the format changes its version, too. Torn or
 * altered anywhere it is refused.
 */
final class GoldenSnapshotTest {
    private static final String FILE = "/golden/snapshot.hex";
    private static final String TOLD = "/golden/snapshot.txt";
    private static final long TERM = 3;

    private final List<byte[]> golden =
            lines(FILE).stream().map(HexFormat.of()::parseHex).toList();
    private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder()
            .wrapAndApplyHeader(new UnsafeBuffer(golden.get(0)), 0, new MessageHeaderDecoder());
    private final ServiceRig rig = new ServiceRig().start();

    @Test
    void theSameLogWritesTheSameBytes() {
        live();

        assertEquals(text(golden), text(rig.snapshot()), "what is written now, to be compared with " + FILE);
    }

    @Test
    void itTellsWhatWasTrueWhenItWasTaken() {
        final ToldState told = new ToldState();
        final SnapshotAdapter adapter = told.adapter();
        golden.forEach(record -> adapter.onRecord(new UnsafeBuffer(record), 0, record.length));

        assertTrue(adapter.isWhole());
        assertEquals(String.join("\n", lines(TOLD)), String.join("\n", told.lines()));
    }

    @Test
    void aNodeThatLoadsItGoesOnLikeTheOneThatTookIt() {
        live();
        final ServiceRig loaded = new ServiceRig().startFrom(golden, begin.logPosition());
        loaded.knows(101);
        loaded.knows(103);
        rig.takeSaid();

        for (final ServiceRig node : List.of(rig, loaded)) {
            node.fire(begin.timerId(), 5_000);
            node.renew(101, 5_100, 7, 6, Token.of(TERM, 2));
            node.acquire(103, 5_200, 10, -4, 0, "fresh");
        }

        assertEquals(text(rig.snapshot()), text(loaded.snapshot()));
        assertFalse(rig.takeSaid().isEmpty());
    }

    @Test
    void cutAnywhereItIsNotWhole() {
        assertTrue(isWhole(golden));
        for (int whole = 0; whole < golden.size(); whole++) {
            final List<byte[]> torn = new ArrayList<>(golden.subList(0, whole));
            assertFalse(isWhole(torn), "records=" + whole);
            for (int length = 0; length < golden.get(whole).length; length++) {
                torn.add(Arrays.copyOf(golden.get(whole), length));
                assertFalse(isWhole(torn), "records=" + whole + " and bytes=" + length);
                torn.remove(whole);
            }
        }
    }

    @Test
    void withAnyBitFlippedItIsNotWhole() {
        for (int i = 0; i < golden.size(); i++) {
            for (int bit = 0; bit < golden.get(i).length * Byte.SIZE; bit++) {
                final List<byte[]> altered = new ArrayList<>(golden);
                altered.set(i, golden.get(i).clone());
                altered.get(i)[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                assertFalse(isWhole(altered), "record=" + i + " bit=" + bit);
            }
        }
    }

    /** Every kind of record comes of this. */
    private void live() {
        rig.term(TERM, 1_000);
        rig.open(101, 1_000);
        rig.open(102, 1_000);
        rig.open(103, 1_000);
        rig.watch(103, 1_010, 10, 90, "or");
        rig.watch(103, 1_010, 10, 91, "");
        rig.acquire(101, 1_020, 7, 1, 0);
        rig.acquire(101, 1_030, 7, 2, 0, "billing/\u00e9");
        rig.renew(101, 1_040, 7, 3, Token.of(TERM, 1));
        rig.acquire(102, 1_050, 8, Long.MAX_VALUE, 5_000);
        rig.acquire(102, 1_060, 9, 1, 5_000);
        rig.cancelWait(102, 1_070, 9, 2, 1);
        rig.acquire(103, 1_080, 10, -5, 0);
        rig.release(101, 1_090, 7, 4, Token.of(TERM, 1));
        rig.acquire(101, 1_100, 11, 1, 4_000);
        rig.revoke(103, 1_110, 12, 1, Token.of(TERM, 3));
        rig.acquire(101, 1_120, 7, 5, 3_000);
        rig.acquire(103, 1_130, 12, 2, 3_000);
        rig.renew(102, 1_140, 8, Long.MIN_VALUE, Token.of(TERM, 3));
        rig.close(102, 1_150);
    }

    private boolean isWhole(final List<byte[]> records) {
        try {
            return new ServiceRig().load(records, begin.logPosition());
        } catch (final SnapshotException expected) {
            return false;
        }
    }

    private static List<String> lines(final String resource) {
        try (InputStream in = GoldenSnapshotTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(final List<byte[]> records) {
        return records.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("\n"));
    }
}
