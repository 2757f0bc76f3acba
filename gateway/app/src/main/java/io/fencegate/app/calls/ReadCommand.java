package io.fencegate.app.calls;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.LastRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code read NAME}: prints the last accepted record. */
@Command(
        name = "read",
        description = "Print the payload of the last accepted record of a resource.",
        footer = {
            "",
            "Example:",
            "  $ fencegate read orders",
            "  two",
            "",
            "Exit codes: 0 printed; 1 NO_RECORD, as nothing was ever written, or TRIMMED; 2 wrong usage; "
                    + "3 the gateway was not reached."
        })
public final class ReadCommand extends CallCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the resource.")
    private String name;

    @Option(names = "--raw", description = "Print the payload's bytes and nothing behind them.")
    private boolean raw;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public ReadCommand(final Terminal terminal) {
        super(terminal, Side.GATEWAY);
    }

    @Override
    protected void prepare() {
        requireName(name);
    }

    @Override
    protected int ask(final FencegateClient client) {
        final LastRecord last = client.read(name);
        if (json()) {
            terminal().print(json(last).toString());
            return ExitCode.DONE.code();
        }
        terminal().out().write(last.payload(), 0, last.payload().length);
        if (!raw) {
            terminal().out().write('\n');
        }
        terminal().flush();
        return ExitCode.DONE.code();
    }

    private static JsonObject json(final LastRecord last) {
        final JsonObject json = Shapes.putToken(
                        new JsonObject().put("verdict", "FOUND").put("resource", last.resource()), last.token())
                .put("sequence", last.sequence())
                .put("generation", last.generation())
                .put("position", last.position())
                .put("length", last.payload().length);
        try {
            return json.put(
                    "payload",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(last.payload()))
                            .toString());
        } catch (final CharacterCodingException noText) {
            return json.put("payloadBase64", Base64.getEncoder().encodeToString(last.payload()));
        }
    }
}
