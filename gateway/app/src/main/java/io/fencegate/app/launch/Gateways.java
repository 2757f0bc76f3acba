package io.fencegate.app.launch;

import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.core.grant.SealKey;
import io.fencegate.journal.JournalConfig;
import io.fencegate.journal.JournalInUseException;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.JournalForeignException;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.recovery.RecoveryReport;
import io.fencegate.storage.recovery.SealKeyMissingException;
import io.fencegate.storage.session.SessionLimits;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The gateway of a system.
 *
 * <p>The main thread.
 */
public final class Gateways {
    /** Channel of a gateway for the clients of its machine. */
    public static final String CHANNEL = Endpoints.IPC_REQUESTS;

    private Gateways() {}

    /**
     * Starts a gateway; it serves when this returns.
     *
     * @param configuration of journal, fences, threads and endpoints
     * @param directory of the system
     * @param aeronDirectory of the media driver, which runs
     * @param keys where the gateway finds the keys of the seals
     * @param terminal that hears of other keys
     * @param assembly that closes the gateway
     * @return the gateway
     * @throws CommandException USAGE if its journal is in use or none, VIOLATION if it is damaged, LOST without a driver
     */
    public static Gateway launch(
            final Configuration configuration,
            final Path directory,
            final String aeronDirectory,
            final Optional<SealKeyFile> keys,
            final Terminal terminal,
            final Assembly assembly) {
        final SealKey.Source source = keys.<SealKey.Source>map(file -> new ToldKeys(file::live, terminal))
                .orElseGet(SealKey.Source::of);
        final GatewayConfig config = config(configuration, directory, aeronDirectory, source);
        try {
            return assembly.add(Gateway.launch(config, (agent, cause) -> onFailure(agent, aeronDirectory, cause)));
        } catch (final JournalInUseException | JournalForeignException | SealKeyMissingException unusable) {
            throw new CommandException(ExitCode.USAGE, unusable.getMessage());
        } catch (final UncheckedIOException unusable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot use the directory of the journal: dir="
                            + config.journal().directory() + " reason=" + Failures.describe(unusable)
                            + "; make it a directory that this user may write, or set journal.directory");
        } catch (final JournalCorruptException damaged) {
            throw new CommandException(
                    ExitCode.VIOLATION,
                    damaged.getMessage() + "; nothing was changed, see: fencegate audit --verify "
                            + config.journal().directory());
        } catch (final RegistrationException refused) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the media driver refuses an endpoint of this gateway: " + config.endpoints() + " reason="
                            + Failures.describe(refused)
                            + "; is another program on that port? choose others with gateway.udp.requests and"
                            + " gateway.udp.answers");
        } catch (final AeronException lost) {
            throw new CommandException(
                    ExitCode.LOST,
                    "no media driver: aeronDirectory=" + aeronDirectory + " reason=" + lost.getMessage()
                            + "; start one with: fencegate driver");
        }
    }

    /**
     * Says what was recovered, and whom the gateway trusts.
     *
     * @param gateway that serves
     * @param hasKey whether it has a key
     * @param terminal that hears about it
     */
    public static void announce(final Gateway gateway, final boolean hasKey, final Terminal terminal) {
        final RecoveryReport report = gateway.report();
        terminal.say("gateway serves: journalId=" + String.format("%016x", report.journalId()) + " generation="
                + report.generation() + " resources=" + report.resources() + " records=" + report.records());
        if (!hasKey) {
            terminal.say("the gateway has no key: it trusts its clients, and whoever makes up a token can fence others;"
                    + " set seal.key.file");
        }
    }

    private static GatewayConfig config(
            final Configuration configuration,
            final Path directory,
            final String aeronDirectory,
            final SealKey.Source keys) {
        final Path journal =
                configuration.get(Settings.JOURNAL_DIRECTORY).orElseGet(() -> StateDirectory.journal(directory));
        final Optional<String> udpRequests = configuration.get(Settings.GATEWAY_UDP_REQUESTS);
        final Optional<String> udpAnswers = configuration.get(Settings.GATEWAY_UDP_ANSWERS);
        return new GatewayConfig(
                aeronDirectory,
                new Endpoints(true, udpRequests.orElse(null), udpAnswers.orElse(null)),
                new JournalConfig(
                        journal,
                        configuration.get(Settings.JOURNAL_BLOCK_LENGTH),
                        configuration.get(Settings.JOURNAL_FREE_FLOOR),
                        JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT),
                configuration.get(Settings.JOURNAL_DURABILITY),
                new FenceLimits(
                        configuration.get(Settings.FENCES_CAPACITY),
                        configuration.get(Settings.FENCES_NAMES_LENGTH),
                        configuration.get(Settings.PAYLOAD_LENGTH_MAX)),
                SessionLimits.DEFAULT,
                ThreadLayout.of(configuration),
                keys);
    }

    /** Agent that talks to the driver: what Aeron throws there means that the driver is lost. */
    private static void onFailure(final String agent, final String aeronDirectory, final Throwable cause) {
        if (cause instanceof AeronException) {
            FailStop.stop(
                    ExitCode.LOST,
                    "the media driver is gone, or this gateway stood still for longer than it waits: agent=" + agent
                            + " aeronDirectory=" + aeronDirectory
                            + "; run fencegate driver, and start the gateway again: it goes on where its journal ends;",
                    cause);
        }
        FailStop.stop(ExitCode.IMPOSSIBLE, "agent=" + agent, cause);
    }
}
