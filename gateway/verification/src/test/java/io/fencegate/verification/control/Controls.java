package io.fencegate.verification.control;

import java.util.List;

/**
 * The faults: what storage systems have got wrong before, planted into one method each. Immutable; any thread.
 */
final class Controls {
    private static final String FENCES = "io.fencegate.core.fence.OffHeapFenceTable";
    private static final String SUCCESSION = "io.fencegate.core.lease.Succession";
    private static final String TOKENS = "io.fencegate.core.lease.order.TokenSequence";
    private static final String CLOCK = "io.fencegate.core.lease.order.LogClock";
    private static final String FLOW = "io.fencegate.storage.flow.LineFlow";
    private static final String ANSWER = "io.fencegate.storage.session.Answer";
    private static final String BOOK = "io.fencegate.client.session.writer.WriteBook";
    private static final String SEALER = "io.fencegate.core.grant.Sealer";
    private static final String VERDICT = "io.fencegate.core.grant.Verdict";

    /** Every fault. */
    static final List<Control> ALL = List.of(
            Control.of(
                    "an OPENED leaves before its fence is on disk",
                    "S3",
                    1,
                    300,
                    Patch.body(ANSWER, "isReady", "{ return positionNeeded <= $1; }")),
            Control.of(
                    "an open does not look at the fence",
                    "S3",
                    4,
                    300,
                    Patch.call(FENCES, "checkOpen", "OffHeapFenceTable.token", "{ $_ = 0L; }"),
                    Patch.call(FENCES, "raise", "OffHeapFenceTable.token", "{ $_ = 0L; }"),
                    Patch.call(FLOW, "openBehindFence", "FenceTable.token", "{ $_ = 0L; }")),
            Control.of(
                    "a write below the fence is accepted",
                    "S3",
                    4,
                    300,
                    Patch.call(
                            FLOW,
                            "onWrite",
                            "LineFlow.decideWrite",
                            "{ $_ = $proceed($$); if ($_ == " + VERDICT + ".STALE_TOKEN) $_ = " + VERDICT
                                    + ".ACCEPTED; }"),
                    Patch.before(FENCES, "accepted", "{ if ($2 != this.token($1)) return; }")),
            Control.of(
                    "the fence's token opens for another client",
                    "S1",
                    1,
                    300,
                    Patch.call(FENCES, "checkOpen", "FenceArena.clientId", "{ $_ = request.clientId(); }"),
                    Patch.call(FENCES, "opened", "FenceArena.clientId", "{ $_ = clientId; }")),
            Control.of(
                    "a token is a bare count of the log's grants",
                    "S1",
                    3,
                    300,
                    Patch.body(TOKENS, "onTerm", "{ leadershipTermId = $1; }"),
                    Patch.body(TOKENS, "next", "{ serial = serial + 1L; return termOffset << 40 | serial; }")),
            Control.of(
                    "a token bears its term in the low bits",
                    "S2",
                    1,
                    300,
                    Patch.body(
                            TOKENS,
                            "next",
                            "{ serial = serial + 1L; return serial << 23 | leadershipTermId + termOffset; }")),
            Control.of("a seal is not bound to its client", "S6", 1, 300, Patch.before(SEALER, "mac", "{ $4 = 0L; }")),
            Control.of(
                    "time without a leader counts for leases",
                    "STATE",
                    1,
                    300,
                    Patch.before(CLOCK, "advance", "{ this.leadershipTermId = $1; }")),
            Control.of(
                    "a new leader starts the time of leases again",
                    "STATE",
                    1,
                    300,
                    Patch.before(CLOCK, "advance", "{ if ($1 != this.leadershipTermId) logTimeMs = 0L; }")),
            Control.of(
                    "a restarted gateway forgets the sequences",
                    "S5",
                    1,
                    300,
                    Patch.body(
                            "io.fencegate.storage.recovery.FenceRecovery",
                            "onAccepted",
                            "{ recordCount = recordCount + 1L; }")),
            Control.of(
                    "a snapshot leaves the remembered answers out",
                    "STATE",
                    24,
                    300,
                    Patch.body("io.fencegate.core.lease.LeaseState$Restorer", "onAnswer", "{ }")),
            Control.of(
                    "a snapshot's live keys are not taken over",
                    "STATE",
                    1,
                    300,
                    Patch.body("io.fencegate.sequencer.service.SequencerService", "onWhole", "{ }")),
            Control.of(
                    "a snapshot's founding is not taken over",
                    "STATE",
                    1,
                    300,
                    Patch.body("io.fencegate.sequencer.charter.Founding", "restore", "{ }")),
            Control.of(
                    "at level disk a write is acknowledged before its sync",
                    "S5",
                    2,
                    300,
                    Patch.body(
                            "io.fencegate.storage.flow.ServingLaw",
                            "durablePosition",
                            "{ return recorder.position(); }")),
            Control.of(
                    "a write is acknowledged and never appended",
                    "S5",
                    1,
                    300,
                    Patch.call(FLOW, "accept", "Recorder.appendAccepted", "{ $_ = recorder.position(); }")),
            Control.of(
                    "a write is appended and then refused",
                    "REFUSAL",
                    8,
                    300,
                    Patch.after(
                            FLOW,
                            "accept",
                            "{ $1.writeRefused(" + VERDICT
                                    + ".STORAGE_FULL, $2.handle(), $2.token(), $2.sequence()); }")),
            Control.of(
                    "a gap in the sequences is written",
                    "STATE",
                    2,
                    300,
                    Patch.call(
                            FLOW,
                            "onWrite",
                            "LineFlow.decideWrite",
                            "{ $_ = $proceed($$); if ($_ == " + VERDICT + ".SEQUENCE_GAP) $_ = " + VERDICT
                                    + ".ACCEPTED; }")),
            Control.of(
                    "a repeated write is written again",
                    "S4",
                    5,
                    300,
                    Patch.call(
                            FLOW,
                            "onWrite",
                            "LineFlow.decideWrite",
                            "{ $_ = $proceed($$); if ($_ == " + VERDICT + ".DUPLICATE) $_ = " + VERDICT
                                    + ".ACCEPTED; }"),
                    Patch.before(FENCES, "accepted", "{ if ($3 <= this.sequenceLast($1)) return; }")),
            Control.of(
                    "two waiters are served when one lease ends",
                    "EXCLUSION",
                    28,
                    300,
                    Patch.after(
                            SUCCESSION,
                            "handOver",
                            "{ io.fencegate.core.lease.Request second = (io.fencegate.core.lease.Request) $1.queue().first();"
                                    + " if (second != null) { remove(second, $4); handOver($1, second, tokens.next(), $4); } }")),
            Control.of(
                    "recovery ignores the fence log",
                    "S3",
                    84,
                    300,
                    Patch.body(
                            "io.fencegate.journal.recovery.FenceMerge", "add", "{ if ($2 != null) fences.add($2); }")),
            Control.of(
                    "a session that does not own the resource writes",
                    "S5",
                    561,
                    300,
                    Patch.before(
                            FENCES,
                            "checkWrite",
                            "{ if ($2.handle() >= 0 && $2.handle() < size && owner($2.handle()) != 0L)"
                                    + " $1 = owner($2.handle()); }")),
            Control.of(
                    "a client goes on whatever OPENED told",
                    "S5",
                    88,
                    300,
                    Patch.body(
                            "io.fencegate.client.session.writer.OpenJudge",
                            "judge",
                            "{ return io.fencegate.client.session.writer.OpenJudgement.CONSISTENT; }")),
            Control.of(
                    "a reconnected client sends all again under new sequences",
                    "S5",
                    5,
                    300,
                    Patch.call(BOOK, "settle", "WriteWindow.inFlight", "{ $_ = 0; }"),
                    Patch.call(
                            "io.fencegate.client.session.writer.WriterSession",
                            "sendOne",
                            "WriteWindow.unsentSequence",
                            "{ $_ = Math.max($proceed($$), life.opened().sequenceLast() + 1L); }")),
            Control.of(
                    "an OPENED tells of a record that is not durable",
                    "S5",
                    24,
                    300,
                    Patch.call(
                            "io.fencegate.storage.session.OpenGate", "onAnswer", "RecordRef.position", "{ $_ = 0L; }")),
            Control.of(
                    "a repeated command is not answered",
                    "L1",
                    1,
                    300,
                    Patch.body(SUCCESSION, "repeat", "{ }"),
                    // A client that gives up sooner than the bound could not tell.
                    Patch.before(
                            "io.fencegate.client.session.lease.LeaseSession",
                            "begin",
                            "{ $3 = Math.max($3, $3 + 60000000000L); }")),
            Control.of(
                    "a holder that reconnects is refused as stale",
                    "L2",
                    2,
                    300,
                    Patch.before(
                            FENCES,
                            "checkOpen",
                            "{ int known = find($1); if (known >= 0 && $1.token() == token(known)) return " + VERDICT
                                    + ".STALE_TOKEN; }")));

    private Controls() {}
}
