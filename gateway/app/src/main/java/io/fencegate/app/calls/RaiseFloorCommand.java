package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Floor;
import io.fencegate.core.grant.Token;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code raise-floor TOKEN}: lets the sequencer issue tokens above one only from now on. */
@Command(
        name = "raise-floor",
        description =
                "Tell a sequencer that was built anew which token its gateways have seen: every token from now on is"
                        + " above it. With a key this is not needed, because the gateways' refusals prove it; without one only"
                        + " an operator can tell.",
        footer = {
            "",
            "Example:",
            "  $ fencegate raise-floor 7696581394437",
            "  FLOOR_RAISED above token=7696581394437 (7/5) termOffset=65536",
            "",
            "Exit codes: 0 every token from now on is above it, whether the floor was raised or stood there already"
                    + " (FLOOR_KEPT); 1 refused, as when no higher token is left; 2 wrong usage; 3 the sequencer was"
                    + " not reached."
        })
public final class RaiseFloorCommand extends CallCommand {
    private static final Pattern TERM_AND_SERIAL = Pattern.compile("(\\d{1,7})/(\\d{1,13})");

    @Parameters(
            paramLabel = "TOKEN",
            description = "The highest token that a gateway has seen, as a refusal or audit tells it: 7696581394437 or"
                    + " 7/5.")
    private String given;

    private long token;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public RaiseFloorCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        token = tokenOf(given);
    }

    @Override
    protected int ask(final FencegateClient client) {
        final Floor floor = client.healer().raiseFloor(token);
        final String verdict = floor.isRaised() ? "FLOOR_RAISED" : "FLOOR_KEPT";
        print(
                Shapes.putToken(new JsonObject().put("verdict", verdict), token).put("termOffset", floor.termOffset()),
                verdict + " above token=" + Shapes.token(token) + " termOffset=" + floor.termOffset());
        return ExitCode.DONE.code();
    }

    private static long tokenOf(final String text) {
        try {
            final Matcher parts = TERM_AND_SERIAL.matcher(text);
            final long token = parts.matches()
                    ? Token.of(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))
                    : Long.parseLong(text);
            if (Token.isValid(token)) {
                return token;
            }
        } catch (final IllegalArgumentException none) {
            throw noToken(text, none);
        }
        throw noToken(text, null);
    }

    private static CommandException noToken(final String text, final IllegalArgumentException cause) {
        final CommandException refusal = new CommandException(
                ExitCode.USAGE, "no such token: " + text + "; give it as a number, or as term/serial, like 7/5");
        refusal.initCause(cause);
        return refusal;
    }
}
