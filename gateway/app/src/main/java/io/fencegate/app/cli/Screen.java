package io.fencegate.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What standard output and standard error can show: lines that change, and colours.
 *
 * <p>Immutable; any thread.
 *
 * @param outIsTerminal whether a person looks at standard output
 * @param errIsTerminal whether a person looks at standard error
 * @param outHasColors whether standard output is painted
 * @param errHasColors whether standard error is painted
 */
public record Screen(boolean outIsTerminal, boolean errIsTerminal, boolean outHasColors, boolean errHasColors) {
    /** Files or pipes. */
    public static final Screen NONE = new Screen(false, false, false, false);

    /**
     * What the outputs of this process are connected with.
     *
     * @param environment {@code NO_COLOR} and {@code TERM=dumb} forbid colours
     * @return the screen
     */
    static Screen ofProcess(final Map<String, String> environment) {
        final boolean out = isTerminal(1);
        final boolean err = isTerminal(2);
        final boolean allowed = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Screen(out, err, out && allowed, err && allowed);
    }

    /**
     * The same for a user who says whether there shall be colours.
     *
     * @param choice of the user
     * @return a copy
     */
    Screen with(final ColorChoice choice) {
        return switch (choice) {
            case AUTO -> this;
            case ALWAYS -> new Screen(outIsTerminal, errIsTerminal, true, true);
            case NEVER -> new Screen(outIsTerminal, errIsTerminal, false, false);
        };
    }

    /**
     * Paints a text for standard output.
     *
     * @param paint colour
     * @param text of one line
     * @return the text as it shall be printed
     */
    public String out(final Paint paint, final String text) {
        return outHasColors ? paint.on(text) : text;
    }

    /**
     * Paints a text for standard error.
     *
     * @param paint colour
     * @param text of one line
     * @return the text as it shall be printed
     */
    public String err(final Paint paint, final String text) {
        return errHasColors ? paint.on(text) : text;
    }

    /** The kernel tells what a descriptor is; where it does not, the JVM knows of both outputs together. */
    private static boolean isTerminal(final int descriptor) {
        final Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            final String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException ignored) {
            return System.console() != null;
        }
    }
}
