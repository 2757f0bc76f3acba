package io.fencegate.client.session.writer;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;

/**
 * A slow and obvious gateway with one resource, behind a network that delays, loses whole sessions, and delivers what
 * was sent in a lost session when nobody thinks of it any more.
 */
final class ModelGateway implements SessionPort {
    private static final long FIRST_TOKEN_OF_OTHERS = 1L << 50;

    final List<Integer> records = new ArrayList<>();
    private final Random random;
    private final List<Session> sessions = new ArrayList<>();
    private final WriterSession[] writer = new WriterSession[1];
    private Session current;
    private Session owner;
    private long fence;
    private int sequenceLast;
    private int runningCrc;
    private long generation = 1;
    private long openId;
    private boolean isFair;

    ModelGateway(final Random random) {
        this.random = random;
    }

    void serve(final WriterSession session) {
        writer[0] = session;
        fence = session.grant().token();
    }

    /** From now on nothing is lost, refused or fenced any more. */
    void beFair() {
        isFair = true;
    }

    /** Something happens: a request is served, an answer arrives, a session begins or ends, a fence rises. */
    void step() {
        final int dice = random.nextInt(100);
        if (current == null && dice < 30) {
            current = new Session(sessions.size() + 1);
            sessions.add(current);
        } else if (!isFair && dice < 3) {
            current = null;
        } else if (!isFair && dice < 4) {
            generation++;
            owner = null;
            current = null;
        } else if (!isFair && dice == 99 && random.nextInt(20) == 0) {
            fence = FIRST_TOKEN_OF_OTHERS;
            owner = null;
        } else if (dice < 60 && !sessions.isEmpty()) {
            final int newest = sessions.size() - 1;
            final Session session = sessions.get(random.nextInt(3) == 0 ? random.nextInt(newest + 1) : newest);
            serve(session);
        } else if (current != null && !current.answers.isEmpty()) {
            current.answers.remove().run();
        }
    }

    private void serve(final Session session) {
        final Runnable request = session.requests.poll();
        if (request != null) {
            request.run();
        }
    }

    private boolean isUnlucky(final int percent) {
        return !isFair && random.nextInt(100) < percent;
    }

    private void onOpen(final Session session, final long id) {
        final Verdict verdict = fence > writer[0].grant().token()
                ? Verdict.STALE_TOKEN
                : isUnlucky(20) ? Verdict.RECOVERING : Verdict.OPENED;
        if (verdict != Verdict.OPENED) {
            session.answers.add(() -> writer[0].onOpenRefused(id, verdict, fence, 5, 6));
            return;
        }
        owner = session;
        final Opened opened = new Opened(
                0, fence, sequenceLast, runningCrc, sequenceLast == 0 ? 0 : fence, sequenceLast, 1, records.size());
        session.answers.add(() -> writer[0].onOpened(id, opened));
    }

    private void onWrite(final Session session, final long sequence, final int payloadCrc, final int payload) {
        final Verdict verdict = decide(session, sequence);
        if (verdict == Verdict.ACCEPTED) {
            records.add(payload);
            sequenceLast++;
            runningCrc = PayloadCrc.fold(runningCrc, payloadCrc);
        }
        final int position = records.size();
        session.answers.add(() -> {
            final boolean isTrusted = verdict.isSuccess()
                    ? writer[0].onAccepted(sequence, verdict, 1, position)
                    : writer[0].onRefused(sequence, verdict, fence, 5, 0);
            if (!isTrusted) {
                throw new AssertionError("unexpected answer: sequence=" + sequence + " verdict=" + verdict);
            }
        });
    }

    private Verdict decide(final Session session, final long sequence) {
        if (isUnlucky(5)) {
            return Verdict.OVERLOADED;
        }
        if (fence > writer[0].grant().token()) {
            return Verdict.STALE_TOKEN;
        }
        if (owner == null) {
            return Verdict.NOT_OPEN;
        }
        if (owner != session) {
            return Verdict.NOT_OWNER;
        }
        if (sequence <= sequenceLast) {
            return Verdict.DUPLICATE;
        }
        if (sequence > sequenceLast + 1) {
            return Verdict.SEQUENCE_GAP;
        }
        return isUnlucky(2) ? Verdict.STORAGE_FULL : Verdict.ACCEPTED;
    }

    @Override
    public long number() {
        return current == null ? NONE : current.number;
    }

    @Override
    public String lossReason() {
        return "model=true";
    }

    @Override
    public Verdict refusal() {
        return null;
    }

    @Override
    public GatewayIdentity identity() {
        return new GatewayIdentity(42, generation);
    }

    @Override
    public int payloadLengthMax() {
        return Integer.BYTES;
    }

    @Override
    public long offerOpen(final WriterSession asking) {
        if (isUnlucky(10)) {
            return 0;
        }
        openId++;
        final long id = openId;
        final Session session = current;
        session.requests.add(() -> onOpen(session, id));
        return id;
    }

    @Override
    public boolean offerWrite(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (isUnlucky(10)) {
            return false;
        }
        final int payload = buffer.getInt(offset);
        final Session session = current;
        session.requests.add(() -> onWrite(session, sequence, payloadCrc, payload));
        return true;
    }

    @Override
    public void lose(final String reason) {
        current = null;
    }

    /** What is under way in one session, each way in order. */
    private static final class Session {
        private final Deque<Runnable> requests = new ArrayDeque<>();
        private final Deque<Runnable> answers = new ArrayDeque<>();
        private final long number;

        Session(final long number) {
            this.number = number;
        }
    }
}
