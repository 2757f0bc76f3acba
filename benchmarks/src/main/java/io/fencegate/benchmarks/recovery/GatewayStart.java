package io.fencegate.benchmarks.recovery;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.core.grant.Grant;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import java.util.concurrent.Callable;

/**
 * Starts a gateway over a journal, connects a client, opens the last resource with the grant that wrote to it, and stops
 * everything again. The open must tell the last sequence that was written, and recovery every write. The rig's thread.
 */
final class GatewayStart implements Callable<Double> {
    private static final long LEASE_MS = 60_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String aeronDirectory;
    private final FilledJournal journal;
    private volatile String failure;

    GatewayStart(final String aeronDirectory, final FilledJournal journal) {
        this.aeronDirectory = aeronDirectory;
        this.journal = journal;
    }

    /** One start. @return milliseconds until the open was answered */
    @Override
    public Double call() {
        final GatewayConfig config = GatewayConfig.of(aeronDirectory, FilledJournal.configOf(journal.directory()));
        final ClientConfig client =
                ClientConfig.of(aeronDirectory).withGateway("aeron:ipc").withClientId(FilledJournal.CLIENT_ID);
        final String resource = FilledJournal.nameOf(journal.resources() - 1);
        final Grant grant = new Grant(resource, FilledJournal.TOKEN, FilledJournal.CLIENT_ID, LEASE_MS, 0);
        final long startNs = System.nanoTime();
        try (Gateway gateway = Gateway.launch(config, this::onFailure);
                FencegateClient caller = FencegateClient.connect(client);
                FencedWriter writer = caller.open(grant)) {
            final long elapsedNs = System.nanoTime() - startNs;
            check(gateway, writer.opened());
            return elapsedNs / NANOS_PER_MILLI;
        }
    }

    /** Called by the thread of an agent that died. */
    private void onFailure(final String agent, final Throwable cause) {
        failure = "agent=" + agent + " cause=" + cause;
    }

    private void check(final Gateway gateway, final Opened opened) {
        if (failure != null) {
            throw new WrongAnswerException("gateway died: " + failure);
        }
        if (opened.sequenceLast() != journal.writesPerResource()
                || opened.lastToken() != FilledJournal.TOKEN
                || gateway.report().records() != journal.writes()) {
            throw new WrongAnswerException("restart sequenceLast=" + opened.sequenceLast() + " written="
                    + journal.writesPerResource() + " lastToken=" + opened.lastToken() + " recovered="
                    + gateway.report().records() + " of " + journal.writes());
        }
    }
}
