package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.grant.Sealer;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.charter.UnfitNodeException;
import io.fencegate.sequencer.charter.UnfitNodeException.Difference;
import io.fencegate.sequencer.snapshot.SnapshotAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Which keys are live, and which one seals, with the log spoken by hand. */
class KeyRotationTest {
    private static final long ANN = 7;
    private static final long OPERATOR = 9;
    private static final SealKey ONE = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final SealKey TWO = SealKey.parse("101112131415161718191a1b1c1d1e1f");
    private static final SealKey THREE = SealKey.parse("202122232425262728292a2b2c2d2e2f");
    private static final UnsafeBuffer NAME = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));

    private long request;

    @Test
    void theFirstKeyComesThroughTheLogAndSeals() {
        final ServiceRig rig = new ServiceRig(SealKey.Source.of(ONE)).start();
        rig.termOnly(0, 1000);
        rig.open(1, 1000);
        final List<Long> ids = List.copyOf(rig.timers.keySet());
        assertEquals(2, ids.size());
        ids.forEach(id -> rig.fire(id, 1000));

        rig.describeKeys(1, 1001, ANN, 5);
        rig.acquire(1, 1001, ANN, 1, 0);
        rig.renew(1, 1002, ANN, 2, 1);

        assertEquals(
                List.of(
                        keys(5, 1, 0, ONE),
                        "1: Granted client=7 request=1 token=1 remaining=1000",
                        "1: Renewed client=7 token=1 seal=" + seal(ONE)),
                rig.said);
        assertEquals(ONE.fingerprint(), rig.counters.keyFingerprint(0));
        assertEquals(1, rig.counters.keysRevision());
        ids.forEach(id -> rig.fire(id, 1003));
        assertEquals(2, rig.counters.foundingsIgnored());
        rig.termOnly(1, 2000);
        assertTrue(rig.timers.keySet().stream().noneMatch(id -> id < 0));
    }

    @Test
    void aNodeThatLacksTheFirstKeyStopsAndNamesWhatTheLogKnowsOfIt() {
        final ServiceRig other = new ServiceRig(SealKey.Source.of(ONE)).start();
        other.termOnly(0, 1000);
        final ServiceRig rig = new ServiceRig(SealKey.Source.of(TWO)).start();
        rig.termOnly(0, 1000);

        final UnfitNodeException stopped = assertThrows(
                UnfitNodeException.class,
                () -> List.copyOf(other.timers.keySet()).forEach(id -> rig.fire(id, 1000)));

        assertEquals(Difference.KEY, stopped.difference());
        final String name = String.format("%016x", ONE.fingerprint()).substring(0, 15) + "?";
        assertTrue(stopped.getMessage().contains("fingerprint=" + name + " keysInFile=1"), stopped::getMessage);
    }

    @Test
    void theNewestLiveKeySealsFromTheChangeOn() {
        final ServiceRig rig = sealed(SealKey.Source.of(ONE, TWO), 0);
        rig.acquire(1, 1001, ANN, 1, 0);
        change(rig, Action.ADD, TWO, ONE, 1);
        rig.renew(1, 1002, ANN, 2, 1);
        change(rig, Action.RETIRE, ONE, TWO, 2);
        rig.renew(1, 1003, ANN, 3, 1);

        assertEquals(
                List.of(
                        "1: Granted client=7 request=1 token=1 remaining=1000",
                        keys(1, 2, 0, TWO, ONE),
                        "1: Renewed client=7 token=1 seal=" + seal(TWO),
                        keys(2, 3, rig.logPosition() - 128, TWO),
                        "1: Renewed client=7 token=1 seal=" + seal(TWO)),
                rig.said);
    }

    @Test
    void theNewestKeyMayBeRetiredToo() {
        final ServiceRig rig = sealed(SealKey.Source.of(ONE, TWO), 0);
        rig.acquire(1, 1001, ANN, 1, 0);
        change(rig, Action.ADD, TWO, ONE, 1);
        change(rig, Action.RETIRE, TWO, TWO, 2);
        rig.renew(1, 1002, ANN, 2, 1);

        assertEquals("1: Renewed client=7 token=1 seal=" + seal(ONE), rig.said.get(3));
    }

    @Test
    void everyChangeThatMayNotBeIsRefused() {
        final ServiceRig rig = sealed(SealKey.Source.of(ONE, TWO, THREE), 0);
        rig.describeKeys(1, 1001, OPERATOR, ++request);
        rig.said.clear();
        final List<byte[]> before = rig.snapshot();
        change(rig, Action.ADD, TWO, ONE, 2);
        change(rig, Action.ADD, TWO, TWO, 1);
        change(rig, Action.ADD, ONE, ONE, 1);
        change(rig, Action.RETIRE, TWO, ONE, 1);
        change(rig, Action.RETIRE, ONE, ONE, 1);
        assertEquals(List.of("KEYS_CHANGED", "BAD_KEY_SEAL", "KEY_LIVE", "KEY_NOT_LIVE", "LAST_KEY"), verdicts(rig));
        assertArrayEquals(stateOf(before), stateOf(rig.snapshot()));

        rig.said.clear();
        change(rig, Action.ADD, TWO, ONE, 1);
        change(rig, Action.ADD, THREE, TWO, 2);
        change(rig, Action.RETIRE, THREE, TWO, 2);
        change(rig, Action.RETIRE, ONE, ONE, 2);
        assertEquals(List.of("Keys", "TOO_MANY_KEYS", "KEY_NOT_LIVE", "BAD_KEY_SEAL"), verdicts(rig));
        assertEquals(2, rig.counters.refusals(LeaseVerdict.BAD_KEY_SEAL));
        assertEquals(1, rig.counters.refusals(LeaseVerdict.TOO_MANY_KEYS));
    }

    @Test
    void noBitOfAMacAndNoOtherChangeOfItPasses() {
        final ServiceRig rig = sealed(SealKey.Source.of(ONE, TWO), 0);
        final KeyChange right = signed(Action.ADD, TWO, ONE, 1);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            rig.changeKey(
                    1,
                    1001,
                    new KeyChange(OPERATOR, ++request, Action.ADD, TWO.fingerprint(), 1, right.mac() ^ 1L << bit));
        }
        rig.changeKey(1, 1001, new KeyChange(OPERATOR, ++request, Action.RETIRE, TWO.fingerprint(), 1, right.mac()));
        rig.changeKey(1, 1001, new KeyChange(OPERATOR, ++request, Action.ADD, 4711, 1, right.mac()));
        rig.changeKey(1, 1001, new KeyChange(OPERATOR, ++request, Action.ADD, TWO.fingerprint(), 1, seal(ONE)));

        assertEquals(Long.SIZE + 3, rig.counters.refusals(LeaseVerdict.BAD_KEY_SEAL));
        assertEquals(1, rig.counters.keysRevision());
    }

    @Test
    void withoutAKeyNobodyCanNameOne() {
        final ServiceRig rig = new ServiceRig().start();
        rig.term(0, 1000);
        rig.open(1, 1000);
        rig.changeKey(1, 1001, new KeyChange(OPERATOR, ++request, Action.ADD, 4711, 0, 0));
        rig.describeKeys(1, 1001, ANN, 5);

        assertEquals(List.of("BAD_KEY_SEAL", "Keys"), verdicts(rig));
        assertEquals("1: Keys request=5 revision=0 live=[] retirement=0", rig.said.get(1));
    }

    @Test
    void theLatestChangeMayBeRepeatedAndALateRepeatRevivesNoRetiredKey() {
        final ServiceRig rig = sealed(SealKey.Source.of(ONE, TWO, THREE), 0);
        final KeyChange addTwo = signed(Action.ADD, TWO, ONE, 1);
        rig.changeKey(1, 1001, addTwo);
        rig.changeKey(1, 1002, addTwo);
        assertEquals(List.of("Keys", "Keys"), verdicts(rig));
        assertEquals(rig.said.get(0), rig.said.get(1));

        change(rig, Action.ADD, THREE, TWO, 2);
        change(rig, Action.RETIRE, TWO, TWO, 2);
        rig.said.clear();
        rig.changeKey(1, 1003, addTwo);
        rig.changeKey(1, 1003, new KeyChange(OPERATOR + 1, 1, Action.ADD, TWO.fingerprint(), 1, addTwo.mac()));

        assertEquals(List.of("KEYS_CHANGED", "KEYS_CHANGED"), verdicts(rig));
        assertEquals(ONE.fingerprint(), rig.counters.keyFingerprint(0));
        assertEquals(0, rig.counters.keyFingerprint(1));
    }

    @Test
    void aKeyThatIsAddedIsFoundInTheFileThoughItCameThereLater() {
        final List<SealKey> file = new ArrayList<>(List.of(ONE));
        final int[] reads = new int[1];
        final ServiceRig rig = sealed(
                () -> {
                    reads[0]++;
                    return List.copyOf(file);
                },
                0);
        assertEquals(1, reads[0]);
        file.add(TWO);
        change(rig, Action.ADD, TWO, ONE, 1);

        assertEquals(List.of("Keys"), verdicts(rig));
        assertEquals(2, reads[0]);
    }

    @Test
    void aNodeThatLacksAnAddedKeyReadsItsFileOnceAndStops() {
        final int[] reads = new int[1];
        final ServiceRig rig = sealed(
                () -> {
                    reads[0]++;
                    return List.of(ONE);
                },
                0);

        final UnfitNodeException stopped =
                assertThrows(UnfitNodeException.class, () -> change(rig, Action.ADD, TWO, ONE, 1));

        assertEquals(Difference.KEY, stopped.difference());
        assertTrue(stopped.getMessage().contains(String.format("fingerprint=%016x ", TWO.fingerprint())));
        assertEquals(1, stopped.getMessage().lines().count());
        assertEquals(2, reads[0]);
    }

    @Test
    void aFileThatCanNotBeReadAgainSaysWhy() {
        final List<List<SealKey>> reads = new ArrayList<>(List.of(List.of(ONE)));
        final ServiceRig rig = sealed(
                () -> {
                    if (reads.isEmpty()) {
                        throw new IllegalStateException("others may read it");
                    }
                    return reads.remove(0);
                },
                0);

        final UnfitNodeException stopped =
                assertThrows(UnfitNodeException.class, () -> change(rig, Action.ADD, TWO, ONE, 1));

        assertTrue(stopped.getMessage().contains("reason=others may read it"), stopped::getMessage);
    }

    @Test
    void aReplayThatSpansARotationNeedsTheRetiredKeyAndASnapshotBehindItDoesNot() {
        final ServiceRig first = rotated(SealKey.Source.of(ONE, TWO));
        final ServiceRig replayed = rotated(SealKey.Source.of(TWO, ONE));
        assertEquals(first.said, replayed.said);
        assertArrayEquals(first.snapshot().toArray(), replayed.snapshot().toArray());

        request = 0;
        final UnfitNodeException stopped =
                assertThrows(UnfitNodeException.class, () -> rotated(SealKey.Source.of(TWO)));
        assertEquals(Difference.KEY, stopped.difference());

        final ServiceRig behind =
                new ServiceRig(SealKey.Source.of(TWO)).startFrom(first.snapshot(), first.logPosition());
        behind.knows(1);
        for (final ServiceRig rig : List.of(first, behind)) {
            rig.said.clear();
            rig.renew(1, 1100, ANN, 9, 1);
            rig.describeKeys(1, 1100, ANN, 10);
        }
        assertEquals("1: Renewed client=7 token=1 seal=" + seal(TWO), behind.said.get(0));
        assertEquals(first.said, behind.said);
        assertArrayEquals(first.snapshot().toArray(), behind.snapshot().toArray());
    }

    @Test
    void aSnapshotWithinARotationKeepsItsLatestChange() {
        final ServiceRig first = sealed(SealKey.Source.of(ONE, TWO), 0);
        final KeyChange add = signed(Action.ADD, TWO, ONE, 1);
        first.changeKey(1, 1001, add);
        final ServiceRig second =
                new ServiceRig(SealKey.Source.of(ONE, TWO)).startFrom(first.snapshot(), first.logPosition());
        second.knows(1);

        second.changeKey(1, 1002, add);
        change(second, Action.RETIRE, ONE, TWO, 2);

        assertEquals(List.of("Keys", "Keys"), verdicts(second));
        assertEquals(first.said.get(0), second.said.get(0));
    }

    @Test
    void restoredKeysCountOnlyFromTheSnapshotsEnd() {
        final ServiceRig first = rotated(SealKey.Source.of(ONE, TWO));
        final List<byte[]> records = first.snapshot();
        // A node without the key: as long as the snapshot may still turn out to be damaged, nothing is asked of it.
        final ServiceRig rig = new ServiceRig(SealKey.Source.of(THREE)).startAt(first.logPosition());
        final SnapshotAdapter adapter = rig.service.restorer();
        for (final byte[] bytes : records.subList(0, records.size() - 1)) {
            adapter.onRecord(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        assertEquals(0, rig.counters.keysRevision());
        final byte[] end = records.get(records.size() - 1);

        assertThrows(UnfitNodeException.class, () -> adapter.onRecord(new UnsafeBuffer(end), 0, end.length));
        assertFalse(adapter.isWhole());
    }

    /** A node whose log founds the cluster with the first key, whatever is in its file besides. */
    private static ServiceRig sealed(final SealKey.Source file, final long term) {
        final ServiceRig founder = new ServiceRig(SealKey.Source.of(ONE)).start();
        founder.termOnly(term, 1000);
        final ServiceRig rig = new ServiceRig(file).start();
        rig.termOnly(term, 1000);
        rig.open(1, 1000);
        List.copyOf(founder.timers.keySet()).forEach(id -> rig.fire(id, 1000));
        rig.timers.clear();
        return rig;
    }

    private ServiceRig rotated(final SealKey.Source file) {
        request = 0;
        final ServiceRig rig = sealed(file, 0);
        rig.acquire(1, 1001, ANN, 1, 0);
        change(rig, Action.ADD, TWO, ONE, 1);
        change(rig, Action.RETIRE, ONE, TWO, 2);
        return rig;
    }

    private void change(
            final ServiceRig rig, final Action action, final SealKey key, final SealKey by, final long revision) {
        rig.changeKey(1, 1001, signed(action, key, by, revision));
    }

    private KeyChange signed(final Action action, final SealKey key, final SealKey by, final long revision) {
        final long mac = Sealer.of(by).change(action, key.fingerprint(), revision);
        return new KeyChange(OPERATOR, ++request, action, key.fingerprint(), revision, mac);
    }

    private static long seal(final SealKey key) {
        return Sealer.of(key).seal(1, ANN, NAME, 0, NAME.capacity());
    }

    private static String keys(
            final long requestId, final long revision, final long retirement, final SealKey... live) {
        return "1: Keys request=" + requestId + " revision=" + revision + " live="
                + List.of(live).stream().map(SealKey::fingerprint).toList() + " retirement=" + retirement;
    }

    private static List<String> verdicts(final ServiceRig rig) {
        return rig.said.stream().map(line -> line.split(" ")[1]).toList();
    }

    /** Without the first record, which tells the position, and the last one, which sums it up. */
    private static Object[] stateOf(final List<byte[]> snapshot) {
        return snapshot.subList(1, snapshot.size() - 1).toArray();
    }
}
