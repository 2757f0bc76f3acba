package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputClosedException;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.Receipt;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Ticket;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code write NAME}: writes records under a ticket. */
@Command(
        name = "write",
        description = "Open a resource with a ticket and write to it: one record per line of standard input, or one"
                + " per --file. A repeated call with the same ticket goes on behind its last accepted record. If the"
                + " sequencer was built anew and has forgotten its tokens, a lease that is still the ticket's is healed,"
                + " and a new ticket is told.",
        footer = {
            "",
            "Example:",
            "  $ printf 'one\\ntwo\\n' | fencegate write orders --ticket \"$T\"",
            "  ACCEPTED resource=orders token=1 (0/1) sequence=1 generation=1 position=3",
            "  ACCEPTED resource=orders token=1 (0/1) sequence=2 generation=1 position=4",
            "",
            "Exit codes: 0 all written; 1 refused, as STALE_TOKEN (another grant was opened since) or "
                    + "BAD_SEAL; 2 wrong usage, or no whole ticket; 3 the gateway was not reached, or a write is "
                    + "in doubt; 4 the gateway has forgotten writes."
        })
public final class WriteCommand extends CallCommand {
    private static final System.Logger LOGGER = System.getLogger(WriteCommand.class.getName());

    @Parameters(paramLabel = "NAME", description = "Name of the resource: that of the ticket.")
    private String name;

    @Option(
            names = "--ticket",
            paramLabel = "TICKET",
            description = "The line that acquire printed." + " Default: $FENCEGATE_TICKET.")
    private String ticket;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Write the bytes of this file as one record;" + " may be repeated.")
    private List<Path> files = List.of();

    private Grant grant;
    private int payloadLengthMax;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public WriteCommand(final Terminal terminal) {
        super(terminal, Side.GATEWAY);
    }

    @Override
    protected void prepare() {
        requireName(name);
        grant = ticketOrEnvironment(ticket);
        if (!grant.resource().equals(name)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the ticket is for another resource: ticket=" + grant.resource() + " resource=" + name);
        }
        for (final Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new CommandException(ExitCode.USAGE, "there is no such file to read: --file " + file);
            }
        }
    }

    @Override
    protected Optional<Long> clientId() {
        return Optional.of(grant.clientId());
    }

    @Override
    protected int ask(final FencegateClient client) {
        try (FencedWriter writer = hasSequencer() ? client.openOrHeal(grant) : client.open(grant)) {
            tellIfHealed(writer.grant());
            payloadLengthMax = writer.payloadLengthMax();
            progress().close();
            int count = 0;
            if (files.isEmpty()) {
                count = writeLines(writer);
            } else {
                for (final Path file : files) {
                    write(writer, bytesOf(file));
                    count++;
                }
            }
            if (count == 0) {
                terminal()
                        .say("opened resource=" + name + " token=" + Shapes.token(grant.token())
                                + ", and wrote nothing: the input was empty");
            }
            return ExitCode.DONE.code();
        } catch (final IOException unreadable) {
            throw new CommandException(ExitCode.USAGE, "cannot read the input: reason=" + unreadable.getMessage());
        }
    }

    /** The ticket that the command was called with is over. */
    private void tellIfHealed(final Grant opened) {
        if (opened.token() == grant.token()) {
            return;
        }
        grant = opened;
        final String ticket = Ticket.format(opened);
        print(
                Shapes.putToken(new JsonObject().put("healed", true).put("resource", name), opened.token())
                        .put("ticket", ticket),
                null);
        terminal()
                .say("the sequencer was built anew and had forgotten its tokens; the lease was released and acquired"
                        + " again, and goes on under another ticket: " + ticket);
    }

    private int writeLines(final FencedWriter writer) throws IOException {
        final InputStream in = new BufferedInputStream(terminal().in());
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        int count = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                write(writer, line.toByteArray());
                line.reset();
                count++;
            } else {
                line.write(b);
                requireLength(line.size(), "line=" + (count + 1));
            }
        }
        if (line.size() > 0) {
            write(writer, line.toByteArray());
            count++;
        }
        return count;
    }

    private byte[] bytesOf(final Path file) throws IOException {
        requireLength(Files.size(file), "file=" + file);
        return Files.readAllBytes(file);
    }

    private void requireLength(final long length, final String what) {
        if (length > payloadLengthMax) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "TOO_LARGE: a record is longer than the gateway takes: resource=" + name + " " + what
                            + " payloadLengthMax=" + payloadLengthMax
                            + "; what was printed before this line is written, split the rest",
                    Shapes.putToken(new JsonObject().put("verdict", "TOO_LARGE").put("resource", name), grant.token())
                            .put("payloadLengthMax", payloadLengthMax));
        }
    }

    private void write(final FencedWriter writer, final byte[] payload) {
        final Receipt receipt = writer.write(payload);
        try {
            print(receipt);
        } catch (final OutputClosedException unread) {
            // Nobody reads the receipts any more; what was asked for is to write.
            LOGGER.log(System.Logger.Level.DEBUG, "not printed: sequence={0}", receipt.sequence());
        }
    }

    private void print(final Receipt receipt) {
        print(
                Shapes.putToken(
                                new JsonObject()
                                        .put("verdict", receipt.verdict().name())
                                        .put("resource", name),
                                grant.token())
                        .put("sequence", receipt.sequence())
                        .put("generation", receipt.generation())
                        .put("position", receipt.position()),
                receipt.verdict() + " resource=" + name + " token=" + Shapes.token(grant.token()) + " sequence="
                        + receipt.sequence() + " generation=" + receipt.generation() + " position="
                        + receipt.position());
    }
}
