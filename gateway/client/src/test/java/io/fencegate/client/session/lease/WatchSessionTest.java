package io.fencegate.client.session.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import org.junit.jupiter.api.Test;

/** A watch through new leaders, new sessions, and dropped events. */
class WatchSessionTest {
    private final LeaseSession session = new LeaseSession(new CallTimes(10, 1, 1, 1));
    private final WatchSession watch = new WatchSession(1, 2, "orders/");

    private LeaseCommand ask() {
        final LeaseCommand command = watch.next();
        assertNotNull(command);
        assertEquals(CommandKind.WATCH, command.kind());
        assertEquals(2, command.requestId(), "the same request is the same watch");
        session.begin(command, 1, LeaseCommand.NO_DEADLINE);
        return command;
    }

    private void event(final long revision) {
        watch.onEvent(new LeaseEvent(revision, LeaseEventKind.GRANTED, "orders/1", 3, 4, 5));
    }

    private String told() {
        final StringBuilder text = new StringBuilder();
        WatchNews news = watch.news();
        while (news != WatchNews.NONE) {
            text.append(text.length() == 0 ? "" : " ").append(news);
            if (news == WatchNews.EVENT) {
                text.append('=').append(watch.takeEvent().revision());
            } else if (news == WatchNews.WATCHING) {
                text.append('=').append(watch.revision());
            }
            news = watch.news();
        }
        return text.toString();
    }

    @Test
    void eventsAreToldInTheirOrderBehindTheBeginning() {
        ask().answer().onWatching(10);
        event(11);
        event(14);
        assertEquals("WATCHING=10 EVENT=11 EVENT=14", told());
        assertTrue(watch.isWatching());
        assertNull(watch.next(), "a jump is of other names");
    }

    @Test
    void anEventThatWasToldIsNotToldAgain() {
        ask().answer().onWatching(10);
        event(11);
        event(11);
        event(9);
        assertEquals("WATCHING=10 EVENT=11", told());
    }

    @Test
    void aNewSessionOrLeaderIsAskedAgainAndTheGapTold() {
        ask().answer().onWatching(10);
        event(11);
        told();
        watch.onDisturbed();
        assertFalse(watch.isWatching());
        final LeaseCommand again = ask();
        event(13);
        assertEquals("EVENT=13", told(), "what comes meanwhile is not kept back");
        again.answer().onWatching(13);
        assertEquals("GAP WATCHING=13", told());
        event(14);
        assertEquals("EVENT=14", told());
    }

    @Test
    void aCommandUnderWayIsNotDoubled() {
        final LeaseCommand first = ask();
        watch.onDisturbed();
        assertNull(watch.next());
        assertSame(first, watch.command());
        first.answer().onWatching(10);
        assertEquals("WATCHING=10", told(), "the first answer has nothing before it to miss");
    }

    @Test
    void whatTheSequencerDroppedIsAGap() {
        ask().answer().onWatching(10);
        told();
        watch.onDisturbed();
        watch.onDisturbed();
        ask().answer().onWatching(99);
        assertEquals("GAP WATCHING=99", told());
        assertNull(watch.next());
    }

    @Test
    void aRefusedWatchIsOver() {
        ask().answer().onRefused(LeaseVerdict.TOO_MANY_WATCHES, 0, 0, LeaseEnd.UNKNOWN);
        assertEquals("REFUSED", told());
        assertEquals(LeaseVerdict.TOO_MANY_WATCHES, watch.refusal());
        watch.onDisturbed();
        assertNull(watch.next());
        event(11);
        assertEquals("", told());
    }

    @Test
    void itsEndNamesIt() {
        assertFalse(watch.isKnown());
        ask().answer().onWatching(1);
        told();
        assertTrue(watch.isKnown());
        assertEquals(2, watch.unwatch(5).referredId());
        assertEquals(5, watch.unwatch(5).requestId());
    }

    @Test
    void eventsGoToTheirWatchOnly() {
        session.add(watch);
        assertSame(watch, session.watch(1, 2));
        assertNull(session.watch(1, 3));
        assertNull(session.watch(2, 2));
        session.onNewEpoch();
        session.remove(watch);
        assertNull(session.watch(1, 2));
        assertEquals(0, session.watches());
    }
}
