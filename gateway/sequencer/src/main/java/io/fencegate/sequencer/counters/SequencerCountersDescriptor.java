package io.fencegate.sequencer.counters;

import org.agrona.DirectBuffer;

/**
 * The counters of a sequencer's node in the counters file of its media driver, where any process on the machine can read
 * them: the type of each, and its key. They are written about once a millisecond, and freed when the node ends.
 *
 * <pre>
 *   key of each counter:
 *   0            4            8
 *  +------------+------------+
 *  |  memberId  |    code    |   code: of REFUSALS the LeaseVerdict's code, of LIMIT the Limit's code,
 *  +------------+------------+         of KEY_FINGERPRINT 0 the newest key, 1 the older one; else 0
 * </pre>
 *
 * <p>State, role and commit position of the node are Aeron's own (types 200, 201, 203, 239). Constants; any thread.
 */
public final class SequencerCountersDescriptor {
    /** How much of the log the node has applied: a position, in bytes. */
    public static final int POSITION_APPLIED_TYPE_ID = 5200;

    /** Live leases. */
    public static final int LEASES_TYPE_ID = 5201;

    /** Waits in all queues. */
    public static final int WAITERS_TYPE_ID = 5202;

    /** Clients remembered. */
    public static final int CLIENTS_TYPE_ID = 5203;

    /** Watches that stand. */
    public static final int WATCHES_TYPE_ID = 5204;

    /** Lease events in the log so far. */
    public static final int LEASE_EVENTS_TYPE_ID = 5205;

    /** Answers whose client could not be reached. */
    public static final int EGRESS_FAILURES_TYPE_ID = 5206;

    /** How often a watcher did not keep up. */
    public static final int WATCHES_DROPPED_TYPE_ID = 5207;

    /** Refusals by one rule; the code says which. */
    public static final int REFUSALS_TYPE_ID = 5208;

    /** A limit of the lease table; the code says which. */
    public static final int LIMIT_TYPE_ID = 5209;

    /** Fingerprint of a live key: 64 bits that name it without showing it; 0 where there is none. */
    public static final int KEY_FINGERPRINT_TYPE_ID = 5210;

    /** 1 once the cluster is founded, 0 while commands are refused. */
    public static final int FOUNDED_TYPE_ID = 5211;

    /** Foundings behind the first one. */
    public static final int FOUNDINGS_IGNORED_TYPE_ID = 5212;

    /** Changes of the live keys so far. */
    public static final int KEYS_REVISION_TYPE_ID = 5213;
    /** Sessions that are open. */
    public static final int SESSIONS_TYPE_ID = 5220;

    /** Clients that were not let in because as many sessions were open as may. */
    public static final int SESSIONS_REFUSED_TYPE_ID = 5221;

    /** Clients that were not let in because they did not log in as they should. */
    public static final int LOGINS_REFUSED_TYPE_ID = 5222;

    /** The code of the node's readiness; written by its upkeep, so that it is there when the service is not. */
    public static final int READINESS_TYPE_ID = 5214;

    /** Position of the newest snapshot of this node, -1 if it has none. */
    public static final int SNAPSHOT_POSITION_TYPE_ID = 5215;

    /** Snapshots that this node asked for as a leader and did not get. */
    public static final int SNAPSHOTS_FAILED_TYPE_ID = 5216;

    /** Where the log of this node starts: what is below has been purged. */
    public static final int LOG_START_TYPE_ID = 5217;

    /** Members that this node hears, itself included. */
    public static final int MEMBERS_HEARD_TYPE_ID = 5218;

    /** Offset of the member's id in a key. */
    public static final int MEMBER_ID_OFFSET = 0;

    /** Offset of the code in a key. */
    public static final int CODE_OFFSET = MEMBER_ID_OFFSET + Integer.BYTES;

    /** Length of a key, in bytes. */
    public static final int KEY_LENGTH = CODE_OFFSET + Integer.BYTES;

    /** What a counter of type {@link #LIMIT_TYPE_ID} limits. The codes never change their meaning. */
    public enum Limit {
        /** Live leases. */
        LEASES(1, "leases"),
        /** Waits for one resource. */
        WAITERS_PER_RESOURCE(2, "waitersPerResource"),
        /** Waits in all queues. */
        WAITERS(3, "waiters"),
        /** Clients remembered. */
        CLIENTS(4, "clients"),
        /** Watches that stand. */
        WATCHES(5, "watches"),
        /** Watches that stand in one cluster session. */
        WATCHES_PER_SESSION(8, "watchesPerSession"),
        /** Answers remembered of one client. */
        ANSWERS_PER_CLIENT(6, "answersPerClient"),
        /** How long a silent client is remembered, in milliseconds of log time. */
        ANSWERS_KEPT_MS(7, "answersKeptMs"),
        /** Sessions open at once: this node's own limit. */
        SESSIONS(9, "sessions");

        private final int code;
        private final String label;

        Limit(final int code, final String label) {
            this.code = code;
            this.label = label;
        }

        /** The number in the key. @return from 1 */
        public int code() {
            return code;
        }

        /** The name that configuration and label use. @return in lowerCamelCase */
        public String label() {
            return label;
        }

        /**
         * The limit of a code.
         *
         * @param code as read from a key
         * @return the limit, or null where none has this code
         */
        public static Limit ofCode(final int code) {
            for (final Limit limit : values()) {
                if (limit.code == code) {
                    return limit;
                }
            }
            return null;
        }
    }

    private SequencerCountersDescriptor() {}

    /**
     * Whether a counter is one of these.
     *
     * @param typeId of the counter
     * @return true for the types of this descriptor
     */
    public static boolean isType(final int typeId) {
        return typeId >= POSITION_APPLIED_TYPE_ID && typeId <= LOGINS_REFUSED_TYPE_ID;
    }

    /**
     * Which node counts.
     *
     * @param key of one of these counters
     * @return the member's id, from 0
     */
    public static int memberId(final DirectBuffer key) {
        return key.getInt(MEMBER_ID_OFFSET);
    }

    /**
     * What is counted, where the type alone does not say it.
     *
     * @param key of one of these counters
     * @return the code, 0 where the type says it all
     */
    public static int code(final DirectBuffer key) {
        return key.getInt(CODE_OFFSET);
    }
}
