package io.fencegate.verification.simulator.disk;

/** The process dies in the middle of what it does. */
public final class ProcessDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProcessDiedException() {
        super("the process died", null, false, false);
    }
}
