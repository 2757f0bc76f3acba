package io.fencegate.storage;

/** Ends the process when something happened that should be impossible. */
@FunctionalInterface
public interface FailStop {
    /**
     * An agent of the gateway died, and the gateway with it. Called once per dead agent, on that agent's thread; nothing
     * is answered any more. A {@link io.aeron.exceptions.TimeoutException} means that the media driver was lost.
     *
     * @param agent that died
     * @param cause of its death
     */
    void onFailure(String agent, Throwable cause);
}
