package io.fencegate.app.lock;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Finds the program of a command as a shell does, before a lease is taken for it.
 *
 * <p>Pure but for looking at files; any thread.
 */
final class CommandFile {
    private CommandFile() {}

    /**
     * Checks that a program can be run.
     *
     * @param name as given: a path, or a name that is looked for in {@code PATH}
     * @param searchPath value of {@code PATH}
     * @throws CommandException NOT_FOUND or NOT_EXECUTABLE
     */
    static void check(final String name, final String searchPath) {
        Path found = null;
        try {
            if (name.indexOf('/') >= 0) {
                found = Path.of(name);
            } else {
                for (final String folder : searchPath.split(File.pathSeparator)) {
                    final Path file = Path.of(folder.isEmpty() ? "." : folder, name);
                    if (isProgram(file)) {
                        return;
                    }
                    found = found == null && Files.isRegularFile(file) ? file : found;
                }
            }
        } catch (final InvalidPathException noPath) {
            found = null;
        }
        if (found == null || !Files.exists(found)) {
            throw new CommandException(
                    ExitCode.COMMAND_NOT_FOUND,
                    "CMD was not found, and no lease was taken: cmd=" + name
                            + "; give a path, or a program of the PATH");
        }
        if (!isProgram(found)) {
            throw new CommandException(
                    ExitCode.COMMAND_NOT_EXECUTABLE,
                    "CMD is not executable, and no lease was taken: cmd=" + found + "; make it so with chmod +x, or run"
                            + " it with its interpreter");
        }
    }

    private static boolean isProgram(final Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
