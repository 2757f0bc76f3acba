package io.fencegate.client.session.lease;

import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.grant.Grant;

/**
 * One command to the sequencer: what it says, which never changes, and where it stands: when it was sent, whether it was
 * answered or its time is over. However often it is sent, it says the same under the same requestId.
 *
 * <p>One thread.
 */
public final class LeaseCommand {
    /** For commands that are repeated until they are answered. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final AccessRule NO_RULE = new AccessRule("", "", 0);

    private final CommandKind kind;
    private final long clientId;
    private final long requestId;
    private final String resource;
    private final long token;
    private final long ttlMs;
    private final long waitMs;
    private final LeaseAnswer answer = new LeaseAnswer();
    private final CommandPace pace = new CommandPace();

    // Set by what makes the command, and never again.
    private long referredId;
    private String after = "";
    private AccessRule rule = NO_RULE;
    private boolean isAllowed;
    private Fence proven;
    private KeyChange change;

    private boolean isTimedOut;

    private LeaseCommand(final CommandKind kind, final long clientId, final long requestId, final String resource) {
        this(kind, clientId, requestId, resource, 0, 0, 0);
    }

    private LeaseCommand(
            final CommandKind kind,
            final long clientId,
            final long requestId,
            final String resource,
            final long token,
            final long ttlMs,
            final long waitMs) {
        this.kind = kind;
        this.clientId = clientId;
        this.requestId = requestId;
        this.resource = resource;
        this.token = token;
        this.ttlMs = ttlMs;
        this.waitMs = waitMs;
    }

    private static LeaseCommand about(final CommandKind kind, final LeaseCommand referred, final long requestId) {
        final LeaseCommand command = new LeaseCommand(kind, referred.clientId, requestId, referred.resource);
        command.referredId = referred.requestId;
        return command;
    }

    /**
     * Asks for a lease.
     *
     * @param clientId that shall hold it
     * @param requestId of the command
     * @param resource a valid name
     * @param ttlMs that the lease shall run
     * @param waitMs that the client waits at most
     * @return the command
     */
    public static LeaseCommand acquire(
            final long clientId, final long requestId, final String resource, final long ttlMs, final long waitMs) {
        return new LeaseCommand(CommandKind.ACQUIRE, clientId, requestId, resource, 0, ttlMs, waitMs);
    }

    /**
     * Prolongs a lease.
     *
     * @param requestId of the command
     * @param grant of the lease
     * @param ttlMs that it shall run from now
     * @return the command, by the grant's holder
     */
    public static LeaseCommand renew(final long requestId, final Grant grant, final long ttlMs) {
        return new LeaseCommand(
                CommandKind.RENEW, grant.clientId(), requestId, grant.resource(), grant.token(), ttlMs, 0);
    }

    /** Ends a lease. @param requestId of the command @param grant of the lease @return the command, by its holder */
    public static LeaseCommand release(final long requestId, final Grant grant) {
        return new LeaseCommand(
                CommandKind.RELEASE, grant.clientId(), requestId, grant.resource(), grant.token(), 0, 0);
    }

    /**
     * Asks for a page of leases.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param prefix a valid name, or empty
     * @param after last name of the page before, or empty
     * @return the command
     */
    public static LeaseCommand list(
            final long clientId, final long requestId, final String prefix, final String after) {
        final LeaseCommand command = new LeaseCommand(CommandKind.LIST, clientId, requestId, prefix);
        command.after = after;
        return command;
    }

    /** Ends a wait. @param requestId of the command @param acquire that waits @return the command */
    public static LeaseCommand cancelWait(final long requestId, final LeaseCommand acquire) {
        return about(CommandKind.CANCEL_WAIT, acquire, requestId);
    }

    /**
     * Ends somebody's lease.
     *
     * @param clientId that gets the fresh token
     * @param requestId of the command
     * @param resource a valid name
     * @param token of the lease
     * @return the command
     */
    public static LeaseCommand revoke(
            final long clientId, final long requestId, final String resource, final long token) {
        return new LeaseCommand(CommandKind.REVOKE, clientId, requestId, resource, token, 0, 0);
    }

    /**
     * Asks who holds a resource.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param resource a valid name
     * @return the command
     */
    public static LeaseCommand describe(final long clientId, final long requestId, final String resource) {
        return new LeaseCommand(CommandKind.DESCRIBE, clientId, requestId, resource);
    }

    /**
     * Asks that all tokens from now on be above one that a gateway has opened.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param resource of the grant that was opened, a valid name; empty: an operator's word, without a proof
     * @param proven that grant
     * @return the command
     */
    public static LeaseCommand raiseFloor(
            final long clientId, final long requestId, final String resource, final Fence proven) {
        final LeaseCommand command =
                new LeaseCommand(CommandKind.RAISE_FLOOR, clientId, requestId, resource, proven.token(), 0, 0);
        command.proven = proven;
        return command;
    }

