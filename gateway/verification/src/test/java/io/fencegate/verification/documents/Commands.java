package io.fencegate.verification.documents;

import io.fencegate.app.Fencegate;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.Bench;
import io.fencegate.verification.Verification;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the command line itself whether it knows a command and its options: by its own help. */
final class Commands {
    /** What the launcher takes before the command, and what every command takes. */
    private static final List<String> EVERYWHERE = List.of("--help", "--profile");

    private final Map<List<String>, String> helps = new HashMap<>();

    /**
     * Whether a command line would be understood, as far as its command and the names of its options go.
     *
     * @param words behind {@code ./fencegate}
     * @return what is unknown, or null
     */
    String refusal(final List<String> words) {
        final List<String> command = new ArrayList<>();
        final List<String> options = new ArrayList<>();
        for (final String word : words) {
            if (word.equals("--")) {
                break;
            }
            if (word.startsWith("--") || word.startsWith("[--")) {
                options.add(word.replaceAll("[\\[\\]]", "").replaceAll("[= ].*", ""));
            } else if (options.isEmpty() && word.matches("[a-z][a-z-]*")) {
                command.add(word);
            }
        }
        if (command.isEmpty()) {
            return null;
        }
        final String help = help(command);
        if (help == null) {
            return "no such command: " + command.get(0);
        }
        for (final String option : options) {
            if (!EVERYWHERE.contains(option) && !help.contains(option)) {
                return "no such option: " + option;
            }
        }
        return null;
    }

    /** Help of the deepest command that the words name; the others are its arguments. */
    private String help(final List<String> command) {
        if (command.size() > 1) {
            final String deeper = helps.computeIfAbsent(List.of(command.get(0), command.get(1)), this::ask);
            if (deeper != null) {
                return deeper;
            }
        }
        return helps.computeIfAbsent(List.of(command.get(0)), this::ask);
    }

    private String ask(final List<String> command) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                Map.of());
        final List<String> words = new ArrayList<>(command);
        words.add("--help");
        final String[] args = words.toArray(String[]::new);
        final int exit = switch (command.get(0)) {
            case "bench" -> Bench.run(terminal, args);
            case "chaos", "verify" -> Verification.run(terminal, args);
            default -> Fencegate.run(terminal, args);
        };
        final String help = out.toString(StandardCharsets.UTF_8);
        return exit == 0 && help.contains("Usage: fencegate " + String.join(" ", command)) ? help : null;
    }
}
