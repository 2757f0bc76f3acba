package io.fencegate.storage.wire;

import static io.fencegate.storage.wire.WireFixture.ALICE;
import static io.fencegate.storage.wire.WireFixture.T1;
import static io.fencegate.storage.wire.WireFixture.T2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.aeron.Aeron;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.grant.Sealer;
import io.fencegate.journal.Journal;
import io.fencegate.storage.admission.AdmissionAgent;
import io.fencegate.storage.durability.AppendedPosition;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.durability.SyncAgent;
import io.fencegate.storage.line.GatewayCounters;
import io.fencegate.storage.line.Handover;
import io.fencegate.storage.line.LineAgent;
import io.fencegate.storage.line.Served;
import io.fencegate.storage.recovery.FenceRecovery;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agents, turn by turn on the test's thread: what is answered while recovery lasts, and before a sync. */
class LineByHandTest {
    private static final int TURNS = 2_000;

    @TempDir
    Path directory;

    private WireFixture fixture;
    private Aeron aeron;
    private OffHeapFenceTable fences;
    private Journal journal;
    private AdmissionAgent admission;
    private LineAgent line;
    private SyncAgent sync;
    private WireClient alice;
    private GatewayCounters counters;

    @BeforeEach
    void start() throws Exception {
        fixture = new WireFixture(directory);
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(fixture.config().aeronDirectory())
                .useConductorAgentInvoker(true));
        final Handover handover = new Handover(AdmissionAgent.channelsMax(fixture.limits));
        admission = new AdmissionAgent(
                aeron, fixture.config().endpoints(), fixture.limits, handover, SystemNanoClock.INSTANCE);
        counters = new GatewayCounters(aeron);
        line = new LineAgent(fixture.limits, handover, counters, SystemNanoClock.INSTANCE, SystemEpochClock.INSTANCE);
        fences = new OffHeapFenceTable(8, 1024, 1024, 1);
        admission.listen();
        turn();
        alice = fixture.ipc(ALICE);
    }

    @AfterEach
    void stop() {
        alice.close();
        line.onClose();
        admission.onClose();
        CloseHelper.closeAll(journal, fences, aeron, fixture);
    }

    @Test
    void whileTheJournalIsReadEveryHelloIsToldSoAndLaterWelcomed() {
        alice.sendHello(1);
        final Reply recovering = reply();
        assertEquals("RequestRefused RECOVERING", recovering.brief());
        assertEquals(1, recovering.get("templateId"));
        alice.sendOpen("orders", T1, 0);
        assertEquals("RequestRefused MALFORMED", reply().brief(), "nobody was welcomed");

        serve(Durability.PROCESS);

        alice.sendHello(1);
        assertEquals("Welcome", reply().name);
    }

    @Test
    void noOpenIsAnsweredBeforeItsFenceIsOnDiskAtAnyDurability() {
        serve(Durability.PROCESS);
        hello();
        alice.sendOpen("orders", T1, 0);
        alice.sendWrite(0, T1, 1, new byte[1]);
        assertNull(replyWithoutSync());

        sync.doWork();

        assertEquals("Opened", reply().name);
        assertEquals("WriteRefused NOT_OPEN", reply().brief(), "it came before the open was answered");
        alice.sendWrite(0, T1, 1, new byte[1]);
        assertEquals("WriteAccepted ACCEPTED", reply().brief(), "which no sync precedes");
    }

    @Test
    void atDiskNoAnswerTellsOfARecordBeforeItIsSynced() {
        serve(Durability.DISK);
        hello();
        alice.sendOpen("orders", T1, 0);
        assertNull(replyWithoutSync());
        sync.doWork();
        assertEquals("Opened", reply().name);

        alice.sendWrite(0, T1, 1, new byte[1]);
        alice.sendWrite(0, T1, 1, new byte[1]);
        alice.sendRead("orders");
        alice.sendWrite(0, T1, 5, new byte[1]);
        assertNull(replyWithoutSync());

        sync.doWork();

        assertEquals("WriteAccepted ACCEPTED", reply().brief());
        assertEquals("WriteAccepted DUPLICATE", reply().brief());
        assertEquals("LastRecord", reply().name);
        assertEquals("WriteRefused SEQUENCE_GAP", reply().brief());
    }

    @Test
    void aSyncIsCountedOnceForAllWritesThatArrivedMeanwhile() {
        serve(Durability.DISK);
        hello();
        alice.sendOpen("orders", T1, 0);
        replyWithoutSync();
        sync.doWork();
        assertEquals("Opened", reply().name);
        final long before = counters.syncs();
        for (int sequence = 1; sequence <= 3; sequence++) {
            alice.sendWrite(0, T1, sequence, new byte[1]);
        }
        assertNull(replyWithoutSync());

        sync.doWork();
        assertEquals(before + 1, counters.syncs());
        sync.doWork();
        assertEquals(before + 1, counters.syncs(), "there was nothing to sync");
    }

    @Test
    void atDiskAnOpenTellsOfNoRecordBeforeItIsSynced() {
        serve(Durability.DISK);
        hello();
        alice.sendOpen("orders", T1, 0);
        replyWithoutSync();
        sync.doWork();
        assertEquals("Opened", reply().name);
        alice.sendWrite(0, T1, 1, new byte[1]);
        replyWithoutSync();
        try (WireClient again = fixture.ipc(ALICE)) {
            again.sendHello(1);
            assertEquals("Welcome", reply(again).name);
            again.sendOpen("orders", T2, 0);
            turns();
            // The fence is on disk now, the record that the answer tells of is not.
            journal.fenceLog().sync();
            turns();
            assertNull(again.tryReply());

            sync.doWork();

            assertEquals(1, reply(again).get("lastSequence"));
            assertEquals("WriteAccepted ACCEPTED", reply().brief());
        }
    }

    @Test
    void ofTwoSessionsOfOneHolderTheYoungerIsOpenedAndNotBeforeTheSync() {
        serve(Durability.PROCESS);
        hello();
        alice.sendOpen("orders", T1, 0);
        assertNull(replyWithoutSync());
        try (WireClient again = fixture.ipc(ALICE)) {
            again.sendHello(1);
            assertEquals("Welcome", reply(again).name);
            again.sendOpen("orders", T1, 0);
            turns();
            assertNull(again.tryReply(), "the fence that it tells of is not on disk");

            sync.doWork();

            assertEquals("OpenRefused NOT_OWNER", reply().brief());
            assertEquals("Opened", reply(again).name);
            again.sendWrite(0, T1, 1, new byte[1]);
            assertEquals("WriteAccepted ACCEPTED", reply(again).brief());
        }
    }

    private void hello() {
        alice.sendHello(1);
        assertEquals("Welcome", reply().name);
    }

    private void serve(final Durability durability) {
        journal = Journal.open(
                fixture.config().journal(), new FenceRecovery(fences, directory.toString(), false, () -> {}));
        final AppendedPosition appended = new AppendedPosition();
        sync = new SyncAgent(journal, durability, appended, counters::countSync, SystemNanoClock.INSTANCE);
        line.serve(new Served(fences, Sealer.none(), journal, durability, appended, 1024));
    }

    private Reply replyWithoutSync() {
        turns();
        return alice.tryReply();
    }

    private void turns() {
        for (int i = 0; i < TURNS; i++) {
            turn();
        }
    }

    private Reply reply() {
        return reply(alice);
    }

    private Reply reply(final WireClient client) {
        final Reply[] reply = new Reply[1];
        WireFixture.await("an answer", () -> {
            turn();
            reply[0] = client.tryReply();
            return reply[0] != null;
        });
        return reply[0];
    }

    private void turn() {
        admission.doWork();
        line.doWork();
    }
}
