package io.fencegate.client;

import static io.fencegate.client.SequencerAnswers.OTHER;
import static io.fencegate.client.SequencerAnswers.OTHER_CLIENT;
import static io.fencegate.client.SequencerAnswers.TOKEN;
import static io.fencegate.client.SequencerAnswers.described;
import static io.fencegate.client.SequencerAnswers.describedAsOwn;
import static io.fencegate.client.SequencerAnswers.floorKept;
import static io.fencegate.client.SequencerAnswers.floorRaised;
import static io.fencegate.client.SequencerAnswers.granted;
import static io.fencegate.client.SequencerAnswers.refused;
import static io.fencegate.client.SequencerAnswers.released;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.NotOwnerException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Floor;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingHeal;
import io.fencegate.codecs.wire.AcquireDecoder;
import io.fencegate.codecs.wire.DescribeDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.RaiseFloorDecoder;
import io.fencegate.codecs.wire.ReleaseDecoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heals at a sequencer whose answers a test has laid ready, blocking and not. */
class HealerTest {
    private static final long FENCE = TOKEN + 9;
    private static final long PROOF = -99;
    private static final long CALL_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long ATTEMPT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final Grant GRANT = new Grant("orders", TOKEN - 1, 5, 20_000, 3);
    private static final StaleTokenException STALE =
            new StaleTokenException("orders", GRANT.token(), FENCE, OTHER_CLIENT, PROOF);

    @TempDir
    static Path directory;

    private static MediaDriver driver;
    private static ScriptedSequencer sequencer;

    private FencegateClient client;

    @BeforeAll
    static void startSequencer() {
        driver = TestDriver.launch(directory.resolve("aeron"));
        sequencer = new ScriptedSequencer(directory);
    }

    @AfterAll
    static void stopSequencer() {
        CloseHelper.closeAll(sequencer, driver);
    }

    @BeforeEach
    void connect() {
        sequencer.commands.clear();
        sequencer.script.clear();
        connect(TestDriver.config(directory.resolve("aeron")));
    }

