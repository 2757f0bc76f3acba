package io.fencegate.verification.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chronicle's jar that calls home is on no class path, and a JVM that opens a journal does not so much as initialize a
 * class that could call anybody (the JDK itself may load one, to compare types). The flag that switches the call off is
 * left out here: without the jar it is not needed.
 */
class NoTelephoneTest {
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final Pattern TELEPHONE = Pattern.compile("chronicle-analytics|chronicle\\.analytics");

    /** Whoever wants to reach another machine from Java initializes one of these. */
    private static final Set<String> NETWORK = Set.of(
            "java.net.InetAddress",
            "java.net.Socket",
            "java.net.DatagramSocket",
            "java.net.http.HttpClient",
            "sun.net.www.protocol.http.HttpURLConnection",
            "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.SocketChannelImpl");

    @TempDir
    Path directory;

    @Test
    void theClassPathOfThisBuildHasNoTelephone() throws IOException {
        final List<Path> entries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        assertTrue(entries.stream().anyMatch(path -> path.toString().contains("chronicle-queue")), entries::toString);
        assertEquals(List.of(), telephones(entries));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway/app", "benchmarks"})
    void theLaunchersLibrariesHaveNoTelephone(final String module) throws IOException {
        final Path libraries = ROOT.resolve(module).resolve("target/lib");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> jars = Files.list(libraries)) {
                assertEquals(List.of(), telephones(jars.toList()));
            }
        }
    }

    @Test
    void aTelephoneBesideAJarThatAsksForItIsFound() throws IOException {
        final Path asking = jar("asking.jar", "other-1.0.jar chronicle-analytics-2026.2.jar");
        assertEquals(List.of(), telephones(List.of(asking)));
        final Path telephone = jar("chronicle-analytics-2026.2.jar", "");
        assertEquals(List.of(telephone), telephones(List.of(asking)));
        assertEquals(List.of(telephone), telephones(List.of(telephone)));
    }

    @Test
    void openingAJournalTriesNoNetwork() throws Exception {
        final Set<String> initialized = classesInitializedBy("quiet");
        assertTrue(initialized.contains("net.openhft.chronicle.queue.impl.single.SingleChronicleQueue"));
        initialized.retainAll(NETWORK);
        assertEquals(Set.of(), initialized);
        try (Stream<Path> left = Files.list(directory.resolve("home"))) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.toString().contains("analytics")).toList(),
                    "the number of a telephone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socket", "name"})
    void aCallWouldBeNoticed(final String call) throws Exception {
        final Set<String> initialized = classesInitializedBy(call);
        initialized.retainAll(NETWORK);
        assertFalse(initialized.isEmpty());
    }

    private Set<String> classesInitializedBy(final String call) throws Exception {
        final Path log = directory.resolve("classes.log");
        final Path output = directory.resolve("output");
        final Path home = Files.createDirectory(directory.resolve("home"));
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.add("-Duser.home=" + home);
        command.add("-Djava.io.tmpdir=" + directory);
        command.add("-Xlog:class+init=info:file=" + log + "::filecount=0");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JournalProgram.class.getName()));
        command.addAll(List.of(directory.resolve("queue").toString(), call));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
        final Pattern name = Pattern.compile("Initializing '([^']+)'");
        return Files.readAllLines(log).stream()
                .map(name::matcher)
                .filter(line -> line.find())
                .map(line -> line.group(1).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the JVM needs to run at all, without the switches for quietness. */
    private static List<String> flags() throws IOException {
        final List<String> flags = new ArrayList<>(Files.readAllLines(ROOT.resolve("tuning/jvm/required.args")));
        if (Runtime.version().feature() >= 24) {
            flags.addAll(Files.readAllLines(ROOT.resolve("tuning/jvm/required-from-24.args")));
        }
        flags.removeIf(flag -> flag.isBlank()
                || flag.startsWith("#")
                || TELEPHONE.matcher(flag).find());
        return flags;
    }

    /** Jars that call home, among these or beside one whose manifest asks for it. */
    private static List<Path> telephones(final List<Path> classPath) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final Path entry : classPath) {
            if (TELEPHONE.matcher(entry.getFileName().toString()).find()) {
                found.add(entry);
            }
            if (entry.toString().endsWith(".jar")) {
                for (final String asked : manifestClassPath(entry)) {
                    final Path beside = entry.resolveSibling(asked);
                    if (TELEPHONE.matcher(asked).find() && Files.exists(beside)) {
                        found.add(beside);
                    }
                }
            }
        }
        return found;
    }

    private static List<String> manifestClassPath(final Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            final String value = file.getManifest() == null
                    ? null
                    : file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return value == null ? List.of() : List.of(value.trim().split("\\s+"));
        }
    }

    private Path jar(final String name, final String classPath) throws IOException {
        final Path jar = directory.resolve(name);
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
