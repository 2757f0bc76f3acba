package io.fencegate.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher script in a small checkout of its own, with a {@code java} that prints its arguments and a {@code mvn}
 * that notes that it was called.
 */
class LauncherTest {
    private static final Path SCRIPT = Path.of(System.getProperty("root.directory"), "fencegate");

    @TempDir
    private Path directory;

    private Path home;
    private Path tools;
    private Path elsewhere;

    @BeforeEach
    void makeCheckout() throws IOException {
        home = Files.createDirectories(directory.resolve("a check out/.hidden"));
        tools = Files.createDirectories(directory.resolve("jdk/bin"));
        elsewhere = Files.createDirectories(directory.resolve("else where"));
        Files.copy(SCRIPT, home.resolve("fencegate"));
        for (final String file : List.of(
                "pom.xml",
                "gateway/app/pom.xml",
                "gateway/app/src/main/java/A.java",
                "gateway/app/src/main/java/B.java",
                "gateway/app/src/test/java/T.java",
                "tuning/jvm/required.args",
                "tuning/jvm/required-from-24.args",
                "tuning/jvm/command.args",
                "tuning/profiles/laptop/jvm.args",
                "tuning/profiles/server/jvm.args")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "");
        }
        age(home);
        for (final String tool : List.of(
                "cat",
                "cksum",
                "dirname",
                "find",
                "grep",
                "head",
                "ls",
                "mkdir",
                "mv",
                "readlink",
                "rm",
                "sed",
                "sleep",
                "sync",
                "touch",
                "tr",
                "wc")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
        tool("java", "for a in \"$@\"; do printf '<%s>\\n' \"$a\"; done");
        tool(
                "mvn",
                "echo \"$@\" >>'" + directory.resolve("built") + "'; pwd >>'" + directory.resolve("built")
                        + "'; mkdir -p gateway/app/target/lib benchmarks/target/lib gateway/verification/target/lib");
        release("17.0.15");
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        final List<String> given = List.of("write", "a b", "", "*", "$HOME", "it's", "\"q\"", "é", "-x", "--", "@f");

        final Run run = launch(given);

        assertEquals(0, run.exitCode(), run.err());
        final int main = run.args().indexOf("io.fencegate.app.Fencegate");
        assertEquals(given, run.args().subList(main + 1, run.args().size()));
        assertTrue(run.args().contains("-Dfencegate.home=" + home), run.out());
        assertTrue(run.args().contains("-Dfencegate.profile=laptop"), run.out());
        assertTrue(run.args().contains("@" + home + "/tuning/jvm/required.args"), run.out());
        assertTrue(run.args().contains(home + "/gateway/app/target/lib/*"), run.out());
    }

    @Test
    void itBuildsAtFirstUseAndThenStartsAtOnce() throws Exception {
        final Run first = launch(List.of("read", "x"));
        final Run second = launch(List.of("read", "x"));

        assertEquals(0, first.exitCode(), first.err());
        assertTrue(first.err().contains("building gateway/app"), first.err());
        assertEquals("", second.err());
        assertEquals(1, builds());
        assertTrue(Files.readString(directory.resolve("built")).contains(home.toString()), "built in the checkout");
    }

    @Test
    void itRebuildsWhenSourcesAreNewerThanWhatItBuilt() throws Exception {
        launch(List.of("read", "x"));
        renewed("gateway/app/src/main/java/A.java");
        launch(List.of("read", "x"));
        assertEquals(2, builds(), "a source was changed");

        launch(List.of("read", "x"));
        renewed("gateway/app/pom.xml");
        launch(List.of("read", "x"));
        assertEquals(3, builds(), "a pom was changed");

        renewed("gateway/app/src/test/java/T.java");
        launch(List.of("read", "x"));
        assertEquals(3, builds(), "a test is nothing that is launched");

        Files.delete(home.resolve("gateway/app/src/main/java/B.java"));
        renewed("gateway/app/src/main/java");
        launch(List.of("read", "x"));
        assertEquals(4, builds(), "a source was removed");
    }

