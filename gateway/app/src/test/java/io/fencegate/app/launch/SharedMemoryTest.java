package io.fencegate.app.launch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose the folders of media drivers are. */
class SharedMemoryTest {
    @TempDir
    private Path place;

    @Test
    void aFolderThatOthersCanWriteIsRefusedAndLeftAlone() throws IOException {
        final Path folder = folder("rwxrwxrwx");
        final Path file = Files.createFile(folder.resolve("theirs"));

        final CommandException refused =
                assertThrows(CommandException.class, () -> SharedMemory.require(List.of(folder)));

        assertTrue(refused.getMessage().contains("is not ours alone"), refused.getMessage());
        assertTrue(refused.getMessage().contains("memory.directory"), refused.getMessage());
        assertTrue(Files.exists(file));
    }

    @Test
    void aLinkInPlaceOfAFolderIsRefused() throws IOException {
        final Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
        final Path link = Files.createSymbolicLink(place.resolve("driver"), elsewhere);

        assertThrows(CommandException.class, () -> SharedMemory.require(List.of(link)));
    }

    @Test
    void whatAnEarlierRunLeftIsTakenOver() throws IOException {
        final Path folder = folder("rwx------");

        assertDoesNotThrow(() -> SharedMemory.require(List.of(folder, place.resolve("missing"))));
    }

    @Test
    void aFolderIsClosedToOthersAndKeptForAGroupThatSharesIt() throws IOException {
        assertEquals("rwx------", protectedFrom("rwxr-xr-x"));
        assertEquals("rwxrwx---", protectedFrom("rwxrwx--x"));
    }

    private String protectedFrom(final String permissions) throws IOException {
        final Path folder = folder(permissions);
        SharedMemory.protect(folder);
        final String after = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
        Files.delete(folder);
        return after;
    }

    private Path folder(final String permissions) throws IOException {
        final Path folder = Files.createDirectory(place.resolve("driver"));
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
}
