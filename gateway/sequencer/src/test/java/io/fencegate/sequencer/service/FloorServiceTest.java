package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.charter.KeyChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The floor of the tokens, raised by proof or by an operator's word, with the log spoken by hand. */
class FloorServiceTest {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final SealKey OTHER_KEY = SealKey.parse("f0e0d0c0b0a090807060504030201000");
    private static final UnsafeBuffer NAME = new UnsafeBuffer("orders".getBytes(StandardCharsets.US_ASCII));
    private static final long ANN = 7;
    private static final long EARLIER_CLIENT = 99;
    private static final long EARLIER_TOKEN = Token.of(12, 34);
    private static final long PROOF = proof(KEY);

    @Test
    void aGatewaysProofRaisesTheFloorOnceAndIsAnsweredOnceMore() {
        final ServiceRig rig = begun(SealKey.Source.of(KEY));

        rig.raiseFloor(1, 1010, 2, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);
        rig.raiseFloor(1, 1020, 3, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);
        rig.raiseFloor(1, 1030, 2, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);
        rig.release(1, 1040, ANN, 4, Token.of(0, 1));
        rig.acquire(1, 1050, ANN, 5, 0);

        assertEquals(
                List.of(
                        "1: Granted client=7 request=1 token=1 remaining=1000",
                        "1: FloorRaised request=2 termOffset=65536",
                        "1: FloorKept request=3 termOffset=65536",
                        "1: FloorRaised request=2 termOffset=65536",
                        "1: Released",
                        "1: Granted client=7 request=5 token=" + Token.of(65_536, 2) + " remaining=1000"),
                rig.said);
    }

    @Test
    void whatProvesNothingIsRefusedAndCounted() {
        final ServiceRig rig = begun(SealKey.Source.of(KEY));
        rig.said.clear();

        rig.raiseFloor(1, 1010, 2, EARLIER_TOKEN, EARLIER_CLIENT, PROOF + 1);
        rig.raiseFloor(1, 1010, 3, EARLIER_TOKEN + 1, EARLIER_CLIENT, PROOF);
        rig.raiseFloor(1, 1010, 4, EARLIER_TOKEN, EARLIER_CLIENT + 1, PROOF);
        rig.raiseFloor(1, 1010, 5, EARLIER_TOKEN, EARLIER_CLIENT, proof(OTHER_KEY));
        rig.raiseFloor(1, 1010, 6, EARLIER_TOKEN, EARLIER_CLIENT, seal());
        rig.raiseFloor(1, 1010, 7, -1, EARLIER_CLIENT, PROOF);

        final String refused = " client=7 token=0 holder=0 end=UNKNOWN";
        assertEquals(
                5, rig.said.stream().filter(("1: BAD_SEAL" + refused)::equals).count(), rig.said::toString);
        assertEquals("1: MALFORMED" + refused, rig.said.get(5));
        assertEquals(5, rig.counters.refusals(LeaseVerdict.BAD_SEAL));
        rig.said.clear();
        rig.acquire(1, 1020, ANN, 8, 0);
        assertEquals(List.of("1: Granted client=7 request=8 token=1 remaining=1000"), rig.said);
    }

    @Test
    void whichKeysProveIsInTheLogAndAnyLiveOneDoes() {
        final List<SealKey> file = new ArrayList<>(List.of(KEY));
        final ServiceRig rig = begun(() -> List.copyOf(file));
        file.add(OTHER_KEY);
        rig.said.clear();

        rig.raiseFloor(1, 1010, 2, EARLIER_TOKEN, EARLIER_CLIENT, proof(OTHER_KEY));
        rig.changeKey(1, 1020, change(SealKey.Action.ADD, OTHER_KEY, KEY, 1));
        rig.raiseFloor(1, 1030, 3, EARLIER_TOKEN, EARLIER_CLIENT, proof(OTHER_KEY));
        rig.raiseFloor(1, 1040, 4, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);
        rig.changeKey(1, 1050, change(SealKey.Action.RETIRE, KEY, OTHER_KEY, 2));
        rig.raiseFloor(1, 1060, 5, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);

        assertEquals(
                List.of("BAD_SEAL", "Keys", "FloorRaised", "FloorKept", "Keys", "BAD_SEAL"),
                rig.said.stream().map(line -> line.split(" ")[1]).toList());
    }

