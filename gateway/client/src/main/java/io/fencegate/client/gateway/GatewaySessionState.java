package io.fencegate.client.gateway;

/**
 * Where a session with a gateway stands.
 *
 * <p>Immutable; any thread.
 */
enum GatewaySessionState {
    /** Its streams are not connected yet. */
    CONNECTING,
    /** The Hello was sent. */
    GREETING,
    /** The gateway has welcomed the client. */
    ACTIVE,
    /** It is over. */
    LOST
}
