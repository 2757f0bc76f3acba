package io.fencegate.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every profile: a reason beside each setting, and a JVM that takes the arguments. */
class ProfileTest {
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));

    static Stream<Profile> profiles() {
        return Profile.names().stream().map(Profile::named);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void eachSettingHasItsReason(final Profile profile) {
        assertFalse(profile.settings().isEmpty());
        for (final Setting setting : profile.settings()) {
            assertTrue(setting.reason().length() > 20, () -> "no reason: " + setting);
        }
        for (final SettingsReader.Line line : SettingsReader.lines("profiles/" + profile.name() + "/jvm.args")) {
            assertTrue(line.reason().length() > 20, () -> "no reason: " + line);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void noKeyIsSetTwice(final Profile profile) {
        assertEquals(profile.settings().size(), profile.values().size());
    }

    @Test
    void allProfilesSetTheSameKeysOfOurs() {
        final Set<Set<String>> keys = new HashSet<>();
        profiles().forEach(profile -> {
            final Set<String> ours = new HashSet<>(profile.values().keySet());
            ours.removeIf(key -> key.startsWith(Profile.AERON_PREFIX));
            keys.add(ours);
        });
        assertEquals(1, keys.size(), keys::toString);
    }

    @Test
    void anUnknownProfileIsNamedTogetherWithThoseThatExist() {
        final Exception refused = assertThrows(IllegalArgumentException.class, () -> Profile.named("mainframe"));
        assertEquals("no such profile: profile=mainframe known=[laptop, server]", refused.getMessage());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void theJvmTakesTheArguments(final Profile profile, @TempDir final Path directory) throws Exception {
        final Started jvm = start(directory, "-Xmx64m", profile.name());
        assertEquals(0, jvm.exit(), jvm::output);
        assertFalse(jvm.output().toLowerCase(Locale.ROOT).contains("warning"), jvm::output);
    }

    @Test
    void anArgumentThatTheJvmDoesNotKnowWouldBeNoticed(@TempDir final Path directory) throws Exception {
        final Started jvm = start(directory, "-XX:+NoSuchFlag", "laptop");
        assertEquals(1, jvm.exit(), jvm::output);
    }

    private static Started start(final Path directory, final String flag, final String profile)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + ROOT.resolve("tuning/jvm/required.args"));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + ROOT.resolve("tuning/jvm/required-from-24.args"));
        }
        command.add("@" + ROOT.resolve("tuning/profiles/" + profile + "/jvm.args"));
        // Small, so that a heap touched whole at start does not disturb other tests; the last flag counts.
        command.addAll(List.of("-Xms16m", "-Xmx64m", flag, "-version"));
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return new Started(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    /** How a JVM ended. */
    private record Started(int exit, String output) {}
}
