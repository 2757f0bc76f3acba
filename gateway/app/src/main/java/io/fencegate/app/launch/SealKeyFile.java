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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file of the seals' keys, readable by its owner only: a key a line, 32 hexadecimal digits each, the newest last. A
 * line that ends with {@code retired} keeps a key that gateways take no more, and that a sequencer may need still to read
 * its own log.
 *
 * <p>Any thread. A change replaces the whole file at once.
 */
public final class SealKeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final String RETIRED = "retired";

    private final Path path;

    /** One line. */
    private record Entry(SealKey key, boolean isRetired, String text) {}

    /**
     * A file that is read when it is asked for keys.
     *
     * @param path of the file
     */
    public SealKeyFile(final Path path) {
        this.path = path;
    }

    /**
     * The file that the configuration names.
     *
     * @param configuration that may name one
     * @return the file, or nothing where none is named
     */
    public static Optional<SealKeyFile> configured(final Configuration configuration) {
        return configuration.get(Settings.SEAL_KEY_FILE).map(SealKeyFile::new);
    }

    /**
     * Makes a new file with a new key from the system's random source.
     *
     * @param file that must not exist yet
     * @return the key
     * @throws CommandException USAGE if the file exists or cannot be written
     */
    public static SealKey create(final Path file) {
        final String digits = randomDigits();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(file, digits + "\n", StandardOpenOption.WRITE);
            return SealKey.parse(digits);
        } catch (final FileAlreadyExistsException exists) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the file exists, and a key is never overwritten: file=" + file
                            + "; choose another name, or add a key to it with --append");
        } catch (final IOException unwritable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot write the key: file=" + file + " reason=" + reason(unwritable));
        }
    }

    /**
     * Adds a new key from the system's random source.
     *
     * @return the key, which is the newest then
     * @throws CommandException USAGE if there is no such file, it cannot be used, or cannot be written
     */
    public SealKey append() {
        final String digits = randomDigits();
        replace(Stream.concat(entries().stream().map(Entry::text), Stream.of(digits))
                .toList());
        return SealKey.parse(digits);
    }

    /**
     * Marks a key as retired.
     *
     * @param fingerprint of the key
     * @throws CommandException USAGE if the file has no such key, or no other one is left
     */
    public void retire(final long fingerprint) {
        final List<Entry> entries = entries();
        if (entries.stream().noneMatch(entry -> entry.key.fingerprint() == fingerprint)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the file has no such key: file=" + path + String.format(" fingerprint=%016x", fingerprint));
        }
        if (entries.stream().allMatch(entry -> entry.isRetired || entry.key.fingerprint() == fingerprint)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no key would be left: file=" + path + String.format(" fingerprint=%016x", fingerprint)
                            + "; add another one first with: fencegate keygen --append '" + path + "'");
        }
        replace(entries.stream()
                .map(entry -> entry.key.fingerprint() == fingerprint && !entry.isRetired
                        ? entry.text + " " + RETIRED
                        : entry.text)
                .toList());
    }

    /**
     * Reads the keys that gateways take.
     *
     * @return those that are not retired, the newest last; one at least
     * @throws CommandException USAGE if the file is missing, holds no such key, or others may read it
     */
    public List<SealKey> live() {
        return entries().stream()
                .filter(entry -> !entry.isRetired)
                .map(Entry::key)
                .toList();
    }

    /**
     * Reads every key.
     *
     * @return the retired ones first, then the others, the newest last
     * @throws CommandException USAGE as {@link #live}
     */
    public List<SealKey> all() {
        final List<Entry> entries = entries();
        return Stream.concat(
                        entries.stream().filter(Entry::isRetired),
                        entries.stream().filter(entry -> !entry.isRetired))
                .map(Entry::key)
                .toList();
    }

    private List<Entry> entries() {
        try {
            final Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(path));
            permissions.removeAll(OWNER_ONLY);
            if (!permissions.isEmpty()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "others than its owner may use the key: file=" + path + "; mend it with: chmod 600 '" + path
                                + "'");
            }
            return parse(Files.readAllLines(path));
        } catch (final NoSuchFileException missing) {
            throw new CommandException(
                    ExitCode.USAGE, "there is no such key: file=" + path + "; make one with: fencegate keygen FILE");
        } catch (final IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot read the key: file=" + path + " reason=" + reason(unreadable));
        }
    }

    private List<Entry> parse(final List<String> lines) {
        final List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                entries.add(entry(line, i + 1));
            }
        }
        if (entries.stream().map(entry -> entry.key.fingerprint()).distinct().count() < entries.size()) {
            throw new CommandException(ExitCode.USAGE, "the file holds a key twice: file=" + path);
        }
        if (entries.stream().allMatch(Entry::isRetired)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the file holds no key: file=" + path + " reason=" + entries.size() + " retired, and no other one");
        }
        return entries;
    }

    /** Whatever is wrong with a line, no digit of it is shown. */
    private Entry entry(final String line, final int number) {
        final boolean isRetired = line.endsWith(RETIRED);
        final String digits =
                isRetired ? line.substring(0, line.length() - RETIRED.length()).strip() : line;
        try {
            return new Entry(SealKey.parse(digits), isRetired, line);
        } catch (final IllegalArgumentException noKey) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the file holds no key: file=" + path + " line=" + number + " reason=" + noKey.getMessage());
        }
    }

    /** Whoever reads meanwhile sees the old file or the new one, and who could read the old one can read the new one. */
    private void replace(final List<String> lines) {
        Path fresh = null;
        try {
            final Path real = path.toRealPath();
            fresh = Files.createTempFile(
                    real.getParent(),
                    real.getFileName().toString(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.write(fresh, lines);
            Files.setOwner(fresh, Files.getOwner(real));
            Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException unwritable) {
            delete(fresh);
            throw new CommandException(
                    ExitCode.USAGE, "cannot write the key: file=" + path + " reason=" + reason(unwritable));
        }
    }

    private static void delete(final Path fresh) {
        try {
            if (fresh != null) {
                Files.deleteIfExists(fresh);
            }
        } catch (final IOException late) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot remove a key that was not kept: file=" + fresh + " reason=" + reason(late));
        }
    }

    private static String randomDigits() {
        final byte[] bytes = new byte[SealKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String reason(final IOException failure) {
        return failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
