package io.fencegate.app.config;

/**
 * The configuration is wrong: the message says which setting of which origin, and what would be right.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A sentence for the user.
     *
     * @param message names the setting, its value and its origin
     */
    public ConfigurationException(final String message) {
        super(message);
    }
}
