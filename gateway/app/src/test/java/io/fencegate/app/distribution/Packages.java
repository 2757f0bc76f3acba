package io.fencegate.app.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What this build packaged. */
final class Packages {
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final String VERSION = System.getProperty("distribution.version");
    private static final Path TARGET = ROOT.resolve("gateway/app/target");

    private Packages() {}

    static Path root() {
        return ROOT;
    }

    /** Name of the folder in the tar.gz. */
    static String name() {
        return "fencegate-" + VERSION;
    }

    static Path tarball() {
        return existing(TARGET.resolve(name() + ".tar.gz"));
    }

    static Path debianPackage() {
        return existing(TARGET.resolve("fencegate_" + VERSION + "_all.deb"));
    }

    private static Path existing(final Path file) {
        assertTrue(Files.isRegularFile(file), () -> "not packaged, was it skipped? " + file);
        return file;
    }
}
