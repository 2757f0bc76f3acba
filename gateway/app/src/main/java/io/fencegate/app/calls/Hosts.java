package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks up the hosts of a configuration once nobody has answered: a misspelt name looks like silence.
 *
 * <p>The command's thread; asks the name service.
 */
final class Hosts {
    private static final Pattern HOST = Pattern.compile("(?:^|[=,])([^=,|:?\\[\\]]+):\\d{1,5}(?=[,|]|$)");

    private Hosts() {}

    /**
     * Checks that every host has an address.
     *
     * @param configuration that names them
     * @throws CommandException NOT_REACHABLE that names those which have none
     */
    static void check(final Configuration configuration) {
        final Set<String> unknown = new TreeSet<>();
        for (final String endpoints : new String[] {
            configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS), configuration.get(Settings.CLIENT_GATEWAY_CHANNEL)
        }) {
            final Matcher matcher = HOST.matcher(endpoints);
            while (matcher.find()) {
                try {
                    InetAddress.getByName(matcher.group(1));
                } catch (final UnknownHostException nameless) {
                    unknown.add(matcher.group(1));
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_REACHABLE,
                    "no answer, because a host is unknown on this machine: hosts=" + String.join(",", unknown)
                            + "; check its spelling in --sequencer, --gateway or the configuration");
        }
    }
}
