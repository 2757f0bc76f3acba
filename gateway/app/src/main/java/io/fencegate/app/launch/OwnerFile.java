package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file with secrets, which only its owner may use.
 *
 * <p>Any thread.
 */
public final class OwnerFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final long LENGTH_MAX = 16L << 20;

    private OwnerFile() {}

    /**
     * Reads a file.
     *
     * @param file that only its owner may use
     * @param what it holds, as people say
     * @return its text
     * @throws CommandException USAGE if it is missing, too long, cannot be read, or others may use it
     */
    public static String read(final Path file, final String what) {
        try {
            final Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(file));
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "others than its owner may use the " + what + ": file=" + file + "; mend it with: chmod 600 '"
                                + file + "'");
            }
            if (Files.size(file) > LENGTH_MAX) {
                throw new CommandException(ExitCode.USAGE, "the file is too long to hold " + what + ": file=" + file);
            }
            return Files.readString(file);
        } catch (final NoSuchFileException missing) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "there is no such file of " + what + ": file=" + file
                            + "; make one with: fencegate credentials FILE add NAME");
        } catch (final IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot read the " + what + ": file=" + file + " reason=" + reason(unreadable));
        }
    }

    /**
     * Writes a new file.
     *
     * @param file that must not exist yet
     * @param text that it shall hold
     * @throws CommandException USAGE if it exists, or cannot be written
     */
    public static void create(final Path file, final String text) {
        try {
            write(file, text);
        } catch (final FileAlreadyExistsException exists) {
            throw new CommandException(
                    ExitCode.USAGE, "the file exists, and is not overwritten: file=" + file + "; choose another name");
        } catch (final IOException unwritable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot write the file: file=" + file + " reason=" + reason(unwritable));
        }
    }

    /**
     * Writes a file anew, whole or not at all.
     *
     * @param file that may exist
     * @param text that it shall hold
     * @throws CommandException USAGE if it cannot be written
     */
    public static void replace(final Path file, final String text) {
        final Path whole = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(whole);
            write(whole, text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException unwritable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot write the file: file=" + file + " reason=" + reason(unwritable));
        }
    }

    private static void write(final Path file, final String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }

    private static String reason(final IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
