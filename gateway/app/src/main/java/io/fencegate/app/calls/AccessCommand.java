package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.AccessRules;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Right;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sequencer access [allow|forbid PRINCIPAL PREFIX RIGHTS…]}: who may do what. */
@Command(
        name = "access",
        description = "List who may do what at the sequencer, or give or take rights: acquire, revoke, watch, operate."
                + " A rule is for one principal, or * for everybody, and for the resources whose names begin so. What"
                + " no rule gives is not there; as long as there is no rule, everybody may do everything.",
        footer = {
            "",
            "Examples:",
            "  $ fencegate sequencer access --credentials root.login",
            "  $ fencegate sequencer access allow alice orders/ acquire watch",
            "  $ fencegate sequencer access forbid '*' '' acquire",
            "",
            "Exit codes: 0 done; 1 refused, as when the caller is no operator, or somebody changed the rules"
                    + " meanwhile; 2 wrong usage; 3 the sequencer was not reached."
        })
public final class AccessCommand extends CallCommand {
    private static final String ROW = "%-24s  %-32s  %s";
    private static final int WORDS_BEFORE_RIGHTS = 3;

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "allow or forbid, PRINCIPAL, PREFIX (empty: all names), RIGHTS.")
    private String[] words = {};

    private boolean isAllowed;
    private AccessRule rule;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public AccessCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        if (words.length == 0) {
            return;
        }
        isAllowed = words[0].equals("allow");
        if (!isAllowed && !words[0].equals("forbid") || words.length <= WORDS_BEFORE_RIGHTS) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "say allow or forbid, a principal, a prefix and rights, as: allow alice orders/ acquire watch");
        }
        int rights = 0;
        for (final String word : Arrays.asList(words).subList(WORDS_BEFORE_RIGHTS, words.length)) {
            for (final String label : word.split(",")) {
                rights |= right(label).bit();
            }
        }
        rule = new AccessRule(words[1], words[2], rights);
        if (!rule.isSound()) {
            throw new CommandException(ExitCode.USAGE, AccessRule.RULE);
        }
    }

    @Override
    protected int ask(final FencegateClient client) {
        final AccessRules rules = client.access().rules();
        if (rule == null) {
            list(rules);
            return ExitCode.DONE.code();
        }
        final long revision = isAllowed
                ? client.access().allow(rule, rules.revision())
                : client.access().forbid(rule, rules.revision());
        print(
                json(rule).put("allowed", isAllowed).put("revision", revision),
                (isAllowed ? "ALLOWED" : "FORBIDDEN") + " principal=" + rule.principal() + " prefix=" + rule.prefix()
                        + " rights=" + labels(rule.rights()) + " revision=" + revision);
        return ExitCode.DONE.code();
    }

    private void list(final AccessRules rules) {
        if (!json()) {
            terminal().print(String.format(ROW, "PRINCIPAL", "PREFIX", "RIGHTS"));
        }
        for (final AccessRule known : rules.rules()) {
            print(json(known), String.format(ROW, known.principal(), known.prefix(), labels(known.rights())));
        }
        if (rules.rules().isEmpty()) {
            terminal().say("there are no rules: everybody may do everything");
        }
    }

    private static JsonObject json(final AccessRule known) {
        final List<String> labels =
                Right.of(known.rights()).stream().map(Right::label).toList();
        return new JsonObject()
                .put("principal", known.principal())
                .put("prefix", known.prefix())
                .put("rights", labels);
    }

    private static String labels(final int rights) {
        return Right.of(rights).stream().map(Right::label).collect(Collectors.joining(","));
    }

    private static Right right(final String label) {
        for (final Right right : Right.values()) {
            if (right.label().equals(label.toLowerCase(Locale.ROOT))) {
                return right;
            }
        }
        throw new CommandException(
                ExitCode.USAGE, "no such right: " + label + "; choose of acquire, revoke, watch, operate");
    }
}
