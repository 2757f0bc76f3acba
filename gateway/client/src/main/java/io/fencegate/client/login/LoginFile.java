package io.fencegate.client.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file with a client's name and secret: one line, {@code name:secret}, which only its owner may read.
 *
 * <p>Any thread.
 */
public final class LoginFile {
    private static final long LENGTH_MAX = 4096;

    private LoginFile() {}

    /**
     * Reads a login.
     *
     * @param file that only its owner may use
     * @return the login
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if others may use it, or it holds no login; never with what it holds
     */
    public static Login read(final Path file) throws IOException {
        final Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(Files.getPosixFilePermissions(file));
        permissions.remove(PosixFilePermission.OWNER_READ);
        permissions.remove(PosixFilePermission.OWNER_WRITE);
        if (!permissions.isEmpty()) {
            throw new IllegalArgumentException("others than its owner may use the credentials: file=" + file
                    + "; mend it with: chmod 600 '" + file + "'");
        }
        if (Files.size(file) > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "the file holds no credentials: file=" + file + " length=" + Files.size(file));
        }
        final String line = Files.readString(file).strip();
        final int colon = line.indexOf(':');
        if (colon < 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "the file holds no credentials, which are one line name:secret: file=" + file);
        }
        try {
            return Login.of(line.substring(0, colon), line.substring(colon + 1));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the file holds no credentials: file=" + file + " reason=" + e.getMessage(), e);
        }
    }
}
