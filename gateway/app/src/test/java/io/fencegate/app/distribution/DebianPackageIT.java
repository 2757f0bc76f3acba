package io.fencegate.app.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package: what dpkg reads in it, and how it comes and goes, in a throw-away copy of this machine. */
@Timeout(300)
class DebianPackageIT {
    private static final int CANNOT_BE_MADE = 77;

    @TempDir
    private Path directory;

    @Test
    void dpkgReadsIt() throws Exception {
        assumeTrue(Tool.exists("dpkg-deb"), "SKIPPED: there is no dpkg-deb on this machine");
        final String file = Packages.debianPackage().toString();

        final Tool info = Tool.run(directory.resolve("info"), "dpkg-deb", "--info", file);
        final Tool contents = Tool.run(directory.resolve("contents"), "dpkg-deb", "--contents", file);
        final Tool control =
                Tool.run(directory.resolve("control"), "dpkg-deb", "--control", file, directory + "/control.d");

        assertEquals(0, info.exitCode() + contents.exitCode() + control.exitCode(), info.printed());
        assertTrue(info.printed().contains("Package: fencegate\n"), info.printed());
        assertTrue(info.printed().contains("Depends: default-jre-headless (>= 2:1.17) | "), info.printed());
        for (final String line : List.of(
                "-rwxr-xr-x root/root .* ./usr/lib/fencegate/bin/fencegate",
                "lrw.* ./usr/bin/fencegate -> ../lib/fencegate/bin/fencegate",
                "-rw-r--r-- root/root .* ./usr/lib/systemd/system/fencegate-sequencer@.service",
                "-rw-r--r-- root/root .* ./usr/share/bash-completion/completions/fencegate",
                "-rw-r--r-- root/root .* ./usr/share/doc/fencegate/copyright",
                "-rw-r--r-- root/root .* ./etc/fencegate/fencegate.properties")) {
            assertTrue(contents.printed().lines().anyMatch(found -> found.matches(line)), () -> line);
        }
        assertEquals(
                List.of("/etc/fencegate/environment", "/etc/fencegate/fencegate.properties"),
                Files.readAllLines(directory.resolve("control.d/conffiles")));
    }

    @Test
    void itIsInstalledRemovedAndPurgedWithoutATrace() throws Exception {
        for (final String tool : List.of("dpkg", "unshare", "chroot", "adduser")) {
            assumeTrue(Tool.exists(tool), "SKIPPED: there is no " + tool + " on this machine");
        }
        assumeTrue(
                Tool.run(directory.resolve("unshare"), "unshare", "-m", "true").exitCode() == 0,
                "SKIPPED: a mount namespace needs root");
        final Path script = Packages.root().resolve("gateway/app/src/test/resources/distribution/install.sh");
        final Path copy = Files.createDirectories(directory.resolve("copy"));

        final Tool installed = Tool.run(
                directory.resolve("installed"),
                "unshare",
                "-m",
                "sh",
                script.toString(),
                Packages.debianPackage().toString(),
                copy.toString());

        assumeTrue(
                installed.exitCode() != CANNOT_BE_MADE,
                () -> "SKIPPED: no overlay of this machine can be mounted: " + installed.printed());
        assertEquals(0, installed.exitCode(), installed.printed());
        assertEquals(
                List.of(
                        "user: fencegate:/var/lib/fencegate",
                        "fencegate:fencegate 750 /var/lib/fencegate",
                        "fencegate:fencegate 600 /etc/fencegate/seal.key",
                        "root:root 644 /usr/lib/systemd/system/fencegate-gateway.service",
                        "Usage: fencegate",
                        "seal.key.file=/etc/fencegate/seal.key",
                        "removed, kept: /etc/fencegate/environment /etc/fencegate/fencegate.properties"
                                + " /etc/fencegate/seal.key /usr/lib/fencegate* /usr/bin/fencegate*",
                        "# mine",
                        "purged, no user"),
                installed.printed().lines().toList());
    }
}
