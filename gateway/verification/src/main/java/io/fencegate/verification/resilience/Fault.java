package io.fencegate.verification.resilience;

import java.util.List;
import java.util.function.Consumer;

/**
 * Something that is done to the system, and how a client is to come out of it.
 *
 * <p>Immutable; any thread.
 *
 * @param number by which it is chosen
 * @param title in words
 * @param expected how it ends for the client
 * @param endsClients whether the clients are over after it, as they were told that their gateway went back
 * @param body does it, and waits until the client has resumed or has been told
 */
record Fault(int number, String title, Ending expected, boolean endsClients, Consumer<Act> body) {
    /** Every fault. @return in the order in which they are played */
    static List<Fault> all() {
        return List.of(
                of(1, "client stopped past its lease, another one writes", Ending.LEASE_LOST, ClientFaults::pastLease),
                of(
                        2,
                        "client stopped past Aeron's client liveness timeout",
                        Ending.RESUMED,
                        ClientFaults::pastLiveness),
                of(3, "client stopped past the driver timeout", Ending.RESUMED, ClientFaults::pastDriver),
                of(4, "client's media driver killed -9, restarted", Ending.RESUMED, ClientFaults::driverKilled),
                of(5, "gateway killed -9, restarted", Ending.RESUMED, GatewayFaults::killed),
                of(6, "sequencer's leader stopped, continued", Ending.RESUMED, SequencerFaults::leaderStopped),
                of(7, "sequencer's leader killed -9, restarted", Ending.RESUMED, SequencerFaults::leaderKilled),
                of(8, "whole sequencer killed -9, restarted", Ending.RESUMED, SequencerFaults::allKilled),
                of(9, "network gone between the client and everything", Ending.RESUMED, ClientFaults::networkGone),
                of(
                        10,
                        "client's media driver stopped past the driver timeout",
                        Ending.RESUMED,
                        ClientFaults::driverStopped),
                of(
                        11,
                        "writes under way in a killed gateway, another holder opens first",
                        Ending.IN_DOUBT,
                        GatewayFaults::inDoubt),
                of(
                        12,
                        "gateway killed -9, not restarted while the client waits for its writes",
                        Ending.TIMED_OUT,
                        GatewayFaults::gone),
                new Fault(
                        13,
                        "gateway's journal replaced by an empty one",
                        Ending.WENT_BACK,
                        true,
                        GatewayFaults::emptied),
                new Fault(
                        14,
                        "gateway's journal replaced by an older copy",
                        Ending.WRITES_LOST,
                        true,
                        GatewayFaults::restored));
    }

    private static Fault of(final int number, final String title, final Ending expected, final Consumer<Act> body) {
        return new Fault(number, title, expected, false, body);
    }
}