    /**
     * Watches leases.
     *
     * @param clientId that watches
     * @param requestId of the command, and the watch's name: the same again is the same watch
     * @param prefix a valid name, or empty
     * @return the command
     */
    public static LeaseCommand watch(final long clientId, final long requestId, final String prefix) {
        return new LeaseCommand(CommandKind.WATCH, clientId, requestId, prefix);
    }

    /** Ends a watch. @param requestId of the command @param watch that stands @return the command */
    public static LeaseCommand unwatch(final long requestId, final LeaseCommand watch) {
        return about(CommandKind.UNWATCH, watch, requestId);
    }

    /**
     * Gives rights, or takes them.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param revision of the rules, as it is known
     * @param isAllowed whether the rights are given
     * @param rule that is sound
     * @return the command
     */
    public static LeaseCommand changeAccess(
            final long clientId,
            final long requestId,
            final long revision,
            final boolean isAllowed,
            final AccessRule rule) {
        final LeaseCommand command = new LeaseCommand(CommandKind.CHANGE_ACCESS, clientId, requestId, rule.prefix());
        command.referredId = revision;
        command.isAllowed = isAllowed;
        command.rule = rule;
        return command;
    }

    /**
     * Asks for a page of the rules.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param from place of the first rule
     * @return the command
     */
    public static LeaseCommand describeAccess(final long clientId, final long requestId, final int from) {
        final LeaseCommand command = new LeaseCommand(CommandKind.DESCRIBE_ACCESS, clientId, requestId, "");
        command.referredId = from;
        return command;
    }

    /** Asks which keys are live. @param clientId that asks @param requestId of the command @return the command */
    public static LeaseCommand describeKeys(final long clientId, final long requestId) {
        return new LeaseCommand(CommandKind.DESCRIBE_KEYS, clientId, requestId, "");
    }

    /**
     * Changes the live keys.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param change what to do
     * @return the command
     */
    public static LeaseCommand changeKey(final long clientId, final long requestId, final KeyChange change) {
        final LeaseCommand command = new LeaseCommand(CommandKind.CHANGE_KEY, clientId, requestId, "");
        command.change = change;
        return command;
    }

    /** What it asks for. @return the kind */
    public CommandKind kind() {
        return kind;
    }

    /** The client that asks. @return 64 bits */
    public long clientId() {
        return clientId;
    }

    /** Its number. @return unique for the client, but for a watch that is said again */
    public long requestId() {
        return requestId;
    }

    /** What it is for. @return a resource's name, or a prefix */
    public String resource() {
        return resource;
    }

    /** Token of the lease, or of the proven grant, that it is for. @return 0 if it is for none */
    public long token() {
        return token;
    }

    /** How long the lease shall run. @return in milliseconds of log time; 0 if it is not about that */
    public long ttlMs() {
        return ttlMs;
    }

    /** How long to wait. @return in milliseconds of log time; 0 if it is not about that */
    public long waitMs() {
        return waitMs;
    }

    /** Number of the command that it is about. @return of the wait or the watch that shall end; else 0 */
    public long referredId() {
        return referredId;
    }

    /** Revision of the rules that are to be changed. @return as it is known; 0 if it is not about that */
    public long revision() {
        return referredId;
    }

    /** Place of the first rule of a page. @return from 0 */
    public int from() {
        return (int) referredId;
    }

    /** The rule that is to be changed. @return with empty names if it is not about that */
    public AccessRule rule() {
        return rule;
    }

    /** Whether rights are given. @return false if they are taken, or it is not about that */
    public boolean isAllowed() {
        return isAllowed;
    }

    /** Last name of the page before. @return empty for the first page */
    public String after() {
        return after;
    }

    /** The grant that a gateway has proven to have opened. @return null if it is not about that */
    public Fence proven() {
        return proven;
    }

    /** What to do with a key. @return null if it is not about that */
    public KeyChange change() {
        return change;
    }

    /** The answer so far. @return without a verdict if there is none */
    public LeaseAnswer answer() {
        return answer;
    }

    /** When it is sent. @return its pace */
    public CommandPace pace() {
        return pace;
    }

    void onTimedOut() {
        isTimedOut = true;
    }

    /** Whether its time was over before it was answered. @return true if so */
    public boolean isTimedOut() {
        return isTimedOut;
    }

    /** Whether nothing more becomes of it. @return true once it is answered or its time is over */
    public boolean isDone() {
        return isTimedOut || answer.isFinal();
    }

    /** Whether it stands in a queue. @return true from the answer that says so to the final one */
    public boolean isQueued() {
        return answer.wasQueued() && !isDone();
    }
}
