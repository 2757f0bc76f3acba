package io.fencegate.verification.resilience;

import io.fencegate.app.process.ChildProcess;
import io.fencegate.verification.cable.CableDriver;

/**
 * What happens to a client, its media driver and its network.
 *
 * <p>One thread.
 */
final class ClientFaults {
    private ClientFaults() {}

    static void pastLease(final Act act) {
        act.prepare(act.times().leaseShortMs());
        act.system().client().suspend();
        act.begin();
        act.takeOver();
        act.system().client().resume();
        act.end();
        act.awaitLost();
        act.awaitStopped();
    }

    static void pastLiveness(final Act act) {
        act.prepare(act.times().leaseMs());
        pause(act, act.system().client(), act.times().pauseLivenessMs());
    }

    static void pastDriver(final Act act) {
        act.prepare(act.times().leaseMs());
        pause(act, act.system().client(), act.times().pauseDriverMs());
    }

    static void driverStopped(final Act act) {
        act.prepare(act.times().leaseMs());
        pause(act, act.system().clientDriver(), act.times().pauseDriverMs());
    }

    static void driverKilled(final Act act) {
        act.prepare(act.times().leaseMs());
        act.system().clientDriver().kill();
        act.begin();
        act.system().startClientDriver();
        act.end();
        act.awaitHealed();
    }

    static void networkGone(final Act act) {
        act.prepare(act.times().leaseDropMs());
        act.system().cable(CableDriver.CUT);
        act.begin();
        final long cpuNs = act.system().client().cpuTimeNs();
        act.hold(act.times().dropMs());
        act.cpuShare((act.system().client().cpuTimeNs() - cpuNs) / (double) (System.nanoTime() - act.beganNs()));
        act.system().cable(CableDriver.MEND);
        act.end();
        act.awaitResumed();
    }

    private static void pause(final Act act, final ChildProcess process, final long ms) {
        process.suspend();
        act.begin();
        act.hold(ms);
        process.resume();
        act.end();
        act.awaitResumed();
    }
}
