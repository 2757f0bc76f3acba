package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.core.grant.SealKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The file of a seals' key: 32 hexadecimal digits, readable by its owner only.
 *
 * <p>Any thread.
 */
public final class SealKeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SealKeyFile() {}

    /**
     * Makes a new key from the system's random source.
     *
     * @param file that must not exist yet
     * @return the key
     * @throws CommandException USAGE if the file exists or cannot be written
     */
    public static SealKey create(final Path file) {
        final byte[] bytes = new byte[SealKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        final String digits = HexFormat.of().formatHex(bytes);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(file, digits + "\n", StandardOpenOption.WRITE);
            return SealKey.parse(digits);
        } catch (final FileAlreadyExistsException exists) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the file exists, and a key is never overwritten: file=" + file + "; choose another name");
        } catch (final IOException unwritable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot write the key: file=" + file + " reason=" + reason(unwritable));
        }
    }

    /**
     * Reads a key.
     *
     * @param file that only its owner may read
     * @return the key
     * @throws CommandException USAGE if it is missing, holds no key, or others may read it
     */
    public static SealKey read(final Path file) {
        try {
            final Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.remove(PosixFilePermission.OWNER_READ);
            permissions.remove(PosixFilePermission.OWNER_WRITE);
            if (!permissions.isEmpty()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "others than its owner may use the key: file=" + file + "; mend it with: chmod 600 '" + file
                                + "'");
            }
            return SealKey.parse(Files.readString(file));
        } catch (final NoSuchFileException missing) {
            throw new CommandException(
                    ExitCode.USAGE, "there is no such key: file=" + file + "; make one with: fencegate keygen FILE");
        } catch (final IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot read the key: file=" + file + " reason=" + reason(unreadable));
        } catch (final IllegalArgumentException noKey) {
            throw new CommandException(
                    ExitCode.USAGE, "the file holds no key: file=" + file + " reason=" + noKey.getMessage());
        }
    }

    /**
     * Reads the key that the configuration names.
     *
     * @param configuration that may name one
     * @return the key, or nothing where none is named
     * @throws CommandException USAGE as {@link #read}
     */
    public static List<SealKey> configured(final Configuration configuration) {
        return configuration.get(Settings.SEAL_KEY_FILE).map(SealKeyFile::read).stream()
                .toList();
    }

    private static String reason(final IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
