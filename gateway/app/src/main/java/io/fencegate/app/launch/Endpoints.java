package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to reach a running system: the client's settings, as its endpoints file tells them to the other commands.
 *
 * <p>One thread.
 */
public final class Endpoints {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Adds a setting.
     *
     * @param setting of a client
     * @param text its value
     * @return this
     */
    public Endpoints with(final Setting<?> setting, final String text) {
        values.put(setting.name(), text);
        return this;
    }

    /**
     * The settings.
     *
     * @return text by name, in the order in which they were added
     */
    public Map<String, String> values() {
        return values;
    }

    /**
     * Writes the endpoints file, whole or not at all.
     *
     * @param directory of the system
     * @return removes the file again when it is closed
     */
    public AutoCloseable write(final Path directory) {
        final StringBuilder text = new StringBuilder("# Written by a running Fencegate, pid="
                + ProcessHandle.current().pid() + "; removed when it ends.\n");
        values.forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        final Path file = StateDirectory.endpointsFile(directory);
        final Path whole = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(whole, text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return () -> Files.deleteIfExists(file);
        } catch (final IOException unwritable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot write the endpoints file: file=" + file + " reason=" + unwritable.getMessage());
        }
    }
}
