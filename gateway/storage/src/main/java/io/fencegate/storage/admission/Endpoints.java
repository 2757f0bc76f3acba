package io.fencegate.storage.admission;

/**
 * Where clients reach the gateway. Frozen; opens nothing.
 *
 * @param isIpc whether clients on this host may come over shared memory
 * @param udpRequests host:port to which clients send requests, or null for none
 * @param udpAnswers host:port from which clients ask for their answers, or null for none; another port
 */
public record Endpoints(boolean isIpc, String udpRequests, String udpAnswers) {
    /** Stream of the requests. */
    public static final int REQUESTS_STREAM_ID = 2001;

    /** Stream of the answers. */
    public static final int ANSWERS_STREAM_ID = 2002;

    /** Channel of requests over shared memory. */
    public static final String IPC_REQUESTS = "aeron:ipc";

    /** A term of the answers' log, in bytes: its eighth is the longest message. */
    static final int ANSWERS_TERM_LENGTH = 1 << 20;

    private static final String ANSWERS_OPTIONS = "|term-length=" + ANSWERS_TERM_LENGTH + "|response-correlation-id=";

    /** Checks that clients can come at all, and that both parts of UDP are there. */
    public Endpoints {
        if ((udpRequests == null) != (udpAnswers == null)) {
            throw new IllegalArgumentException(
                    "UDP needs an endpoint for requests and another for answers: udpRequests=" + udpRequests
                            + " udpAnswers=" + udpAnswers);
        }
        if (udpRequests != null && udpRequests.equals(udpAnswers)) {
            throw new IllegalArgumentException("UDP needs two endpoints: udpRequests=udpAnswers=" + udpRequests);
        }
        if (!isIpc && udpRequests == null) {
            throw new IllegalArgumentException("no endpoint: clients could not reach this gateway");
        }
        checkEndpoint(udpRequests);
        checkEndpoint(udpAnswers);
    }

    /** Clients on this host only. @return the endpoints */
    public static Endpoints ipc() {
        return new Endpoints(true, null, null);
    }

    /** Whether clients may come over UDP. @return true if there are endpoints for it */
    boolean isUdp() {
        return udpRequests != null;
    }

    /** Channel of requests over UDP. @return as Aeron writes it */
    String udpRequestsChannel() {
        return "aeron:udp?endpoint=" + udpRequests;
    }

    /**
     * Channel of one client's answers.
     *
     * @param isIpcClient whether its requests come over shared memory
     * @param imageCorrelationId of its requests
     * @return as Aeron writes it
     */
    String answersChannel(final boolean isIpcClient, final long imageCorrelationId) {
        final String way = isIpcClient
                ? "aeron:ipc?control-mode=response"
                : "aeron:udp?control-mode=response|control=" + udpAnswers;
        return way + ANSWERS_OPTIONS + imageCorrelationId;
    }

    private static void checkEndpoint(final String endpoint) {
        if (endpoint != null && !endpoint.matches("[^|?,\\s]+:\\d{1,5}")) {
            throw new IllegalArgumentException("not host:port: endpoint=" + endpoint);
        }
    }
}
