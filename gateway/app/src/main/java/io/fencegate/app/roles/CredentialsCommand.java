package io.fencegate.app.roles;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.Admissions;
import io.fencegate.app.launch.OwnerFile;
import io.fencegate.client.login.Login;
import io.fencegate.core.access.Principal;
import io.fencegate.core.login.LoginVerifier;
import io.fencegate.sequencer.login.CredentialBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code credentials FILE [add|remove NAME]}: who may log in at the sequencer. */
@Command(
        name = "credentials",
        description = "List who may log in at the sequencer, add somebody with a new secret, or remove somebody."
                + " The file is the same on every node (sequencer.credentials.file), and read when a node starts. It"
                + " holds what verifies the secrets, not the secrets.",
        footer = {
            "",
            "Examples:",
            "  $ fencegate credentials nodes.credentials add alice --client alice.login",
            "  added=alice file=nodes.credentials client=alice.login",
            "  $ fencegate acquire orders --credentials alice.login",
            "",
            "Exit codes: 0 done; 2 wrong usage, or a file cannot be read or written, or others may use it."
        })
public final class CredentialsCommand implements Callable<Integer> {
    /** How slow the first step of a login is, at the client: slow where somebody may have thought the secret up. */
    private static final int ITERATIONS_OF_GIVEN = 65_536;

    /** A secret that was drawn by lot can not be guessed, however fast one guesses. */
    private static final int ITERATIONS_OF_MADE = LoginVerifier.ITERATIONS_MIN;

    private static final int SECRET_BYTES = 24;

    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", paramLabel = "FILE", description = "The nodes' file of credentials.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ACTION", description = "add or remove; none: list.")
    private String action;

    @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", description = "Name of the principal.")
    private String name;

    @Option(names = "--client", paramLabel = "FILE", description = "New file for the client: its name and secret.")
    private Path client;

    @Option(names = "--stdin", description = "Read the secret from standard input, instead of making one.")
    private boolean stdin;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public CredentialsCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (action == null) {
            list();
        } else if (!Principal.isName(name)) {
            throw new CommandException(ExitCode.USAGE, Principal.RULE);
        } else if (action.equals("add")) {
            add(new Principal(name));
        } else if (action.equals("remove")) {
            remove(new Principal(name));
        } else {
            throw new CommandException(ExitCode.USAGE, "no such action: " + action + "; choose add or remove");
        }
        return ExitCode.DONE.code();
    }

    private void list() {
        for (final String known : Admissions.read(file).names()) {
            terminal.print(output.json() ? new JsonObject().put("name", known).toString() : known);
        }
    }

    private void add(final Principal principal) {
        final CredentialBook book = Files.exists(file) ? Admissions.read(file) : CredentialBook.NONE;
        if (book.names().size() >= CredentialBook.PRINCIPALS_MAX && !book.knows(principal)) {
            throw new CommandException(
                    ExitCode.USAGE, "the file holds as many as it may: max=" + CredentialBook.PRINCIPALS_MAX);
        }
        final SecureRandom random = new SecureRandom();
        final String secret = stdin ? read() : HexFormat.of().formatHex(drawn(random, SECRET_BYTES));
        checked(principal, secret);
        if (client != null) {
            OwnerFile.create(client, principal.name() + ":" + secret + "\n");
        }
        OwnerFile.replace(
                file,
                book.with(
                                principal,
                                LoginVerifier.of(
                                        secret.getBytes(StandardCharsets.UTF_8),
                                        drawn(random, LoginVerifier.SALT_LENGTH),
                                        stdin ? ITERATIONS_OF_GIVEN : ITERATIONS_OF_MADE))
                        .format());
        final JsonObject json = new JsonObject().put("added", principal.name()).put("file", file.toString());
        String text = "added=" + principal.name() + " file=" + file;
        if (client != null) {
            json.put("client", client.toString());
            text += " client=" + client;
        } else if (!stdin) {
            json.put("secret", secret);
            text += " secret=" + secret;
        }
        terminal.print(output.json() ? json.toString() : text);
    }

    private void remove(final Principal principal) {
        final CredentialBook book = Admissions.read(file);
        if (!book.knows(principal)) {
            throw new CommandException(ExitCode.USAGE, "nobody has that name: name=" + principal.name());
        }
        final CredentialBook rest = book.without(principal);
        if (rest.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "nobody would be left, and the nodes would not start: name=" + principal.name()
                            + "; to let everybody in, leave sequencer.credentials.file out");
        }
        OwnerFile.replace(file, rest.format());
        terminal.print(
                output.json()
                        ? new JsonObject()
                                .put("removed", principal.name())
                                .put("file", file.toString())
                                .toString()
                        : "removed=" + principal.name() + " file=" + file);
    }

    private String read() {
        try {
            final byte[] bytes = terminal.in().readNBytes(Login.SECRET_LENGTH_MAX + 2);
            return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R$", "");
        } catch (final IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot read the secret from standard input: reason=" + unreadable.getMessage());
        }
    }

    private static void checked(final Principal principal, final String secret) {
        if (secret.chars().anyMatch(Character::isISOControl)) {
            throw new CommandException(ExitCode.USAGE, "a secret is one line without control characters");
        }
        try {
            Login.of(principal.name(), secret);
        } catch (final IllegalArgumentException noSecret) {
            throw new CommandException(ExitCode.USAGE, noSecret.getMessage());
        }
    }

    private static byte[] drawn(final SecureRandom random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
