package io.fencegate.sequencer.snapshot;

import io.fencegate.core.lease.LeaseStateVisitor;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.LiveKeys;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Writes down what a snapshot tells, one line a record, and takes everything as it comes. One thread. */
public final class ToldState implements SnapshotHandler {
    private final List<String> lines = new ArrayList<>();

    /** What was told so far. @return its lines */
    public List<String> lines() {
        return lines;
    }

    /** An adapter that tells it. @return for one snapshot */
    public SnapshotAdapter adapter() {
        return new SnapshotAdapter(this, visitor(lines::add));
    }

    /** A visitor that finds fault with nothing. */
    static LeaseStateVisitor visitor(final Consumer<String> teller) {
        return (LeaseStateVisitor) Proxy.newProxyInstance(
                ToldState.class.getClassLoader(),
                new Class<?>[] {LeaseStateVisitor.class},
                (proxy, method, arguments) -> {
                    teller.accept(method.getName() + describe(arguments));
                    return null;
                });
    }

    @Override
    public void onBegin(
            final long logPosition, final long timerId, final boolean timerIsRunning, final LeaseLimits limits) {
        lines.add("begin position=" + logPosition + " timer=" + timerId + " running=" + timerIsRunning + " " + limits);
    }

    @Override
    public void onCharter(final boolean isFounded, final long digest) {
        lines.add("charter founded=" + isFounded + " digest=" + digest);
    }

    @Override
    public void onKeys(final LiveKeys keys) {
        lines.add("keys " + keys);
    }

    @Override
    public void onWhole() {
        lines.add("whole");
    }

    @Override
    public void onRoute(final long clientId, final long sessionId) {
        lines.add("route " + clientId + " -> " + sessionId);
    }

    private static String describe(final Object... arguments) {
        final List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof LeaseCommand) {
                final LeaseCommand c = (LeaseCommand) arguments[i];
                values.add(c.clientId() + "/" + c.requestId() + "/" + c.token() + "/" + c.ttlMs() + "/" + c.waitMs()
                        + "/" + c.waitRequestId() + "/" + c.provenClientId() + "/" + c.proof() + "/"
                        + c.nameBuffer().getStringWithoutLengthUtf8(c.nameOffset(), c.nameLength())
                        + (c.principal().isNamed() ? " by " + c.principal().name() : ""));
            } else if (arguments[i] instanceof DirectBuffer) {
                values.add(((DirectBuffer) arguments[i])
                        .getStringWithoutLengthUtf8((Integer) arguments[i + 1], (Integer) arguments[i + 2]));
                i += 2;
            } else {
                values.add(String.valueOf(arguments[i]));
            }
        }
        return values.toString();
    }
}
