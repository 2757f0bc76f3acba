package io.fencegate.app.cli;

import java.util.Locale;

/** Whether the user wants colours. */
public enum ColorChoice {
    /** On a terminal, unless {@code NO_COLOR} is set. */
    AUTO,
    /** Everywhere. */
    ALWAYS,
    /** Nowhere. */
    NEVER;

    /**
     * The choice in a command line, read before the command is known, because its mistakes are told in colours too.
     *
     * @param args of the command line
     * @return the last choice in it; {@link #AUTO} where there is none, or one that picocli refuses later
     */
    public static ColorChoice in(final String... args) {
        ColorChoice choice = AUTO;
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith("--color=")) {
                choice = named(args[i].substring("--color=".length()));
            } else if (args[i].equals("--color") && i + 1 < args.length) {
                choice = named(args[i + 1]);
            }
        }
        return choice;
    }

    /** As it is written in a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ColorChoice named(final String text) {
        for (final ColorChoice choice : values()) {
            if (choice.toString().equals(text)) {
                return choice;
            }
        }
        return AUTO;
    }
}
