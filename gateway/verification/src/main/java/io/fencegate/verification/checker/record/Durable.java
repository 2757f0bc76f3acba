package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * S5 when all is over: every record that any answer told of is in the journal, where it was told to be, with its token,
 * its sequence and the bytes that were sent, unless the gateway lost what its level does not keep. And REFUSAL: where
 * requests travel in order, what was told refused is not there.
 *
 * <p>A DUPLICATE that tells no place is not held to its caller's bytes but to those that somebody sent as that write: the
 * gateway compares only the newest one.
 *
 * <p>One thread.
 */
public final class Durable implements Checker {
    private record Told(Call call, Event end) {}

    private record Write(String resource, long token, long sequence) {}

    private record Bytes(Write write, int crc) {}

    private final List<Told> told = new ArrayList<>();
    private final Map<Bytes, Event> refused = new HashMap<>();
    private final Map<Bytes, Integer> notRefused = new HashMap<>();
    private final Map<Write, Set<Integer>> sent = new HashMap<>();
    private final List<Event> writes = new ArrayList<>();
    private final JournalIndex journal = new JournalIndex();
    private final Losses losses;
    private final Scene scene;
    private final Findings findings;

    /** Begins. @param scene of the history @param findings that are added to */
    public Durable(final Scene scene, final Findings findings) {
        this.scene = scene;
        this.findings = findings;
        losses = new Losses(scene);
    }

    @Override
    public void onCalled(final Call call) {
        if (call.called().kind() == EventKind.WRITE_CALLED) {
            final Bytes bytes = bytesOf(call.called());
            notRefused.merge(bytes, 1, Integer::sum);
            sent.computeIfAbsent(bytes.write, write -> new HashSet<>(2)).add(bytes.crc);
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        if (Ends.isAcknowledged(end) || Ends.isOpened(end) || Ends.isFound(end)) {
            told.add(new Told(call, end));
        } else if (Ends.isRefused(end)) {
            final Bytes bytes = bytesOf(call.called());
            notRefused.merge(bytes, -1, Integer::sum);
            refused.put(bytes, end);
        }
    }

    @Override
    public void onObserved(final Event event, final long index) {
        losses.onObserved(event, index);
        journal.add(event);
        if (event.kind() == EventKind.JOURNALED_WRITE) {
            writes.add(event);
        }
    }

    @Override
    public void onFinished() {
        if (!scene.hasJournal()) {
            return;
        }
        for (final Told each : told) {
            switch (each.end.kind()) {
                case WRITE_ENDED -> written(each);
                case READ_ENDED -> found(each);
                default -> opened(each);
            }
        }
        writes.forEach(this::sentBySomebody);
        if (scene.header().transport() == Transport.STREAM) {
            writes.forEach(this::notToldRefused);
        }
    }

    private void written(final Told each) {
        final Event called = each.call.called();
        final Event end = each.end;
        final boolean hasPlace = end.position() != 0;
        final Event record = hasPlace
                ? journal.at(called.resource(), end.generation(), end.position())
                : journal.of(called.resource(), called.token(), called.sequence());
        // Only who lies sends other bytes under a sequence; where the gateway is seen inside, callers are our own.
        final boolean isCompared = hasPlace || end.says(Verdict.ACCEPTED) || scene.has(EventKind.APPENDED);
        final boolean holds = record != null
                && record.token() == called.token()
                && record.sequence() == called.sequence()
                && (!isCompared || record.crc() == called.crc());
        judge(each, holds, "an acknowledged write", record);
    }

    private void found(final Told each) {
        final Event end = each.end;
        final Event record = journal.at(each.call.called().resource(), end.generation(), end.position());
        final boolean holds = record != null
                && record.token() == end.token()
                && record.sequence() == end.sequence()
                && record.crc() == end.crc();
        judge(each, holds, "a record that was read", record);
    }

    private void opened(final Told each) {
        final Event called = each.call.called();
        final Event end = each.end;
        if (end.position() != 0) {
            final Event record = journal.at(called.resource(), end.generation(), end.position());
            final boolean holds = record != null
                    && (end.sequence() == 0
                            ? record.token() < called.token()
                            : record.token() == called.token() && record.sequence() == end.sequence());
            judge(each, holds, "the last record that an OPENED told of", record);
        }
        if (end.sequence() != 0) {
            final Event record = journal.of(called.resource(), called.token(), end.sequence());
            final boolean holds = record != null && (end.crc() == 0 || end.crc() == journal.runningCrc(record));
            judge(each, holds, "what an OPENED told of its token's records", record);
        }
    }

    private void judge(final Told each, final boolean holds, final String what, final Event record) {
        final Event end = each.end;
        if (!holds && losses.mayBeLost(each.call.index(), end.generation(), end.position())) {
            findings.excused(Property.S5);
            return;
        }
        findings.check(
                Property.S5,
                holds,
                () -> what + (record == null ? " is not in the journal" : " is another one in the journal")
                        + ": resource=" + each.call.called().resource(),
                each.call.called(),
                end,
                record);
    }

    private void sentBySomebody(final Event record) {
        final Bytes bytes = bytesOf(record);
        final Set<Integer> crcs = sent.get(bytes.write);
        if (crcs != null) {
            findings.check(
                    Property.S5,
                    crcs.contains(bytes.crc),
                    () -> "the journal holds a write with bytes that nobody sent: resource=" + record.resource()
                            + " token=" + Token.describe(record.token()) + " sequence=" + record.sequence(),
                    record);
        }
    }

    private void notToldRefused(final Event record) {
        final Bytes bytes = bytesOf(record);
        final Event refusal = refused.get(bytes);
        findings.check(
                Property.REFUSAL,
                refusal == null || notRefused.get(bytes) > 0,
                () -> "the journal holds a write that was told refused: resource=" + record.resource() + " token="
                        + Token.describe(record.token()) + " sequence=" + record.sequence(),
                refusal,
                record);
    }

    private static Bytes bytesOf(final Event write) {
        return new Bytes(new Write(write.resource(), write.token(), write.sequence()), write.crc());
    }
}
