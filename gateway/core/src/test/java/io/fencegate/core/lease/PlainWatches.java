package io.fencegate.core.lease;

import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Who watches what, for the twin of the lease table: slow and obvious, too. */
final class PlainWatches {
    private final LeaseLimits limits;
    private final AnswerLog answers;
    private final List<Watcher> watchers = new ArrayList<>();
    private long revision;
    private long told;

    PlainWatches(final LeaseLimits limits, final AnswerLog answers) {
        this.limits = limits;
        this.answers = answers;
    }

    void watch(final LeaseCommand command, final long sessionId) {
        if (command.nameLength() > 128) {
            refuse(command, LeaseVerdict.BAD_NAME);
            return;
        }
        final String prefix = AnswerLog.text(command.nameBuffer(), command.nameOffset(), command.nameLength());
        final Watcher known = watchers.stream()
                .filter(watcher -> watcher.client == command.clientId() && watcher.request == command.requestId())
                .findFirst()
                .orElse(null);
        if (known != null && !known.principal.equals(command.principal())) {
            refuse(command, LeaseVerdict.NOT_ALLOWED);
        } else if (known != null && !known.prefix.equals(prefix)) {
            refuse(command, LeaseVerdict.REQUEST_MISMATCH);
        } else if (known != null && sessionId < known.session) {
            refuse(command, LeaseVerdict.REQUEST_TOO_OLD);
        } else if (known == null && (watchers.size() == limits.watches() || isFull(sessionId))) {
            refuse(command, LeaseVerdict.TOO_MANY_WATCHES);
        } else if (known != null && sessionId != known.session && isFull(sessionId)) {
            refuse(command, LeaseVerdict.TOO_MANY_WATCHES);
        } else {
            if (known == null) {
                watchers.add(new Watcher(command, prefix, sessionId));
            } else {
                known.session = sessionId;
            }
            answers.watching(command.clientId(), command.requestId(), revision);
        }
    }

    void unwatch(final LeaseCommand command) {
        if (end(command, command.waitRequestId())) {
            answers.onUnwatched(command.clientId(), command.requestId(), command.waitRequestId());
        } else {
            refuse(command, LeaseVerdict.NOT_ALLOWED);
        }
    }

    /** Ends a watch of the one who asks; returns false where it is another principal's. */
    boolean end(final LeaseCommand command, final long watchRequestId) {
        final Predicate<Watcher> which =
                watcher -> watcher.client == command.clientId() && watcher.request == watchRequestId;
        if (watchers.stream().filter(which).anyMatch(watcher -> !watcher.principal.equals(command.principal()))) {
            return false;
        }
        end(which);
        return true;
    }

    void endSession(final long sessionId) {
        end(watcher -> watcher.session == sessionId);
    }

    void event(final String kind, final long token, final long holder, final long remainingMs, final String name) {
        revision++;
        for (final Watcher watcher : watchers) {
            if (name.startsWith(watcher.prefix)) {
                told++;
                answers.event(
                        watcher.client,
                        watcher.request,
                        "revision=" + revision + " kind=" + kind + " token=" + AnswerLog.token(token) + " holder="
                                + holder + " remaining=" + remainingMs + " name=" + name);
            }
        }
    }

    /** How often a watch was told of an event. */
    long told() {
        return told;
    }

    int size() {
        return watchers.size();
    }

    private boolean isFull(final long sessionId) {
        return watchers.stream().filter(watcher -> watcher.session == sessionId).count() == limits.watchesPerSession();
    }

    private void end(final Predicate<Watcher> which) {
        watchers.stream().filter(which).forEach(watcher -> answers.watchEnded(watcher.client, watcher.request));
        watchers.removeIf(which);
    }

    private void refuse(final LeaseCommand command, final LeaseVerdict verdict) {
        answers.onRefused(command.clientId(), command.requestId(), verdict, 0, 0, LeaseEnd.UNKNOWN);
    }

    /** A client that watches. */
    private static final class Watcher {
        private final long client;
        private final long request;
        private final Principal principal;
        private final String prefix;
        private long session;

        Watcher(final LeaseCommand command, final String prefix, final long session) {
            client = command.clientId();
            request = command.requestId();
            principal = command.principal();
            this.prefix = prefix;
            this.session = session;
        }
    }
}
