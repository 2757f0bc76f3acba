package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.storage.durability.Durability;
import java.util.Locale;

/**
 * How a gateway is asked. Immutable.
 *
 * @param transport of the messages
 * @param messageLength bytes of a message
 * @param writers each with a session and a resource of its own
 * @param durability that an answer waits for
 */
public record Load(Transport transport, int messageLength, int writers, Durability durability) {
    /** Rate of a closed loop. */
    public static final long CLOSED = 0;

    /** In a few words. @return for progress, and for a row of what was not measured */
    public String what() {
        return "write round trip, " + transport.name() + ", " + messageLength + " B, writers=" + writers
                + ", durability=" + level();
    }

    /** In a few words. @param rate messages a second, or {@link #CLOSED} @return for a row */
    String what(final long rate) {
        return what() + ", " + (rate == CLOSED ? "closed loop" : "open loop at " + rate + "/s");
    }

    /** The chart that shows all writers and rates of a load. @return lower case, digits, dashes */
    String chart() {
        return "latency-" + transport + "-" + level() + "-" + messageLength + "b";
    }

    /** The line in that chart. @param rate of the run @return lower case, digits, dashes */
    String line(final long rate) {
        return writers + "w-" + (rate == CLOSED ? "closed" : rate);
    }

    private String level() {
        return durability.name().toLowerCase(Locale.ROOT);
    }
}
