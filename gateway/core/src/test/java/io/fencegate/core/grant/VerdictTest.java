package io.fencegate.core.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Codes stand on the wire, in journals and in snapshots: these lines never change, only grow. */
final class VerdictTest {
    @Test
    void theCodesOfVerdictsAreFrozen() {
        assertEquals(
                "ACCEPTED=1 DUPLICATE=2 OPENED=3 FOUND=4 MALFORMED=10 RECOVERING=11 OVERLOADED=12 SESSION_LIMIT=13 "
                        + "BAD_SEAL=20 STALE_TOKEN=21 NOT_OWNER=22 TABLE_FULL=23 STORAGE_FULL=24 UNKNOWN_RESOURCE=25 "
                        + "NOT_OPEN=26 PAYLOAD_MISMATCH=27 SEQUENCE_GAP=28 TOO_LARGE=29 CORRUPT_PAYLOAD=30 "
                        + "NO_RECORD=31 TRIMMED=32",
                Arrays.stream(Verdict.values()).map(v -> v + "=" + v.code()).collect(Collectors.joining(" ")));
    }

    @Test
    void theCodesOfLeaseVerdictsAreFrozen() {
        assertEquals(
                "GRANTED=1 QUEUED=2 RENEWED=3 RELEASED=4 REVOKED=5 CANCELLED=6 FLOOR_RAISED=7 FLOOR_KEPT=8 "
                        + "DENIED=10 WAIT_TIMED_OUT=11 LEASE_LOST=12 WAIT_CANCELLED=13 NOT_WAITING=14 MALFORMED=20 BAD_NAME=21 TTL_OUT_OF_RANGE=22 WAIT_OUT_OF_RANGE=23 REQUEST_MISMATCH=24 "
                        + "TOKENS_EXHAUSTED=25 TOO_MANY_LEASES=26 TOO_MANY_WAITERS_FOR_RESOURCE=27 "
                        + "TOO_MANY_WAITERS=28 TOO_MANY_CLIENTS=29 REQUEST_TOO_OLD=30 TOO_MANY_WATCHES=31 BAD_SEAL=32 "
                        + "BAD_KEY_SEAL=40 KEYS_CHANGED=41 KEY_LIVE=42 KEY_NOT_LIVE=43 TOO_MANY_KEYS=44 LAST_KEY=45 "
                        + "NOT_FOUNDED=46 NOT_ALLOWED=50 ACCESS_CHANGED=51 TOO_MANY_RULES=52 BAD_RULE=53 LAST_OPERATOR=54",
                Arrays.stream(LeaseVerdict.values())
                        .map(v -> v + "=" + v.code())
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void theCodesOfEndsAndEventsAreFrozen() {
        assertEquals(
                "UNKNOWN=0 EXPIRED=1 RELEASED=2 REVOKED=3",
                Arrays.stream(LeaseEnd.values()).map(e -> e + "=" + e.code()).collect(Collectors.joining(" ")));
        assertEquals(
                "GRANTED=1 RENEWED=2 RELEASED=3 EXPIRED=4 REVOKED=5",
                Arrays.stream(LeaseEventKind.values())
                        .map(k -> k + "=" + k.code())
                        .collect(Collectors.joining(" ")));
        for (final LeaseEnd end : LeaseEnd.values()) {
            assertEquals(end, LeaseEnd.ofCode(end.code()));
        }
        for (final LeaseEventKind kind : LeaseEventKind.values()) {
            assertEquals(kind, LeaseEventKind.ofCode(kind.code()));
        }
        for (final int code : new int[] {-1, 6, 255, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertNull(LeaseEnd.ofCode(code));
            assertNull(LeaseEventKind.ofCode(code));
        }
        assertNull(LeaseEnd.ofCode(4));
        assertNull(LeaseEventKind.ofCode(0));
    }

    @Test
    void aCodeLeadsBackToItsVerdictAndAStrangeCodeToNone() {
        for (final Verdict verdict : Verdict.values()) {
            assertEquals(verdict, Verdict.ofCode(verdict.code()));
        }
        for (final LeaseVerdict verdict : LeaseVerdict.values()) {
            assertEquals(verdict, LeaseVerdict.ofCode(verdict.code()));
        }
        for (final int code : new int[] {0, -1, 5, 63, 64, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertNull(Verdict.ofCode(code));
        }
        for (final int code : new int[] {0, -1, 9, 63, 64, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertNull(LeaseVerdict.ofCode(code));
        }
    }

    @Test
    void onlyWhatAcknowledgesIsASuccessAndOnlyWhatAuditNeedsIsJournaled() {
        assertEquals(
                EnumSet.of(Verdict.ACCEPTED, Verdict.DUPLICATE, Verdict.OPENED, Verdict.FOUND),
                Arrays.stream(Verdict.values()).filter(Verdict::isSuccess).collect(Collectors.toSet()));
        final Set<Verdict> audited =
                Arrays.stream(Verdict.values()).filter(Verdict::isAudited).collect(Collectors.toSet());
        assertEquals(
                EnumSet.of(Verdict.STALE_TOKEN, Verdict.BAD_SEAL, Verdict.NOT_OWNER, Verdict.PAYLOAD_MISMATCH),
                audited);
    }
}
