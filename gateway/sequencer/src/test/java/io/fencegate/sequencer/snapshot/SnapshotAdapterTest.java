package io.fencegate.sequencer.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.charter.LiveKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A snapshot is whole, or an error: whatever is taken from it, added or changed. */
class SnapshotAdapterTest {
    private static final LeaseLimits LIMITS = new LeaseLimits(100, 10, 50, 20, 5, 4, 8, 60_000);
    private static final LiveKeys KEYS =
            new LiveKeys(5, List.of(-11L, 12L), 4000, new KeyChange(6, 5, Action.ADD, -11, 4, 0));
    private static final UnsafeBuffer NAME = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));

    private final List<byte[]> records = records();
    private ToldState told;

    @Test
    void everyValueComesBack() {
        assertTrue(isWhole(records));

        assertEquals(
                List.of(
                        "begin position=4096 timer=12 running=true " + LIMITS,
                        "charter founded=true digest=4077",
                        "keys " + KEYS,
                        "onClock[3, 1700000000000, 5000]",
                        "onTokens[65536, 3, 9]",
                        "onEvents[77, 4]",
                        "onAccess[6, AccessChange[clientId=9, requestId=4, revisionExpected=5, isAllowed=true,"
                                + " rule=AccessRule[principal=alice, prefix=orders/, rights=5]]]",
                        "onRule[AccessRule[principal=alice, prefix=orders/, rights=5]]",
                        "onRule[AccessRule[principal=root, prefix=, rights=15]]",
                        "onClient[7, Principal[name=alice], -100, true, 0]",
                        "onEnded[5, REVOKED]",
                        "onAnswer[RENEW, 7/2/11/1000/0/0/0/0/orders, RENEWED, 7, 11, 1000, 6000, UNKNOWN]",
                        "onAnswer[CANCEL_WAIT, 7/3/0/0/0/1/0/0/orders, LEASE_LOST, 8, 12, 0, 0, EXPIRED]",
                        "onAnswer[RAISE_FLOOR, 7/4/13/0/0/0/-6/5/orders, FLOOR_RAISED, 0, 65536, 0, 0, UNKNOWN]",
                        "onAnswer[SET_FLOOR, 7/5/13/0/0/0/0/0/, FLOOR_KEPT, 0, 65536, 0, 0, UNKNOWN]",
                        "onClient[8, Principal[name=], 99, false, 4000]",
                        "onLease[7, 11, 1000, 6000, orders]",
                        "onWait[8/1/0/500/300/0/0/0/orders, 5300, 44]",
                        "onWatch[2, 9/6/0/0/0/0/0/0/or, 101]",
                        "onWatch[4, 9/7/0/0/0/0/0/0/ by root, 102]",
                        "route 7 -> 101",
                        "route 8 -> 102",
                        "whole"),
                told.lines());
    }

    @Test
    void withoutAnyOneOfItsRecordsItIsNotWhole() {
        for (int i = 0; i < records.size(); i++) {
            final List<byte[]> damaged = new ArrayList<>(records);
            damaged.remove(i);
            assertFalse(isTakenOver(damaged), "without record " + i);
        }
    }

    @Test
    void withAnyOneOfItsRecordsTwiceItIsNotWhole() {
        for (int i = 0; i < records.size(); i++) {
            final List<byte[]> damaged = new ArrayList<>(records);
            damaged.add(i, records.get(i));
            assertFalse(isTakenOver(damaged), "with record " + i + " twice");
        }
    }

    @Test
    void withAnyTwoNeighboursSwappedItIsNotWhole() {
        for (int i = 1; i < records.size(); i++) {
            final List<byte[]> damaged = new ArrayList<>(records);
            damaged.set(i, records.get(i - 1));
            damaged.set(i - 1, records.get(i));
            assertFalse(isTakenOver(damaged), "with records " + (i - 1) + " and " + i + " swapped");
        }
    }

    @Test
    void withAnyOneOfItsBitsFlippedItIsNotWhole() {
        for (int i = 0; i < records.size(); i++) {
            for (int bit = 0; bit < records.get(i).length * Byte.SIZE; bit++) {
                final List<byte[]> damaged = new ArrayList<>(records);
                final byte[] flipped = records.get(i).clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                damaged.set(i, flipped);
                assertFalse(isTakenOver(damaged), "record=" + i + " bit=" + bit);
            }
        }
    }

    @Test
    void withAnyOneOfItsRecordsCutShortItIsNotWhole() {
        for (int i = 0; i < records.size(); i++) {
            for (int length = 0; length < records.get(i).length; length++) {
                final List<byte[]> damaged = new ArrayList<>(records);
                damaged.set(i, Arrays.copyOf(records.get(i), length));
                assertFalse(isTakenOver(damaged), "record=" + i + " length=" + length);
            }
        }
    }

    @Test
    void whatTheStateRefusesIsAnErrorOfTheSnapshot() {
        final SnapshotAdapter adapter = new SnapshotAdapter(new ToldState(), ToldState.visitor(method -> {
            throw new IllegalStateException("no such state");
        }));
        adapter.onRecord(new UnsafeBuffer(records.get(0)), 0, records.get(0).length);
        adapter.onRecord(new UnsafeBuffer(records.get(1)), 0, records.get(1).length);
        adapter.onRecord(new UnsafeBuffer(records.get(2)), 0, records.get(2).length);

        final SnapshotException thrown = assertThrows(
                SnapshotException.class,
                () -> adapter.onRecord(new UnsafeBuffer(records.get(3)), 0, records.get(3).length));

        assertTrue(thrown.getMessage().contains("no such state"), thrown::getMessage);
    }

    private boolean isTakenOver(final List<byte[]> damaged) {
        try {
            return isWhole(damaged);
        } catch (final SnapshotException expected) {
            return false;
        }
    }

    private boolean isWhole(final List<byte[]> snapshot) {
        told = new ToldState();
        final SnapshotAdapter adapter = told.adapter();
        for (final byte[] bytes : snapshot) {
            adapter.onRecord(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        return adapter.isWhole();
    }

    private static List<byte[]> records() {
        final List<byte[]> records = new ArrayList<>();
        final SnapshotPublisher publisher = new SnapshotPublisher((buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            records.add(bytes);
        });
        final LeaseCommand command = new LeaseCommand().name(NAME, 0, NAME.capacity());
        publisher.begin(4096, 12, true, LIMITS);
        publisher.charter(true, 4077);
        publisher.keys(KEYS);
        publisher.onClock(3, 1_700_000_000_000L, 5000);
        publisher.onTokens(65_536, 3, 9);
        publisher.onEvents(77, 4);
        publisher.onAccess(6, new AccessChange(9, 4, 5, true, new AccessRule("alice", "orders/", 5)));
        publisher.onRule(new AccessRule("alice", "orders/", 5));
        publisher.onRule(new AccessRule("root", "", 15));
        publisher.onClient(7, new Principal("alice"), -100, true, 0);
        publisher.onEnded(5, LeaseEnd.REVOKED);
        command.from(7, 2).terms(11, 1000, 0);
        publisher.onAnswer(CommandKind.RENEW, command, LeaseVerdict.RENEWED, 7, 11, 1000, 6000, LeaseEnd.UNKNOWN);
        command.from(7, 3).waitRequestId(1);
        publisher.onAnswer(CommandKind.CANCEL_WAIT, command, LeaseVerdict.LEASE_LOST, 8, 12, 0, 0, LeaseEnd.EXPIRED);
        command.from(7, 4).terms(13, 0, 0).proven(-6, 5);
        publisher.onAnswer(
                CommandKind.RAISE_FLOOR, command, LeaseVerdict.FLOOR_RAISED, 0, 65_536, 0, 0, LeaseEnd.UNKNOWN);
        command.from(7, 5).terms(13, 0, 0).name(NAME, 0, 0);
        publisher.onAnswer(CommandKind.SET_FLOOR, command, LeaseVerdict.FLOOR_KEPT, 0, 65_536, 0, 0, LeaseEnd.UNKNOWN);
        command.name(NAME, 0, NAME.capacity());
        publisher.onClient(8, Principal.ANONYMOUS, 99, false, 4000);
        publisher.onLease(7, 11, 1000, 6000, NAME, 0, NAME.capacity());
        publisher.onWait(command.from(8, 1).terms(0, 500, 300), 5300, 44);
        publisher.onWatch(2, command.from(9, 6).name(NAME, 0, 2), 101);
        publisher.onWatch(4, command.from(9, 7).by(new Principal("root")).name(NAME, 0, 0), 102);
        publisher.onRoute(7, 101);
        publisher.onRoute(8, 102);
        publisher.end();
        return records;
    }
}
