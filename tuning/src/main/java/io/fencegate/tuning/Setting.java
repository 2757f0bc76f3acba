package io.fencegate.tuning;

/**
 * One setting of a profile, with the reason for its value. Immutable.
 *
 * @param key as configuration names it; {@code aeron.…} is Aeron's own name
 * @param value as text, possibly empty
 * @param reason why this profile chose it
 */
public record Setting(String key, String value, String reason) {}
