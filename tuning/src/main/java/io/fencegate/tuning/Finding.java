package io.fencegate.tuning;

/**
 * The result of one check of the host. Immutable.
 *
 * @param check its short name, such as {@code socket-buffers}
 * @param health what to think of it
 * @param found the facts, as {@code name=value}
 * @param why what depends on it in this system
 * @param mend the command that mends it, empty if nothing is to be mended
 */
public record Finding(String check, Health health, String found, String why, String mend) {
    static Finding of(
            final String check, final Health health, final String found, final String why, final String mend) {
        return new Finding(check, health, found, why, health == Health.OK ? "" : mend);
    }
}
