package io.fencegate.storage.flow;

import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.WireTemplates;
import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.AnswerQueue;
import io.fencegate.storage.session.FenceProof;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.SessionNumbers;
import io.fencegate.storage.session.Sessions;

/**
 * The path of a request: a place for its answer, the law, the journal, the law's memory, the answer.
 *
 * <p>The line's thread; does not allocate.
 */
final class LineFlow implements RequestHandler {
    private final RecordRef record = new RecordRef();
    private final Sessions sessions;
    private final SessionNumbers numbers;
    private final FenceTable fences;
    private final Sealer sealer;
    private final FenceProof proof;
    private final Recorder recorder;
    private final Refusals refusals;
    private final Tally tally;

    /**
     * Joins the law and the recorder.
     *
     * @param sessions of the gateway
     * @param parts what recovery gave to the line
     * @param proof for refused opens
     * @param refusals that are journaled
     * @param tally of the verdicts
     */
    LineFlow(
            final Sessions sessions,
            final LawParts parts,
            final FenceProof proof,
            final Refusals refusals,
            final Tally tally) {
        this.sessions = sessions;
        this.proof = proof;
        this.refusals = refusals;
        this.tally = tally;
        fences = parts.fences();
        sealer = parts.sealer();
        recorder = parts.recorder();
        numbers = new SessionNumbers(recorder.generation());
    }

    @Override
    public void onHello(
            final Session session, final long correlationId, final long clientId, final int protocolVersion) {
        final Answer answer = session.answers().reserve();
        if (protocolVersion != WireLimits.PROTOCOL_VERSION) {
            refuseRequest(session, answer, Verdict.MALFORMED, correlationId, WireTemplates.HELLO);
        } else if (session.answers().isFull()) {
            refuseRequest(session, answer, Verdict.OVERLOADED, correlationId, WireTemplates.HELLO);
        } else if (!sessions.hasRoom()) {
            refuseRequest(session, answer, Verdict.SESSION_LIMIT, correlationId, WireTemplates.HELLO);
            session.leave(SessionEnd.SESSION_LIMIT);
        } else {
            session.welcome(numbers.next(), clientId);
            answer.welcome(correlationId);
            session.answers().add();
        }
    }

    @Override
    public void onOpen(final Session session, final long correlationId, final OpenRequest open) {
        final AnswerQueue answers = session.answers();
        final Answer answer = answers.reserve();
        final Verdict verdict = decideOpen(answers, open);
        if (verdict == Verdict.OPENED) {
            openBehindFence(session, answer, correlationId, open);
        } else {
            answer.openRefused(verdict, correlationId, open.token());
            refuseOpen(answer, open);
        }
        answers.add();
    }

    @Override
    public void onWrite(final Session session, final WriteRequest write) {
        final AnswerQueue answers = session.answers();
        final Answer answer = answers.reserve();
        final Verdict verdict = decideWrite(session, write);
        if (verdict == Verdict.ACCEPTED) {
            accept(answer, write);
        } else if (verdict == Verdict.DUPLICATE) {
            acceptAgain(answer, write);
        } else {
            refuseWrite(session, answer, verdict, write);
        }
        answers.add();
        tally.count(verdict);
    }

    @Override
    public void onRead(final Session session, final long correlationId, final OpenRequest read) {
        final Answer answer = session.answers().reserve();
        final boolean isName = ResourceName.isValid(read.nameBuffer(), read.nameOffset(), read.nameLength());
        if (!isName || session.answers().isFull()) {
            final Verdict verdict = isName ? Verdict.OVERLOADED : Verdict.MALFORMED;
            refuseRequest(session, answer, verdict, correlationId, WireTemplates.READ);
            return;
        }
        final int handle = fences.find(read);
        if (handle == FenceTable.NO_HANDLE) {
            refuseRequest(session, answer, Verdict.UNKNOWN_RESOURCE, correlationId, WireTemplates.READ);
        } else if (fences.lastToken(handle) == 0) {
            refuseRequest(session, answer, Verdict.NO_RECORD, correlationId, WireTemplates.READ);
        } else {
            answer.lastRecord(correlationId, fences, handle);
            session.answers().add();
            tally.count(Verdict.FOUND);
        }
    }

    @Override
    public void onMalformed(final Session session, final long correlationId, final int templateId) {
        refuseRequest(session, session.answers().reserve(), Verdict.MALFORMED, correlationId, templateId);
    }