    @Test
    void withoutAKeyNoProofIsBelievedButAnOperatorIs() {
        final ServiceRig rig = begun(SealKey.Source.of());
        rig.said.clear();

        rig.raiseFloor(1, 1010, 2, EARLIER_TOKEN, EARLIER_CLIENT, 0);
        rig.setFloor(1, 1020, 3, EARLIER_TOKEN);
        rig.setFloor(1, 1030, 4, EARLIER_TOKEN);
        rig.setFloor(1, 1040, 5, Token.of(Token.TERM_MAX, 1));
        rig.setFloor(1, 1050, 6, 0);

        assertEquals(
                List.of(
                        "1: BAD_SEAL client=7 token=0 holder=0 end=UNKNOWN",
                        "1: FloorRaised request=3 termOffset=65536",
                        "1: FloorKept request=4 termOffset=65536",
                        "1: TOKENS_EXHAUSTED client=7 token=0 holder=0 end=UNKNOWN",
                        "1: MALFORMED client=7 token=0 holder=0 end=UNKNOWN"),
                rig.said);
    }

    @Test
    void theFloorAndItsAnswersOutliveSnapshotRestartAndLeader() {
        final ServiceRig first = begun(SealKey.Source.of(KEY));
        first.raiseFloor(1, 1010, 2, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);
        first.setFloor(1, 1020, 3, EARLIER_TOKEN);
        final ServiceRig second =
                new ServiceRig(SealKey.Source.of(KEY)).startFrom(first.snapshot(), first.logPosition());
        second.knows(1);
        first.said.clear();

        for (final ServiceRig rig : List.of(first, second)) {
            rig.term(2, 2000);
            rig.raiseFloor(1, 2010, 2, EARLIER_TOKEN, EARLIER_CLIENT, PROOF);
            rig.raiseFloor(1, 2010, 2, EARLIER_TOKEN, EARLIER_CLIENT, PROOF + 1);
            rig.setFloor(1, 2020, 3, EARLIER_TOKEN);
            rig.release(1, 2030, ANN, 4, Token.of(0, 1));
            rig.acquire(1, 2040, ANN, 5, 0);
        }

        assertEquals(
                List.of(
                        "1: FloorRaised request=2 termOffset=65536",
                        "1: REQUEST_MISMATCH client=7 token=0 holder=0 end=UNKNOWN",
                        "1: FloorKept request=3 termOffset=65536",
                        "1: Released",
                        "1: Granted client=7 request=5 token=" + Token.of(65_538, 1) + " remaining=1000"),
                second.said);
        assertEquals(first.said, second.said);
        final List<byte[]> expected = first.snapshot();
        final List<byte[]> restored = second.snapshot();
        assertEquals(expected.size(), restored.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), restored.get(i));
        }
    }

    private static ServiceRig begun(final SealKey.Source keyFile) {
        final ServiceRig rig = new ServiceRig(keyFile).start();
        rig.term(0, 1000);
        rig.open(1, 1000);
        rig.acquire(1, 1000, ANN, 1, 0);
        return rig;
    }

    private static KeyChange change(
            final SealKey.Action action, final SealKey key, final SealKey by, final long revision) {
        final long mac = Sealer.of(by).change(action, key.fingerprint(), revision);
        return new KeyChange(9, 100 + revision, action, key.fingerprint(), revision, mac);
    }

    private static long proof(final SealKey key) {
        return Sealer.of(key).proof(EARLIER_TOKEN, EARLIER_CLIENT, NAME, 0, NAME.capacity());
    }

    private static long seal() {
        return Sealer.of(KEY).seal(EARLIER_TOKEN, EARLIER_CLIENT, NAME, 0, NAME.capacity());
    }
}