    private void connect(final ClientConfig config) {
        client = FencegateClient.connect(config.withSequencer(sequencer.ingressEndpoints()));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aHealShowsTheProofAndAcquiresForTheHolderOfTheTicket() {
        sequencer.script.add(List.of(describedAsOwn(GRANT.token())));
        sequencer.script.add(List.of(floorRaised(65_536)));
        sequencer.script.add(List.of(released()));
        sequencer.script.add(List.of(granted(20_000)));

        final Lease healed = client.healer().heal(GRANT, STALE);

        assertEquals(new Grant("orders", TOKEN, GRANT.clientId(), 20_000, 1), healed.grant());
        assertEquals(20_000, healed.remainingMs());
        final List<UnsafeBuffer> commands = List.copyOf(sequencer.commands);
        assertEquals(
                List.of(
                        DescribeDecoder.TEMPLATE_ID,
                        RaiseFloorDecoder.TEMPLATE_ID,
                        ReleaseDecoder.TEMPLATE_ID,
                        AcquireDecoder.TEMPLATE_ID),
                commands.stream().map(HealerTest::templateId).toList());
        commands.forEach(command -> assertEquals(GRANT.clientId(), SequencerAnswers.clientId(command)));
        final RaiseFloorDecoder raise = raiseFloor(commands.get(1));
        assertEquals(PROOF, raise.proof());
        assertEquals(FENCE, raise.token());
        assertEquals(OTHER_CLIENT, raise.provenClientId());
        assertEquals("orders", raise.resource());
    }

    @Test
    void whatIsPolledHealsWithoutBlocking() {
        sequencer.script.add(List.of(describedAsOwn(GRANT.token())));
        sequencer.script.add(List.of(floorKept(65_536)));
        sequencer.script.add(List.of(released()));
        sequencer.script.add(List.of(granted(20_000)));

        final PendingHeal pending = client.healer().offerHeal(GRANT, STALE);
        assertEquals("orders", pending.resource());
        assertThrows(IllegalStateException.class, pending::lease);
        Await.until(() -> client.poll() >= 0 && pending.isDone());

        assertEquals(TOKEN, pending.lease().token());
    }

    @Test
    void aLeaseOfSomebodyElseIsLostAndNotAcquired() {
        sequencer.script.add(List.of(described(OTHER)));

        final LeaseLostException lost =
                assertThrows(LeaseLostException.class, () -> client.healer().heal(GRANT, STALE));

        assertEquals(GRANT.token(), lost.ourToken());
        assertEquals(OTHER, lost.currentToken());
        assertEquals(OTHER_CLIENT, lost.currentHolder());
        assertEquals(1, sequencer.commands.size());
    }

    @Test
    void aProofThatIsNotBelievedIsToldAndTheLeaseStands() {
        sequencer.script.add(List.of(describedAsOwn(GRANT.token())));
        sequencer.script.add(List.of(refused(LeaseVerdict.BAD_SEAL, LeaseEnd.UNKNOWN)));

        final LeaseRefusedException refused =
                assertThrows(LeaseRefusedException.class, () -> client.healer().heal(GRANT, STALE));

        assertEquals(LeaseVerdict.BAD_SEAL, refused.verdict());
        assertEquals(2, sequencer.commands.size());
    }

    @Test
    void aSequencerThatDoesNotAnswerIsToldAsSuch() {
        client.close();
        connect(TestDriver.hasty(directory.resolve("aeron")).withTimeouts(CALL_NS, ATTEMPT_NS, CONNECT_NS));
        sequencer.script.add(List.of(describedAsOwn(GRANT.token())));

        final NotReachableException unanswered =
                assertThrows(NotReachableException.class, () -> client.healer().heal(GRANT, STALE));

        assertTrue(unanswered.getMessage().contains("RAISE_FLOOR"), unanswered::getMessage);
    }

    @Test
    void onlyTheRefusalOfThisGrantsOpenHealsIt() {
        final List<NotOwnerException> others = List.of(
                new NotOwnerException("invoices", GRANT.token(), FENCE, OTHER_CLIENT, PROOF),
                new NotOwnerException("orders", GRANT.token() + 1, FENCE, OTHER_CLIENT, PROOF),
                new NotOwnerException("orders", GRANT.token(), 0, 0, 0));

        for (final NotOwnerException other : others) {
            assertThrows(IllegalArgumentException.class, () -> client.healer().heal(GRANT, other));
            assertThrows(IllegalArgumentException.class, () -> client.healer().offerHeal(GRANT, other));
        }
        assertEquals(0, sequencer.commands.size());
    }

    @Test
    void anOperatorRaisesTheFloorByAToken() {
        sequencer.script.add(List.of(floorRaised(131_072)));
        sequencer.script.add(List.of(floorKept(131_072)));
        sequencer.script.add(List.of(refused(LeaseVerdict.TOKENS_EXHAUSTED, LeaseEnd.UNKNOWN)));

        assertEquals(new Floor(true, 131_072), client.healer().raiseFloor(FENCE));
        assertEquals(new Floor(false, 131_072), client.healer().raiseFloor(FENCE));
        final LeaseRefusedException exhausted =
                assertThrows(LeaseRefusedException.class, () -> client.healer().raiseFloor(FENCE));
        final LeaseRefusedException none =
                assertThrows(LeaseRefusedException.class, () -> client.healer().raiseFloor(-1));

        assertEquals(LeaseVerdict.TOKENS_EXHAUSTED, exhausted.verdict());
        assertEquals(LeaseVerdict.MALFORMED, none.verdict());
        final RaiseFloorDecoder word = raiseFloor(sequencer.commands.element());
        assertEquals(client.clientId(), word.clientId());
        assertEquals(0, word.proof());
        assertEquals(FENCE, word.token());
        assertEquals("", word.resource());
    }

    private static int templateId(final UnsafeBuffer command) {
        return new MessageHeaderDecoder().wrap(command, 0).templateId();
    }

    private static RaiseFloorDecoder raiseFloor(final UnsafeBuffer command) {
        return new RaiseFloorDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
    }
}