    @Override
    public void onKeepAlive(final Session session) {
        // That it was read is all that it says.
    }

    @Override
    public void onGoodbye(final Session session) {
        session.leave(SessionEnd.GOODBYE);
    }

    private Verdict decideOpen(final AnswerQueue answers, final OpenRequest open) {
        final boolean isName = ResourceName.isValid(open.nameBuffer(), open.nameOffset(), open.nameLength());
        if (!isName || !Token.isValid(open.token())) {
            return Verdict.MALFORMED;
        }
        if (answers.isFull()) {
            return Verdict.OVERLOADED;
        }
        final boolean sealVerified = sealer.verifies(
                open.seal(), open.token(), open.clientId(), open.nameBuffer(), open.nameOffset(), open.nameLength());
        return fences.checkOpen(open, sealVerified, recorder.hasRoomForFence());
    }

    private Verdict decideWrite(final Session session, final WriteRequest write) {
        if (!Token.isValid(write.token()) || write.sequence() <= 0) {
            return Verdict.MALFORMED;
        }
        if (session.answers().isFull()) {
            return Verdict.OVERLOADED;
        }
        return fences.checkWrite(session.number(), write, recorder.hasRoom(write.payloadLength()));
    }

    private void openBehindFence(
            final Session session, final Answer answer, final long correlationId, final OpenRequest open) {
        int handle = fences.find(open);
        final long fenceOffset;
        if (handle == FenceTable.NO_HANDLE || open.token() > fences.token(handle)) {
            handle = fences.raise(open);
            fenceOffset = recordFence(handle, open);
        } else {
            fences.suspend(handle);
            sessions.overtakeOpens(session, handle, open.token());
            // The fence itself may still wait for its sync; none behind this offset is older.
            fenceOffset = recorder.fenceOffsetAppended();
        }
        answer.open(correlationId, handle, open.token(), open.clientId(), fenceOffset);
    }

    private long recordFence(final int handle, final OpenRequest open) {
        recorder.appendFenceRaised(handle, open);
        return recorder.logFence(handle, open);
    }

    private void refuseOpen(final Answer answer, final OpenRequest open) {
        final Verdict verdict = answer.verdict();
        tally.count(verdict);
        if (verdict.isAudited()) {
            final int handle = fences.find(open);
            if (verdict != Verdict.BAD_SEAL) {
                proof.tell(handle, answer);
            }
            refusals.onOpen(verdict, open, handle);
        }
    }

    private void accept(final Answer answer, final WriteRequest write) {
        final long position = recorder.appendAccepted(write);
        record.set(recorder.generation(), position, recorder.lastLocator());
        fences.accepted(write.handle(), write.token(), write.sequence(), write.payloadCrc(), record);
        answer.writeAccepted(Verdict.ACCEPTED, write.handle(), write.token(), write.sequence(), position);
        answer.record().set(record.generation(), position, record.locator());
    }

    private void acceptAgain(final Answer answer, final WriteRequest write) {
        fences.lastRecord(write.handle(), record);
        answer.writeAccepted(Verdict.DUPLICATE, write.handle(), write.token(), write.sequence(), record.position());
        if (write.sequence() == fences.sequenceLast(write.handle())) {
            answer.record().set(record.generation(), record.position(), record.locator());
        }
    }

    private void refuseWrite(
            final Session session, final Answer answer, final Verdict verdict, final WriteRequest write) {
        answer.writeRefused(verdict, write.handle(), write.token(), write.sequence());
        if (verdict == Verdict.STALE_TOKEN || verdict == Verdict.NOT_OPEN) {
            final long fence = fences.token(write.handle());
            if (fence != write.token()) {
                answer.writeExpected(fence, fences.clientId(write.handle()), 0);
            }
        } else if (verdict == Verdict.SEQUENCE_GAP) {
            answer.writeExpected(0, 0, fences.sequenceLast(write.handle()) + 1);
        }
        if (verdict.isAudited()) {
            refusals.onWrite(verdict, session, write);
        }
    }

    private void refuseRequest(
            final Session session,
            final Answer answer,
            final Verdict verdict,
            final long correlationId,
            final int templateId) {
        answer.requestRefused(verdict, correlationId, templateId);
        session.answers().add();
        tally.count(verdict);
    }
}
