package io.fencegate.client;

import io.fencegate.client.error.LoginRefusedException;
import io.fencegate.client.lease.AccessCalls;
import io.fencegate.client.lease.Healer;
import io.fencegate.client.lease.KeyCalls;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseCalls;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.lease.LeaseWatch;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.PendingRelease;
import io.fencegate.client.lease.Revocation;
import io.fencegate.client.lease.WatchListener;
import io.fencegate.client.link.AeronLink;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.link.ClientThread;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.core.grant.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * Takes leases at a sequencer and writes through a gateway that knows, by the grant's token, whether the lease's holder
 * is still the newest one. Either side may be left out of the configuration.
 *
 * <pre>{@code
 * ClientConfig config =
 *         ClientConfig.of(aeronDirectory).withSequencer(endpoints).withGateway("aeron:ipc");
 * try (FencegateClient client = FencegateClient.connect(config)) {
 *     Lease lease = client.acquire("orders", Duration.ofSeconds(20), Duration.ofSeconds(5));
 *     try (FencedWriter writer = client.open(lease.grant())) {
 *         Receipt receipt = writer.write("hello".getBytes(StandardCharsets.UTF_8));
 *         out.println("sequence=" + receipt.sequence() + " position=" + receipt.position());
 *     } catch (StaleTokenException ex) {
 *         out.println("fenced: ours=" + ex.ourToken() + " newer=" + ex.fenceToken());
 *     }
 *     client.release(lease.grant());
 * }
 * }</pre>
 *
 * <p>A lease is kept, and others are asked for, without blocking, as long as the client is polled:
 *
 * <pre>{@code
 * Lease lease = client.acquire("orders", Duration.ofSeconds(20), Duration.ZERO);
 * try (LeaseKeeper keeper = client.keep(lease, listener)) {
 *     PendingLease next = client.offerAcquire("invoices", Duration.ofSeconds(20), Duration.ofSeconds(5));
 *     while (keeper.isKeeping() && !next.isDone()) {
 *         idleStrategy.idle(client.poll());
 *     }
 *     out.println("kept=" + keeper.lease().resource() + " acquired=" + next.lease().resource());
 * }
 * }</pre>
 *
 * <p>Connections are made at first need, and made anew, after pauses that grow, for as long as the client is polled: the
 * media driver, the gateway, and the sequencer may be restarted, and this process may be paused. Blocking calls end in
 * their time: done, or with one of the exceptions in {@code io.fencegate.client.error}. Nothing renews a lease but
 * {@link #renew} and a keeper, and a lost lease is never acquired again but by {@link #acquire} or
 * {@link #offerAcquire}. An error in the transport is told by the call that meets it; nothing stops the host process.
 *
 * <p>One thread at a time: a client, and what comes from it, belong to one thread, like an agent, and may be handed to
 * another one. Two threads inside of it at once are noticed as well as that can be without a lock, and the second one
 * gets an {@link IllegalStateException} that names both; so does a listener that calls what blocks or polls. The only
 * other thread is Aeron's client conductor. A thread that does something else for longer should call {@link #poll()} now
 * and then, so that its leases are renewed and its sessions live; if it does not, the next call begins new ones. While a
 * call blocks, everything else that is under way goes on, and its listeners are called.
 */
public final class FencegateClient implements AutoCloseable {
    private final ClientThread thread = new ClientThread();
    private final ClientConfig config;
    private final AeronLink link;
    private final LeaseCalls leases;
    private final GatewayLink gateway;
    private final GatewayCalls gatewayCalls;
    private boolean isClosed;

    private FencegateClient(final ClientConfig config) {
        this.config = config;
        this.link = new AeronLink(config.aeronDirectoryName(), config.connectTimeoutNs());
        this.leases = config.ingressEndpoints() == null
                ? null
                : new LeaseCalls(
                        config.place(thread, this::onRenewed), config.times(), link, new CallTimer(this::pollGateway));
        this.gateway = config.gatewayChannel() == null
                ? null
                : new GatewayLink(config, link, thread, new CallTimer(this::pollLeases));
        this.gatewayCalls = gateway == null ? null : new GatewayCalls(gateway);
    }

    /**
     * A client of the media driver, sequencer and gateway that the settings name. The sessions with sequencer and
     * gateway begin at first need.
     *
     * @param config the settings
     * @return the client
     * @throws io.fencegate.client.error.NotReachableException if there is no live media driver
     * @throws IllegalArgumentException if a channel is malformed
     */
    public static FencegateClient connect(final ClientConfig config) {
        final FencegateClient client = new FencegateClient(Objects.requireNonNull(config, "config"));
        try {
            client.link.await(new CallTimer(() -> 0), config.connectTimeoutNs());
        } catch (final RuntimeException ex) {
            client.close();
            throw ex;
        }
        return client;
    }

    private void onRenewed(final Grant renewed) {
        if (gateway != null) {
            gateway.onRenewed(renewed);
        }
    }

    /** This client as a holder of leases. @return 64 bits */
    public long clientId() {
        return config.clientId();
    }

    /**
     * Acquires the lease of a resource. If this client holds it already, it gets its own grant back, renewed.
     *
     * @param resource its name: UTF-8 of 1 to 128 bytes without control characters
     * @param ttl how long the lease shall run, 50 ms to 24 h
     * @param wait how long to stand in the queue if somebody else holds it; zero: not at all
     * @return the lease
     * @throws io.fencegate.client.error.DeniedException if somebody else holds it, and wait is zero
     * @throws io.fencegate.client.error.WaitTimedOutException if it did not come free in time
     * @throws io.fencegate.client.error.LeaseLostException if it came free, and ended again before this client knew
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public Lease acquire(final String resource, final Duration ttl, final Duration wait) {
        return leases().acquire(resource, ttl.toMillis(), wait.toMillis());
    }

    /**
     * Prolongs a lease.
     *
     * @param grant of the lease; its holder may be another process than this one
     * @param ttl how long the lease shall run from now, 50 ms to 24 h
     * @return the lease, with the grant as it shall be used from now on
     * @throws io.fencegate.client.error.LeaseLostException if the lease has ended
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public Lease renew(final Grant grant, final Duration ttl) {
        return leases().renew(grant, ttl.toMillis());
    }

    /**
     * Ends a lease.
     *
     * @param grant of the lease; its holder may be another process than this one
     * @throws io.fencegate.client.error.LeaseLostException if the lease has ended before
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public void release(final Grant grant) {
        leases().release(grant);
    }

    /**
     * Acquires a lease without waiting for the answer. What becomes of it is found out by whatever polls this client.
     *
     * @param resource its name: UTF-8 of 1 to 128 bytes without control characters
     * @param ttl how long the lease shall run, 50 ms to 24 h
     * @param wait how long to stand in the queue if somebody else holds it; zero: not at all
     * @return the acquire under way
     * @throws IllegalStateException if as many are under way as may
     */
    public PendingLease offerAcquire(final String resource, final Duration ttl, final Duration wait) {
        return leases().offerAcquire(resource, ttl.toMillis(), wait.toMillis());
    }

    /**
     * Ends a lease without waiting for the answer.
     *
     * @param grant of the lease; its holder may be another process than this one
     * @return the release under way; IllegalStateException if as many commands are under way as may
     */
    public PendingRelease offerRelease(final Grant grant) {
        return leases().offerRelease(grant);
    }

    /**
     * Keeps a lease: renews it, as this client is polled, at a third of its TTL until the keeper is closed or the lease
     * is lost. It is never acquired again.
     *
     * @param lease that is held
     * @param listener that is told how it goes
     * @return the keeper; IllegalStateException if as many leases are kept as may
     */
    public LeaseKeeper keep(final Lease lease, final LeaseListener listener) {
        return leases().keep(lease, listener);
    }

    /**
     * Watches what happens to leases.
     *
     * @param prefix only names that begin so; empty: all
     * @param listener that is told
     * @return the watch; IllegalStateException if as many are under way as may
     */
    public LeaseWatch watch(final String prefix, final WatchListener listener) {
        return leases().watch(prefix, listener);
    }

    /**
     * Describes who holds a resource.
     *
     * @param resource its name
     * @return the holder, or that there is none
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses
     * @throws io.fencegate.client.error.LoginRefusedException if the sequencer does not let this client in, as any call
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public LeaseState describe(final String resource) {
        return leases().describe(resource);
    }

    /**
     * Ends the lease of a resource, whoever holds it: an operator's call. The fresh grant that it returns serves to open
     * the resource at its gateway, so that the old holder is fenced at once. It ends as {@link #describe} does; with
     * LEASE_LOST if nobody holds it.
     *
     * @param resource its name
     * @return the fresh grant, and whose lease it ended
     * @throws io.fencegate.client.error.LeaseLostException if the lease ended by itself meanwhile
     */
    public Revocation revoke(final String resource) {
        return leases().revoke(resource);
    }

    /** Heals leases that gateways refuse because the sequencer was built anew. @return what does it */
    public Healer healer() {
        return leases().healer();
    }

    /**
     * Lists the live leases; it ends as {@link #describe} does.
     *
     * @param prefix only names that begin so; empty: all
     * @return in the order of their names
     */
    public List<HeldLease> leases(final String prefix) {
        return leases().leases(prefix);
    }

    /** Why the sequencer does not let this client in, while watches and keepers try on. @return null if it did, or may */
    public LoginRefusedException loginRefusal() {
        return leases().refusal();
    }

    /** Who may do what at the sequencer. @return the calls of operators */
    public AccessCalls access() {
        return leases().access();
    }

    /** Calls about the keys of the seals. @return the calls */
    public KeyCalls keys() {
        return leases().keys();
    }

    /**
     * Raises the fence of a grant's resource to its token: from here on no older grant's holder can write, and this
     * writer can.
     *
     * @param grant to write under, of this client or of an earlier process of the same holder
     * @return a writer, whose {@link FencedWriter#opened()} tells what was found
     * @throws io.fencegate.client.error.StaleTokenException if a newer grant has been opened
     * @throws io.fencegate.client.error.RefusedException if the gateway refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the gateway did not answer in time
     */
    public FencedWriter open(final Grant grant) {
        thread.enterAlone();
        try {
            return new FencedWriter(WriterLink.open(gateway(), grant));
        } finally {
            thread.exit(true);
        }
    }

    /**
     * Opens as {@link #open} does. Where another grant fences this one, and the sequencer still calls this client the
     * holder, it heals the lease and opens it, a bounded number of times: {@link FencedWriter#grant()} is the lease's
     * grant from then on, and the old one is over. Otherwise the lease is not acquired again.
     *
     * @param grant to write under; a keeper of its lease is closed by the caller before @return a writer
     * @throws io.fencegate.client.error.FencedException if it was not healed; its suppressed exceptions tell why
     */
    public FencedWriter openOrHeal(final Grant grant) {
        return HealingOpen.open(this, grant);
    }

    /**
     * Begins to open a grant's resource, and does not wait: the writer is OPENING, {@link FencedWriter#poll} or
     * {@link #poll()} drive it, and its listener hears when it is open or what stops it.
     *
     * @param grant to write under, of this client or of an earlier process of the same holder
     * @return a writer that takes offers once it is OPEN
     */
    public FencedWriter openAsync(final Grant grant) {
        final boolean isOutermost = thread.enter();
        try {
            return new FencedWriter(new WriterLink(gateway(), grant));
        } finally {
            thread.exit(isOutermost);
        }
    }

    /**
     * Reads the last accepted record of a resource; linearizable with writes.
     *
     * @param resource its name
     * @return the record
     * @throws io.fencegate.client.error.RefusedException with NO_RECORD or TRIMMED if there is none, or if the gateway
     *     refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the gateway did not answer in time
     */
    public LastRecord read(final String resource) {
        thread.enterAlone();
        try {
            gateway();
            return gatewayCalls.read(resource);
        } finally {
            thread.exit(true);
        }
    }

    /**
     * Lets everything go on that is under way: takes in answers, renews kept leases, tells listeners, connects anew what
     * was lost, keeps sessions alive. It does not block.
     *
     * @return work done
     */
    public int poll() {
        thread.enterAlone();
        try {
            return isClosed ? 0 : link.poll() + pollLeases() + pollGateway();
        } finally {
            thread.exit(true);
        }
    }

    private int pollLeases() {
        return leases == null ? 0 : leases.poll();
    }

    private int pollGateway() {
        return gateway == null ? 0 : gateway.poll();
    }

    /**
     * This client as an agent, to be driven by an {@code AgentInvoker}, an {@code AgentRunner}, or as a part of another
     * agent: its duty cycle is {@link #poll()}, its end closes the client.
     *
     * @return the agent
     */
    public Agent agent() {
        return new ClientAgent(this);
    }

    private LeaseCalls leases() {
        if (isClosed || leases == null) {
            throw new IllegalStateException("no sequencer: closed=" + isClosed + " ingressEndpoints=none");
        }
        return leases;
    }

    private GatewayLink gateway() {
        if (isClosed || gateway == null) {
            throw new IllegalStateException("no gateway: closed=" + isClosed + " gatewayChannel=none");
        }
        return gateway;
    }

    /** Ends the sessions in good order. Leases run on until they are released or their time ends. */
    @Override
    public void close() {
        thread.enterAlone();
        try {
            isClosed = true;
            CloseHelper.quietCloseAll(gateway, leases, link);
        } finally {
            thread.exit(true);
        }
    }
}
