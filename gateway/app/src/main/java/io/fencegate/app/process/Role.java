package io.fencegate.app.process;

import io.fencegate.app.config.Setting;

/**
 * A running role of the system: sequencer, driver or gateway.
 *
 * @param process that it runs in
 * @param ready the line with which it said how to reach it
 */
public record Role(ChildProcess process, String ready) {
    /**
     * How to reach it.
     *
     * @param setting of a client
     * @return its value
     */
    public String endpoint(final Setting<?> setting) {
        for (final String part : ready.split(" ")) {
            if (part.startsWith(setting.name() + "=")) {
                return part.substring(setting.name().length() + 1);
            }
        }
        throw new IllegalStateException("not told: setting=" + setting.name() + " ready=" + ready);
    }
}
