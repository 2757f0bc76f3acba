package io.fencegate.core.lease;

import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import org.agrona.DirectBuffer;

/**
 * What can be wrong with a command by itself, whatever the leases are like: with its values, or with who asks.
 *
 * <p>Pure functions; any thread.
 */
final class Flaws {
    private Flaws() {}

    /** The rule that refuses a command, or null. */
    static LeaseVerdict of(final CommandKind kind, final LeaseCommand command, final AccessTable access) {
        if (kind != CommandKind.SET_FLOOR && !isName(command)) {
            return LeaseVerdict.BAD_NAME;
        }
        final boolean isOfFloor = kind == CommandKind.SET_FLOOR || kind == CommandKind.RAISE_FLOOR;
        if (isOfFloor && !Token.isValid(command.token())) {
            return LeaseVerdict.MALFORMED;
        }
        final long ttlMs = command.ttlMs();
        final boolean hasTtl = kind == CommandKind.ACQUIRE || kind == CommandKind.RENEW;
        if (hasTtl && (ttlMs < LeaseLimits.TTL_MIN_MS || ttlMs > LeaseLimits.TTL_MAX_MS)) {
            return LeaseVerdict.TTL_OUT_OF_RANGE;
        }
        final long waitMs = command.waitMs();
        if (kind == CommandKind.ACQUIRE && (waitMs < 0 || waitMs > LeaseLimits.WAIT_MAX_MS)) {
            return LeaseVerdict.WAIT_OUT_OF_RANGE;
        }
        return ofAsking(kind.right(), command, access);
    }

    /** The rule that refuses to describe a resource, or null. */
    static LeaseVerdict ofDescribe(final LeaseCommand command, final AccessTable access) {
        return isName(command) ? ofAsking(Right.WATCH, command, access) : LeaseVerdict.BAD_NAME;
    }

    /** The rule that refuses to watch what begins so, or null. */
    static LeaseVerdict ofWatch(final LeaseCommand command, final AccessTable access) {
        return isPrefix(command) ? ofAsking(Right.WATCH, command, access) : LeaseVerdict.BAD_NAME;
    }

    private static LeaseVerdict ofAsking(final Right right, final LeaseCommand command, final AccessTable access) {
        final boolean isAllowed = right == Right.OPERATE
                ? access.mayOperate(command.principal())
                : access.allows(
                        command.principal(), right, command.nameBuffer(), command.nameOffset(), command.nameLength());
        return isAllowed ? null : LeaseVerdict.NOT_ALLOWED;
    }

    private static boolean isName(final LeaseCommand command) {
        final DirectBuffer buffer = command.nameBuffer();
        return isWithin(buffer, command.nameOffset(), command.nameLength())
                && ResourceName.isValid(buffer, command.nameOffset(), command.nameLength());
    }

    /** The beginning of a name may be empty, and may end within a character. */
    private static boolean isPrefix(final LeaseCommand command) {
        return isWithin(command.nameBuffer(), command.nameOffset(), command.nameLength())
                && command.nameLength() >= 0
                && command.nameLength() <= ResourceName.LENGTH_MAX;
    }

    private static boolean isWithin(final DirectBuffer buffer, final int offset, final int length) {
        return buffer != null && offset >= 0 && length <= buffer.capacity() - offset;
    }
}
