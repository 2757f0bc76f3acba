package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.client.session.keys.LiveKeys;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.grant.Sealer;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sequencer keys [add|retire FINGERPRINT]}: which keys of the seals are live. */
@Command(
        name = "keys",
        description =
                "Tell which keys of the seals are live at the sequencer, the newest first; make one of the key file"
                        + " live (add), or no longer (retire). A change is shown to be an operator's by the newest live"
                        + " key, which the key file of this machine must have.",
        footer = {
            "",
            "Example, a new key in place of the old one, once every node has the file:",
            "  $ fencegate keygen --append seal.key",
            "  $ fencegate sequencer keys add 3b8f0c3a5d1e9f27",
            "  $ fencegate sequencer keys retire 9f1d2c4b5a697887",
            "",
            "Exit codes: 0 told or done; 1 refused; 2 wrong usage, or a key that the file does not have; 3 the"
                    + " sequencer was not reached."
        })
public final class KeysCommand extends CallCommand {
    @Parameters(index = "0", paramLabel = "ACTION", arity = "0..1", description = "add or retire; neither: only tell.")
    private Action action;

    @Parameters(
            index = "1",
            paramLabel = "FINGERPRINT",
            arity = "0..1",
            description = "Of the key, as keygen tells it.")
    private String key;

    private long fingerprint;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public KeysCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        if (action == null) {
            return;
        }
        if (key == null) {
            throw new CommandException(
                    ExitCode.USAGE, "which key? give its fingerprint; see: fencegate sequencer keys --help");
        }
        fingerprint = Shapes.parseFingerprint(key);
    }

    @Override
    protected int ask(final FencegateClient client) {
        try {
            final LiveKeys live = client.keys().live();
            tell(action == null ? live : client.keys().change(change(live)));
            return ExitCode.DONE.code();
        } catch (final LeaseRefusedException refused) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    sentence(refused.verdict()) + ": fingerprint=" + Shapes.fingerprint(fingerprint),
                    new JsonObject()
                            .put("verdict", refused.verdict().name())
                            .put("fingerprint", Shapes.fingerprint(fingerprint)));
        }
    }

    private KeyChange change(final LiveKeys live) {
        if (live.fingerprints().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the sequencer runs without a key; give each node the same key file (seal.key.file), and start"
                            + " them again: the first key is the newest of the leader's file");
        }
        final List<SealKey> own = keyFile().all();
        final SealKey newest = find(own, live.fingerprints().get(0));
        if (action == Action.ADD) {
            // A node that lacks it would stop.
            find(own, fingerprint);
        }
        final long mac = Sealer.of(newest).change(action, fingerprint, live.revision());
        return new KeyChange(action, fingerprint, live.revision(), mac);
    }

    private static SealKey find(final List<SealKey> keys, final long wanted) {
        return keys.stream()
                .filter(candidate -> candidate.fingerprint() == wanted)
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "the key file of this machine does not have that key: fingerprint=" + Shapes.fingerprint(wanted)
                                + "; copy it from a node (seal.key.file)"));
    }

    private void tell(final LiveKeys live) {
        final List<String> fingerprints =
                live.fingerprints().stream().map(Shapes::fingerprint).toList();
        print(
                new JsonObject()
                        .put("revision", live.revision())
                        .put("keys", fingerprints)
                        .put("retirementPosition", live.retirementPosition()),
                "revision=" + live.revision() + " keys="
                        + (fingerprints.isEmpty() ? "none" : String.join(",", fingerprints)) + " retirementPosition="
                        + live.retirementPosition());
    }

    private static String sentence(final LeaseVerdict verdict) {
        final String meaning = switch (verdict) {
            case BAD_KEY_SEAL -> "the change was not made with the newest live key";
            case KEYS_CHANGED -> "somebody else changed the keys meanwhile; look at them, and repeat";
            case KEY_LIVE -> "this key is live already";
            case KEY_NOT_LIVE -> "this key is not live";
            case TOO_MANY_KEYS -> "two keys are live; retire one of them first";
            case LAST_KEY -> "this is the only live key; add another one first";
            default -> "the sequencer refused";
        };
        return verdict + ": " + meaning;
    }
}
