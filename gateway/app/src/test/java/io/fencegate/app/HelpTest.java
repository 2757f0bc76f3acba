package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Help teaches: what a command does, how it is used, and how it ends. */
class HelpTest {
    static Stream<List<String>> commands() {
        final String help = InProcess.run("--help").out();
        final Stream<List<String>> listed = Pattern.compile("(?m)^  ([a-z-]+) ")
                .matcher(help)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.equals("completion"))
                .map(List::of);
        return Stream.concat(
                listed,
                Stream.of(
                        List.of("sequencer", "status"), List.of("sequencer", "keys"), List.of("sequencer", "access")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasASentenceAnExampleAndItsExitCodes(final List<String> command) {
        final InProcess help = InProcess.run(
                Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));

        final String name = String.join(" ", command);
        assertEquals(0, help.exitCode(), help.err());
        assertTrue(help.out().startsWith("Usage: fencegate " + name), help.out());
        assertTrue(help.out().contains("\nExample"), help.out());
        assertTrue(
                help.out().contains("  $ fencegate " + name)
                        || help.out().contains("$(fencegate " + name)
                        || help.out().contains("| fencegate " + name),
                help.out());
        assertTrue(help.out().contains("\nExit codes: "), help.out());
        assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
        assertFalse(help.out().contains("\033["), "no colours but on a terminal");
    }

    @Test
    void everyCommandIsListed() {
        final List<String> names = commands().map(name -> name.get(0)).toList();

        assertTrue(
                names.containsAll(List.of(
                        "demo",
                        "up",
                        "driver",
                        "sequencer",
                        "gateway",
                        "acquire",
                        "renew",
                        "release",
                        "revoke",
                        "raise-floor",
                        "lock",
                        "write",
                        "read",
                        "leases",
                        "watch",
                        "stat",
                        "audit",
                        "keygen",
                        "credentials",
                        "doctor")),
                names::toString);
    }

    @Test
    void coloursAreThereWhenTheyAreAskedFor() {
        assertTrue(InProcess.run("acquire", "--help", "--color=always").out().contains("\033["));
        assertTrue(InProcess.run("nonsense", "--color", "always").err().contains("\033[31mfencegate:\033[0m"));
        assertFalse(InProcess.run("nonsense", "--color=never").err().contains("\033["));
        assertEquals(2, InProcess.run("read", "x", "--color=sometimes").exitCode());
    }

    @Test
    void completionKnowsTheCommandsAndTheirOptions() {
        final InProcess completion = InProcess.run(Map.of(), "", "completion");

        assertEquals(0, completion.exitCode(), completion.err());
        assertTrue(completion.out().contains("complete -F _complete_fencegate"), completion.out());
        assertTrue(completion.out().contains("--grace"), "options of lock");
    }
}
