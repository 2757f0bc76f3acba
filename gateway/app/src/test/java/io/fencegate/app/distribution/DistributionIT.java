package io.fencegate.app.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tar.gz, unpacked in an empty folder: what is in it, and that it starts from anywhere, fast, and without a word. */
@Timeout(600)
class DistributionIT {
    private static final long TIMEOUT_SECONDS = 240;

    @TempDir
    private Path directory;

    private Path home;
    private Shell shell;

    @BeforeEach
    void unpack() throws Exception {
        final Path elsewhere = Files.createDirectories(directory.resolve("some where"));
        shell = Shell.open(elsewhere, directory.resolve("tools"), Map.of("FENCEGATE_CACHE", cache().toString()));
        shell.run("tar xzf '" + Packages.tarball() + "' -C '" + directory + "'", TIMEOUT_SECONDS);
        home = directory.resolve(Packages.name());
    }

    @AfterEach
    void close() throws IOException {
        shell.close();
    }

    @Test
    void everythingIsInIt() throws IOException {
        for (final String file : List.of(
                "bin/fencegate",
                "tuning/jvm/required.args",
                "tuning/profiles/server/jvm.args",
                "LICENSE",
                "README.md",
                "WALKTHROUGH.md",
                "CHANGELOG.md",
                "sample/three-nodes/fencegate.properties",
                "systemd/fencegate-sequencer@.service")) {
            assertTrue(Files.isRegularFile(home.resolve(file)), file);
        }
        final String completion = Files.readString(home.resolve("completion/fencegate.bash"));
        for (final String command : List.of("acquire", "sequencer", "gateway", "audit")) {
            assertTrue(completion.contains(command), command);
        }
    }

    @Test
    void everyLibraryComesWithItsLicenceAndIsOnTheList() throws IOException {
        final List<String> notices = Files.readAllLines(home.resolve("licences/THIRD-PARTY.txt"));
        final Path list = home.resolve("fencegate.cdx.json");
        assertTrue(Files.isRegularFile(list), "the list of what is in it is made online only: build without -o");
        final String bill = Files.readString(list);
        for (final Path jar : libraries()) {
            final String name =
                    jar.getFileName().toString().replace("-native.jar", ".jar").replace(".jar", "");
            final int dash = name.startsWith("fencegate-")
                    ? name.indexOf('-', "fencegate-".length())
                    : name.replaceFirst("-\\d.*", "").length();
            final String artifact = name.substring(0, dash);
            final String version = name.substring(dash + 1);
            assertTrue(bill.contains("/" + artifact + "@" + version), () -> "not on the list: " + jar);
            if (!artifact.startsWith("fencegate-")) {
                final String notice = notices.stream()
                        .filter(line -> line.contains(":" + artifact + ":" + version + " | "))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no licence: " + jar));
                assertTrue(hasText(artifact, notice.split(" \\| ")[1]), () -> "no text of a licence: " + notice);
            }
        }
    }

    @Test
    void itStartsFromAnywhereAndLeavesWhatItPrintsAlone() throws Exception {
        final Path link = Files.createSymbolicLink(directory.resolve("some where/fg"), home.resolve("bin/fencegate"));

        final List<String> first = shell.run("./fg --help 2>errors", TIMEOUT_SECONDS);
        final Path classData = classData();
        final List<String> second = shell.run("./fg --help 2>>errors", TIMEOUT_SECONDS);

        assertTrue(first.get(0).startsWith("Usage: fencegate "), first.toString());
        assertEquals(first, second);
        assertTrue(Files.size(classData) > 1_000_000, classData.toString());
        assertTrue(
                shell.run("FENCEGATE_JVM_ARGS=-Xlog:class+load ./fg --help", TIMEOUT_SECONDS).stream()
                        .anyMatch(line -> line.contains("io.fencegate.app.Fencegate source: shared objects file")),
                "class data is used");

        // Cut: a JVM would crash over it. A jar that is not the same: another key. Nowhere to keep it.
        Files.delete(classData);
        Files.write(classData, new byte[100]);
        assertEquals(first, shell.run("./fg --help 2>>errors", TIMEOUT_SECONDS));
        Files.setLastModifiedTime(home.resolve("lib/build.sha256"), FileTime.from(Instant.now()));
        assertEquals(first, shell.run("FENCEGATE_CACHE= ./fg --help 2>>errors", TIMEOUT_SECONDS));
        assertEquals(first, shell.run("FENCEGATE_CACHE=/proc/none ./fg --help 2>>errors", TIMEOUT_SECONDS));
        assertEquals("", Files.readString(link.resolveSibling("errors")));
    }

    @Test
    void whatItDoesNotCarryItSays() throws Exception {
        final List<String> said =
                shell.run("'" + home.resolve("bin/fencegate") + "' bench 2>&1 || echo $?", TIMEOUT_SECONDS);

        assertEquals(2, said.size(), said.toString());
        assertTrue(said.get(0).contains("bench is no part of a distribution"), said.toString());
        assertEquals("2", said.get(1));
    }

    private Path cache() {
        return directory.resolve("a cache");
    }

    private Path classData() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            final List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }

    private List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            final List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertFalse(jars.isEmpty());
            return jars;
        }
    }

    /** The text of at least one licence of a library is there; texts that name their authors are one a library. */
    private boolean hasText(final String artifact, final String licences) {
        for (final String licence : licences.split(", ")) {
            if (licence.equals("Apache-2.0") || Files.isRegularFile(home.resolve("licences/" + licence + ".txt"))) {
                return true;
            }
            if (Files.isRegularFile(home.resolve("licences/" + licence + "-" + artifact + ".txt"))) {
                return true;
            }
        }
        return false;
    }
}
