package io.fencegate.verification.simulator.world;

/** One direction of a connection. One thread. */
public interface Stream {
    /** Sends a message. @param message immutable */
    void send(Object message);

    /** Nothing that is still under way arrives any more. */
    void close();
}
