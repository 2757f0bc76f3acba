package io.fencegate.app.roles;

import io.fencegate.app.cli.ConfigurationOptions;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.launch.Assembly;
import io.fencegate.app.launch.Endpoints;
import io.fencegate.app.launch.Lifetime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that serves until Ctrl-C or SIGTERM: launches its parts in order, says on one line of standard output that
 * it is ready and how to reach it, and closes its parts in reverse.
 *
 * <p>The main thread.
 */
public abstract class RoleCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final String role;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ConfigurationOptions options;

    @Option(names = "--attached", hidden = true, description = "End when standard input ends.")
    private boolean attached;

    /**
     * The command.
     *
     * @param terminal that it talks to
     * @param role as it calls itself
     */
    protected RoleCommand(final Terminal terminal, final String role) {
        this.terminal = terminal;
        this.role = role;
    }

    @Override
    public final Integer call() {
        final Configuration configuration = options.read(terminal, List.of(), flags());
        if (options.printOnly()) {
            ConfigurationOptions.print(configuration, terminal, output.json());
            return ExitCode.DONE.code();
        }
        try (Lifetime lifetime = Lifetime.begin();
                Assembly assembly = new Assembly(lifetime::isOver)) {
            if (attached) {
                lifetime.endWith(terminal.in());
            }
            serve(lifetime, configuration, assembly);
        }
        return ExitCode.DONE.code();
    }

    /**
     * Launches the parts of this role.
     *
     * @param configuration frozen
     * @param directory of the system
     * @param assembly that closes what is added to it
     * @return how to reach it
     */
    protected abstract Endpoints launch(Configuration configuration, Path directory, Assembly assembly);

    /**
     * The command's own flags.
     *
     * @return text by name of the setting
     */
    protected abstract Map<String, String> flags();

    /**
     * The terminal.
     *
     * @return that which this command talks to
     */
    protected final Terminal terminal() {
        return terminal;
    }

    private void serve(final Lifetime lifetime, final Configuration configuration, final Assembly assembly) {
        try {
            ready(launched(configuration, assembly));
            lifetime.await();
        } catch (final Assembly.EndedException ended) {
            terminal.say(role + " was ended while it started, and has closed what it had begun");
        }
    }

    private Endpoints launched(final Configuration configuration, final Assembly assembly) {
        final Progress progress = Progress.begin(terminal, role + " starts, and is not ready yet");
        try {
            return launch(configuration, options.directory(terminal), assembly);
        } finally {
            progress.close();
        }
    }

    private void ready(final Endpoints endpoints) {
        final JsonObject json = new JsonObject().put("role", role).put("state", "READY");
        final StringBuilder text = new StringBuilder("READY role=").append(role);
        endpoints.values().forEach((name, value) -> {
            json.put(name, value);
            text.append(' ').append(name).append('=').append(value);
        });
        terminal.print(output.json() ? json.toString() : text.toString());
    }
}
