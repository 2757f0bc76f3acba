package io.fencegate.client;

import io.fencegate.client.lease.LeaseCalls;
import io.fencegate.client.link.ClientThread;
import io.fencegate.client.login.Login;
import io.fencegate.client.session.CallTimes;
import io.fencegate.core.grant.Grant;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Settings of a client, checked when made. Nothing is opened by it. Start from {@link #of} and change what differs with
 * the {@code with…} methods.
 *
 * <p>Immutable; any thread.
 *
 * @param aeronDirectoryName directory of the media driver, which runs outside of this client
 * @param clientId 64 bits that name this client process as a holder; random by default. Give it only to go on with the
 *     tickets of an earlier process of the same holder: a paused process and its successor must not be one holder
 * @param ingressEndpoints the sequencer's nodes as {@code 0=host:port,1=host:port}, or null: no sequencer
 * @param egressChannel on which the sequencer answers; its endpoint is an address of this machine
 * @param gatewayChannel {@code aeron:ipc}, or {@code aeron:udp?endpoint=host:port|control=host:port} with the gateway's
 *     addresses for requests and for answers, or null: no gateway
 * @param times how long calls and their attempts last, and the pauses before a lost connection is begun anew
 * @param connectTimeoutNs longest time to find a live media driver, and how long one that is not heard of counts as
 *     alive, in nanoseconds
 * @param writer settings of the client's writers
 * @param login as whom the client logs in at the sequencer
 */
public record ClientConfig(
        String aeronDirectoryName,
        long clientId,
        String ingressEndpoints,
        String egressChannel,
        String gatewayChannel,
        CallTimes times,
        long connectTimeoutNs,
        WriterConfig writer,
        Login login) {
    /** Egress channel where none is given: any free port of the loopback interface. */
    public static final String EGRESS_CHANNEL_DEFAULT = "aeron:udp?endpoint=localhost:0";

    /** Call timeout where none is given, in nanoseconds. */
    public static final long CALL_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);

    /** Attempt timeout where none is given, in nanoseconds. */
    public static final long ATTEMPT_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);

    /** Connect timeout where none is given, in nanoseconds. */
    public static final long CONNECT_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(5);

    /** First pause before a lost connection is begun anew where none is given, in nanoseconds. */
    public static final long RECONNECT_FIRST_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Longest pause before a lost connection is begun anew where none is given, in nanoseconds. */
    public static final long RECONNECT_LONGEST_DEFAULT_NS = TimeUnit.SECONDS.toNanos(2);

    /** Checks the settings. */
    public ClientConfig {
        Objects.requireNonNull(aeronDirectoryName, "aeronDirectoryName");
        Objects.requireNonNull(egressChannel, "egressChannel");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(login, "login");
        if (connectTimeoutNs <= 0) {
            throw new IllegalArgumentException("a timeout is not positive: connectTimeoutNs=" + connectTimeoutNs);
        }
    }

    /**
     * A client with a random clientId, the default timeouts, and neither sequencer nor gateway yet.
     *
     * @param aeronDirectoryName directory of the media driver
     * @return the settings
     */
    public static ClientConfig of(final String aeronDirectoryName) {
        final CallTimes times = new CallTimes(
                CALL_TIMEOUT_DEFAULT_NS,
                ATTEMPT_TIMEOUT_DEFAULT_NS,
                RECONNECT_FIRST_DEFAULT_NS,
                RECONNECT_LONGEST_DEFAULT_NS);
        return new ClientConfig(
                aeronDirectoryName,
                new SecureRandom().nextLong(),
                null,
                EGRESS_CHANNEL_DEFAULT,
                null,
                times,
                CONNECT_TIMEOUT_DEFAULT_NS,
                WriterConfig.DEFAULT,
                Login.NONE);
    }

    /** Goes on as an earlier process of the same holder. @param id of that holder @return changed settings */
    public ClientConfig withClientId(final long id) {
        return new ClientConfig(
                aeronDirectoryName,
                id,
                ingressEndpoints,
                egressChannel,
                gatewayChannel,
                times,
                connectTimeoutNs,
                writer,
                login);
    }

    /** Names the sequencer. @param endpoints of its nodes, {@code 0=host:port,…} @return changed settings */
    public ClientConfig withSequencer(final String endpoints) {
        return withSequencer(endpoints, egressChannel);
    }

    /**
     * Names the sequencer, and where it shall answer.
     *
     * @param endpoints of its nodes, {@code 0=host:port,…}
     * @param channel on which it answers
     * @return changed settings
     */
    public ClientConfig withSequencer(final String endpoints, final String channel) {
        return new ClientConfig(
                aeronDirectoryName,
                clientId,
                endpoints,
                channel,
                gatewayChannel,
                times,
                connectTimeoutNs,
                writer,
                login);
    }

    /** Names the gateway. @param channel of its requests @return changed settings */
    public ClientConfig withGateway(final String channel) {
        return new ClientConfig(
                aeronDirectoryName,
                clientId,
                ingressEndpoints,
                egressChannel,
                channel,
                times,
                connectTimeoutNs,
                writer,
                login);
    }

    /**
     * Sets the timeouts, in nanoseconds.
     *
     * @param callNs longest time of a blocking call; an acquire that waits adds its wait. Time in which the whole
     *     process stood still counts as at most a second
     * @param attemptNs first attempt within a call; doubled at each repeat
     * @param connectNs longest time to find a live media driver
     * @return changed settings
     */
    public ClientConfig withTimeouts(final long callNs, final long attemptNs, final long connectNs) {
        return with(new CallTimes(callNs, attemptNs, times.reconnectFirstNs(), times.reconnectLongestNs()), connectNs);
    }

    /**
     * Sets the pauses before a lost connection is begun anew, in nanoseconds. Half of each pause is drawn by lot.
     *
     * @param firstNs the first pause; doubled at each failure
     * @param longestNs the longest pause
     * @return changed settings
     */
    public ClientConfig withReconnect(final long firstNs, final long longestNs) {
        return with(
                new CallTimes(times.callTimeoutNs(), times.attemptTimeoutNs(), firstNs, longestNs), connectTimeoutNs);
    }

    private ClientConfig with(final CallTimes changed, final long connectNs) {
        return new ClientConfig(
                aeronDirectoryName,
                clientId,
                ingressEndpoints,
                egressChannel,
                gatewayChannel,
                changed,
                connectNs,
                writer,
                login);
    }

    /** Sets up the writers. @param settings of each writer @return changed settings */
    public ClientConfig withWriter(final WriterConfig settings) {
        return new ClientConfig(
                aeronDirectoryName,
                clientId,
                ingressEndpoints,
                egressChannel,
                gatewayChannel,
                times,
                connectTimeoutNs,
                settings,
                login);
    }

    /**
     * Logs in at the sequencer.
     *
     * @param name of the principal
     * @param secret of the principal
     * @return changed settings
     * @throws IllegalArgumentException if it is no name, or no secret
     */
    public ClientConfig withCredentials(final String name, final String secret) {
        return withLogin(Login.of(name, secret));
    }

    /** Logs in at the sequencer. @param other as whom @return changed settings */
    public ClientConfig withLogin(final Login other) {
        return new ClientConfig(
                aeronDirectoryName,
                clientId,
                ingressEndpoints,
                egressChannel,
                gatewayChannel,
                times,
                connectTimeoutNs,
                writer,
                other);
    }

    /** Longest time of a blocking call. @return in nanoseconds */
    public long callTimeoutNs() {
        return times.callTimeoutNs();
    }

    /** First attempt within a call. @return in nanoseconds */
    public long attemptTimeoutNs() {
        return times.attemptTimeoutNs();
    }

    /** Where the sequencer is, and who calls. */
    LeaseCalls.Place place(final ClientThread thread, final Consumer<Grant> renewed) {
        final long chance = new SecureRandom().nextLong();
        return new LeaseCalls.Place(clientId, ingressEndpoints, egressChannel, login, thread, chance, renewed);
    }
}
