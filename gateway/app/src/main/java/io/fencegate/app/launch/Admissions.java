package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.core.access.Principal;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.login.CredentialBook;
import java.nio.file.Path;

/**
 * Whom the sequencer lets in, as the configuration says.
 *
 * <p>Any thread.
 */
public final class Admissions {
    private Admissions() {}

    /**
     * Reads whom to let in.
     *
     * @param configuration that may name a file of credentials, and an operator
     * @return the admission
     * @throws CommandException USAGE if the file is missing or holds none, others may use it, or the operator is not in it
     */
    public static Admission configured(final Configuration configuration) {
        final CredentialBook book = configuration
                .get(Settings.SEQUENCER_CREDENTIALS_FILE)
                .map(Admissions::read)
                .orElse(CredentialBook.NONE);
        final Principal operator = configuration
                .get(Settings.SEQUENCER_OPERATOR)
                .map(Principal::new)
                .orElse(Principal.ANONYMOUS);
        if (operator.isNamed() && !book.knows(operator)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the operator has no credentials: sequencer.operator=" + operator.name()
                            + "; add it to the file of sequencer.credentials.file with: fencegate credentials FILE add "
                            + operator.name());
        }
        return new Admission(configuration.get(Settings.SEQUENCER_SESSIONS_MAX), book, operator);
    }

    /**
     * Reads a file of credentials.
     *
     * @param file that only its owner may use
     * @return the book, with a principal at least
     * @throws CommandException USAGE if it is missing or holds none, or others may use it
     */
    public static CredentialBook read(final Path file) {
        try {
            return CredentialBook.parse(OwnerFile.read(file, "credentials"));
        } catch (final IllegalArgumentException noBook) {
            throw new CommandException(
                    ExitCode.USAGE, "the file holds no credentials: file=" + file + " reason=" + noBook.getMessage());
        }
    }

    /**
     * Says whom the sequencer trusts.
     *
     * @param admission of its nodes
     * @param terminal that is told
     */
    public static void announce(final Admission admission, final Terminal terminal) {
        if (admission.isAnonymous()) {
            terminal.say("the sequencer trusts every client: nobody logs in; set sequencer.credentials.file");
        } else {
            terminal.say("the sequencer lets in who logs in: principals="
                    + admission.credentials().names().size() + " operator="
                    + (admission.operator().isNamed()
                            ? admission.operator().name()
                            : "none, so that each of them may do everything"));
        }
    }
}