    @Test
    void aFailedBuildIsSaidAndTriedAgain() throws Exception {
        tool("mvn", "echo broken >&2; exit 1");

        final Run run = launch(List.of("read", "x"));

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("broken") && run.err().contains("the build failed"), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(home.resolve("gateway/app/target/launcher.lock")), "the lock must be gone");
        tool("mvn", "mkdir -p gateway/app/target/lib");
        assertEquals(0, launch(List.of("read", "x")).exitCode());
    }

    @Test
    void aLockOfABuildThatDiedIsTakenOver() throws Exception {
        final Path lock = Files.createDirectories(home.resolve("gateway/app/target/launcher.lock"));
        Files.writeString(lock.resolve("pid"), "999999999\n");

        assertEquals(0, launch(List.of("read", "x")).exitCode());
        assertEquals(1, builds());
    }

    @Test
    void withoutMavenOrJdkItSaysWhatToInstall() throws Exception {
        Files.delete(tools.resolve("mvn"));
        final Run noMaven = launch(List.of("read", "x"));
        Files.delete(tools.resolve("java"));
        final Run noJava = launch(List.of("read", "x"));

        assertEquals(2, noMaven.exitCode());
        assertTrue(noMaven.err().contains("install Maven"), noMaven.err());
        assertEquals(2, noJava.exitCode());
        assertTrue(noJava.err().contains("install a JDK"), noJava.err());
    }

    @Test
    void anOldJdkIsRefusedAndANewOneGetsItsFlags() throws Exception {
        release("1.8.0_402");
        final Run old = launch(List.of("read", "x"));
        assertEquals(2, old.exitCode());
        assertTrue(old.err().contains("is version 8"), old.err());

        release("25.0.1");
        final Run recent = launch(List.of("read", "x"));
        assertTrue(recent.args().contains("@" + home + "/tuning/jvm/required-from-24.args"), recent.out());

        Files.delete(tools.getParent().resolve("release"));
        tool("java", "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\" 2021' >&2; else echo ran; fi");
        final Run asked = launch(List.of("read", "x"));
        assertEquals("ran\n", asked.out());
    }

    @Test
    void theProfileGivesItsFlagsToTheRolesThatServe() throws Exception {
        final Run laptop = launch(List.of("up"));
        final Run option = launch(List.of("up", "--profile", "server"));
        final Run variable = launch(List.of("up"), Map.of("FENCEGATE_PROFILE", "server"));
        final Run brief = launch(List.of("read", "x", "--profile=server"));
        final Run unknown = launch(List.of("up", "--profile", "../x"));

        assertTrue(laptop.args().contains("@" + home + "/tuning/profiles/laptop/jvm.args"), laptop.out());
        assertTrue(option.args().contains("@" + home + "/tuning/profiles/server/jvm.args"), option.out());
        assertTrue(variable.args().contains("@" + home + "/tuning/profiles/server/jvm.args"), variable.out());
        assertTrue(brief.args().contains("@" + home + "/tuning/jvm/command.args"), brief.out());
        assertTrue(brief.args().contains("-Dfencegate.profile=server"), brief.out());
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("choose one of: laptop server"), unknown.err());
    }

    @Test
    void benchChaosAndVerifyAreStartedFromTheirOwnModules() throws Exception {
        final Run bench = launch(List.of("bench", "--help"));
        final Run chaos = launch(List.of("chaos", "--help"));
        final Run verify = launch(List.of("verify", "--help"));

        assertTrue(bench.args().contains("io.fencegate.benchmarks.Bench"), bench.out());
        assertTrue(bench.args().contains(home + "/benchmarks/target/lib/*"), bench.out());
        assertTrue(chaos.args().contains("io.fencegate.verification.Verification"), chaos.out());
        assertTrue(chaos.args().contains(home + "/gateway/verification/target/lib/*"), chaos.out());
        assertTrue(verify.args().contains("io.fencegate.verification.Verification"), verify.out());
        assertTrue(verify.args().contains("@" + home + "/tuning/profiles/laptop/jvm.args"), verify.out());
    }

    @Test
    void itIsFoundThroughSymbolicLinks() throws Exception {
        final Path link = Files.createSymbolicLink(elsewhere.resolve("fg"), home.resolve("fencegate"));
        final Path relative = Files.createSymbolicLink(elsewhere.resolve("fg2"), Path.of("fg"));

        for (final Path script : List.of(link, relative)) {
            final Run run = launch(script, List.of("read", "x"), Map.of());
            assertTrue(run.args().contains("-Dfencegate.home=" + home), run.out() + run.err());
        }
    }

    @Test
    void aDistributionNeedsNoMaven() throws Exception {
        Files.delete(home.resolve("pom.xml"));
        Files.delete(tools.resolve("mvn"));
        final Run neither = launch(List.of("read", "x"));
        Files.createDirectories(home.resolve("lib"));
        final Run run = launch(List.of("read", "x"));
        final Run bench = launch(List.of("bench"));

        assertEquals(2, neither.exitCode());
        assertTrue(neither.err().contains("no checkout and no distribution"), neither.err());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.args().contains(home + "/lib/*"), run.out());
        assertEquals(2, bench.exitCode());
        assertTrue(bench.err().contains("bench is no part of a distribution: run it from a checkout"), bench.err());
    }

    @Test
    void aDistributionHasItsScriptInAFolderOfItsOwn() throws Exception {
        Files.delete(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("lib"));
        final Path script = Files.createDirectories(home.resolve("bin")).resolve("fencegate");
        Files.move(home.resolve("fencegate"), script);
        final Path link = Files.createSymbolicLink(elsewhere.resolve("fencegate"), script);

        final Run run = launch(link, List.of("read", "x"), Map.of());

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.args().contains("-Dfencegate.home=" + home), run.out());
        assertTrue(run.args().contains(home + "/lib/*"), run.out());
    }

    @Test
    void anUnpackedDistributionRuns() throws Exception {
        final Path lib = Files.createDirectories(home.resolve("lib"));
        Files.delete(home.resolve("pom.xml"));
        copyTuning();
        for (final String entry : System.getProperty("java.class.path").split(":")) {
            final Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                jar(path, lib.resolve("classes-" + entry.hashCode() + ".jar"));
            } else {
                Files.createSymbolicLink(lib.resolve(path.getFileName()), path);
            }
        }
        final Path key = directory.resolve("a key");

        final Run run = launch(
                home.resolve("fencegate"),
                List.of("keygen", key.toString(), "--json"),
                Map.of("JAVA_HOME", System.getProperty("java.home")));

        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("{\"file\":\"" + key + "\",\"fingerprint\":\""), run.out());
        assertTrue(Files.exists(key));
    }

    private void copyTuning() throws IOException {
        final Path source = SCRIPT.resolveSibling("tuning/jvm");
        for (final String file : List.of("required.args", "required-from-24.args", "command.args")) {
            Files.copy(
                    source.resolve(file),
                    home.resolve("tuning/jvm").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void jar(final Path classes, final Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    private Run launch(final List<String> args) throws Exception {
        return launch(args, Map.of());
    }

    private Run launch(final List<String> args, final Map<String, String> variables) throws Exception {
        return launch(home.resolve("fencegate"), args, variables);
    }

    private Run launch(final Path script, final List<String> args, final Map<String, String> variables)
            throws Exception {
        final List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(args);
        final Path out = Files.createTempFile(directory, "out", "");
        final Path err = Files.createTempFile(directory, "err", "");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(variables);
        final Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher hangs: " + Files.readString(err));
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private long builds() throws IOException {
        final Path built = directory.resolve("built");
        return Files.readAllLines(built).stream()
                .filter(line -> line.contains("package"))
                .count();
    }

    /** All was made an hour ago and built half an hour ago; this one file is newer. */
    private void renewed(final String file) throws IOException {
        age(home);
        final Path stamp = home.resolve("gateway/app/target/launcher.stamp");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
        Files.setLastModifiedTime(home.resolve(file), FileTime.from(Instant.now()));
    }

    private void release(final String version) throws IOException {
        Files.writeString(tools.getParent().resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private void tool(final String name, final String body) throws IOException {
        final Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path which(final String tool) {
        for (final String folder : List.of("/bin", "/usr/bin")) {
            if (Files.isExecutable(Path.of(folder, tool))) {
                return Path.of(folder, tool);
            }
        }
        throw new AssertionError("tool is missing: " + tool);
    }

    private static void age(final Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (final Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }
    }

    /** How the launcher ended. */
    private record Run(int exitCode, String out, String err) {
        private List<String> args() {
            return out.lines().map(line -> line.substring(1, line.length() - 1)).toList();
        }
    }
}
