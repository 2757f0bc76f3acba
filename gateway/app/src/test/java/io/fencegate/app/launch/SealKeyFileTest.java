package io.fencegate.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Terminal;
import io.fencegate.core.grant.SealKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of keys, over the life of a key. */
class SealKeyFileTest {
    private static final String ONE = "000102030405060708090a0b0c0d0e0f";
    private static final String TWO = "101112131415161718191a1b1c1d1e1f";

    @TempDir
    private Path directory;

    @Test
    void aKeyIsAddedBehindTheOthersAndRetiredInItsPlace() throws IOException {
        final Path path = directory.resolve("seal.key");
        final SealKey first = SealKeyFile.create(path);
        final SealKeyFile file = new SealKeyFile(path);
        final SealKey second = file.append();
        assertEquals(fingerprints(first, second), fingerprints(file.live()));
        assertEquals(fingerprints(first, second), fingerprints(file.all()));

        file.retire(first.fingerprint());
        assertEquals(fingerprints(second), fingerprints(file.live()));
        assertEquals(fingerprints(first, second), fingerprints(file.all()));
        final String text = Files.readString(path);
        assertTrue(text.matches("[0-9a-f]{32} retired\n[0-9a-f]{32}\n"), "two lines");
        file.retire(first.fingerprint());
        assertEquals(text, Files.readString(path), "retired once");

        final CommandException last = assertThrows(CommandException.class, () -> file.retire(second.fingerprint()));
        assertTrue(last.getMessage().contains("no key would be left"), last.getMessage());
        final CommandException unknown = assertThrows(CommandException.class, () -> file.retire(4711));
        assertTrue(unknown.getMessage().contains("fingerprint=0000000000001267"), unknown.getMessage());
        assertEquals(text, Files.readString(path));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        try (Stream<Path> entries = Files.list(directory)) {
            assertEquals(List.of(path), entries.toList(), "nothing is left beside it");
        }
    }

    @Test
    void aRetiredKeyComesBeforeTheOthersWhereverItStands() throws IOException {
        final SealKeyFile file = write("\n  " + ONE + "\n\n" + TWO + "   retired  \n");
        assertEquals(fingerprints(SealKey.parse(ONE)), fingerprints(file.live()));
        assertEquals(fingerprints(SealKey.parse(TWO), SealKey.parse(ONE)), fingerprints(file.all()));
    }

    @Test
    void aFileBehindALinkIsChangedWhereItIs() throws IOException {
        final SealKeyFile file = write(ONE + "\n");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("key"));
        new SealKeyFile(link).append();
        assertEquals(2, file.live().size());
        assertTrue(Files.isSymbolicLink(link));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "nonsense",
                ONE + " retired",
                ONE + " gone",
                ONE + "0",
                ONE + "\n" + ONE,
                ONE + "\n" + ONE + " retired",
                ONE + "\nshort",
                "00000000000000000000000000000000"
            })
    void whatIsNoFileOfKeysIsRefusedWithoutShowingADigit(final String text) throws IOException {
        final SealKeyFile file = write(text);
        final CommandException refused = assertThrows(CommandException.class, file::all);
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertFalse(refused.getMessage().contains(ONE.substring(0, 8)), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
        assertThrows(CommandException.class, file::append);
        assertEquals(text, Files.readString(directory.resolve("key")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
    void othersThanItsOwnerMayNotUseIt(final String permissions) throws IOException {
        final SealKeyFile file = write(ONE);
        Files.setPosixFilePermissions(directory.resolve("key"), PosixFilePermissions.fromString(permissions));
        final CommandException refused = assertThrows(CommandException.class, file::live);
        assertTrue(refused.getMessage().contains("chmod 600"), refused.getMessage());
    }

    @Test
    void aFileThatIsNotThereIsNotMade() {
        final SealKeyFile file = new SealKeyFile(directory.resolve("key"));
        assertThrows(CommandException.class, file::live);
        assertThrows(CommandException.class, file::append);
        assertFalse(Files.exists(directory.resolve("key")));
    }

    @Test
    void aGatewaysUserHearsOnceOfOtherKeysAndOfEachFailure() throws IOException {
        final SealKeyFile file = write(ONE);
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final ToldKeys told = new ToldKeys(
                file::live,
                new Terminal(
                        InputStream.nullInputStream(),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of()));
        told.read();
        assertEquals("", err.toString(StandardCharsets.UTF_8));

        Files.delete(directory.resolve("key"));
        assertThrows(CommandException.class, told::read);
        assertThrows(CommandException.class, told::read);
        write(ONE + "\n" + TWO);
        told.read();
        told.read();

        final List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("goes on with the keys that it has: there is no such key"), lines.get(0));
        assertTrue(
                lines.get(1).endsWith(String.format(",%016x", SealKey.parse(TWO).fingerprint())), lines.get(1));
    }

    private SealKeyFile write(final String text) throws IOException {
        final Path path = directory.resolve("key");
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return new SealKeyFile(path);
    }

    private static List<Long> fingerprints(final SealKey... keys) {
        return fingerprints(List.of(keys));
    }

    private static List<Long> fingerprints(final List<SealKey> keys) {
        return keys.stream().map(SealKey::fingerprint).toList();
    }
}
