package io.fencegate.app;

import io.fencegate.app.cli.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * Loads what the short commands load, so that the launcher can have the JVM keep these classes in a form that starts
 * faster. Calls nobody and changes nothing: it asks for help, and then knocks where no one listens.
 *
 * <p>The main thread.
 */
final class Rehearsal {
    /** Classes whose jars are those of a client and of the command line. */
    private static final Class<?>[] OF_OUR_JARS = {
        Fencegate.class,
        io.fencegate.client.FencegateClient.class,
        io.fencegate.codecs.WireLimits.class,
        io.fencegate.core.grant.Grant.class,
    };

    private Rehearsal() {}

    /**
     * Runs the rehearsal.
     *
     * @param args none
     * @throws IOException if a jar cannot be read
     * @throws URISyntaxException never: a jar is a file
     */
    public static void main(final String[] args) throws IOException, URISyntaxException {
        final Terminal silent = new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                Map.of());
        Fencegate.run(silent, "--help");
        Fencegate.run(silent, "leases", "--print-config");
        // Port 9 is for what nobody wants to hear.
        Fencegate.run(silent, "leases", "--sequencer", "0=localhost:9", "--timeout", "200ms");
        Fencegate.run(silent, "read", "x", "--gateway", "aeron:udp?endpoint=localhost:9", "--timeout", "200ms");
        for (final Class<?> one : OF_OUR_JARS) {
            loadAll(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        }
        System.exit(0);
    }

    private static void loadAll(final URI location) throws IOException {
        final Path path = Path.of(location);
        if (!path.toFile().isFile()) {
            return;
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
                    .forEach(name -> load(name.substring(0, name.length() - ".class".length())));
        }
    }

    private static void load(final String name) {
        try {
            Class.forName(name.replace('/', '.'), false, Rehearsal.class.getClassLoader());
        } catch (final ClassNotFoundException | LinkageError unloadable) {
            // It starts without it, as it would have without the rehearsal.
            return;
        }
    }
}
