package io.fencegate.app.stat;

import io.fencegate.app.cli.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What one running role counts, at one moment: values by name, some of them in groups ({@code answers ACCEPTED}).
 *
 * <p>One thread.
 */
final class RoleStat {
    private final String role;
    private final String name;
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * Nothing yet.
     *
     * @param role driver, gateway or sequencer
     * @param name of one of several of this role, or empty
     */
    RoleStat(final String role, final String name) {
        this.role = role;
        this.name = name;
    }

    /** What it is. @return driver, gateway or sequencer */
    String role() {
        return role;
    }

    /** Which one it is. @return empty where there is one */
    String name() {
        return name;
    }

    /**
     * Puts a value.
     *
     * @param counter its name
     * @param value a text, a whole number, or a list of texts
     */
    void put(final String counter, final Object value) {
        values.put(counter, value);
    }

    /**
     * Puts a value of a group.
     *
     * @param group its name
     * @param counter name within the group
     * @param value a whole number
     */
    void put(final String group, final String counter, final long value) {
        @SuppressWarnings("unchecked")
        final Map<String, Long> members =
                (Map<String, Long>) values.computeIfAbsent(group, ignored -> new LinkedHashMap<String, Long>());
        members.put(counter, value);
    }

    /**
     * A text or number.
     *
     * @param counter its name
     * @return the value as text, or a dash where it is not told
     */
    String text(final String counter) {
        final Object value = values.get(counter);
        return value == null ? "-" : value.toString();
    }

    /**
     * A number.
     *
     * @param counter its name
     * @param fallback where it is not told
     * @return the value
     */
    long number(final String counter, final long fallback) {
        return values.get(counter) instanceof Long value ? value : fallback;
    }

    /**
     * The members of a group on one line.
     *
     * @param group its name
     * @return {@code name=value} of each, or a dash where there are none
     */
    String group(final String group) {
        final StringJoiner text = new StringJoiner(" ").setEmptyValue("-");
        if (values.get(group) instanceof Map<?, ?> members) {
            members.forEach((member, count) -> text.add(member + "=" + count));
        }
        return text.toString();
    }

    /**
     * Everything, one line each.
     *
     * @param zeros whether counters that stand at zero are told too
     * @return text of the values by name, groups unfolded
     */
    Map<String, String> lines(final boolean zeros) {
        final Map<String, String> lines = new LinkedHashMap<>();
        values.forEach((counter, value) -> {
            if (value instanceof List<?> texts) {
                lines.put(
                        counter,
                        texts.isEmpty()
                                ? "none"
                                : String.join(
                                        ",",
                                        texts.stream().map(Object::toString).toList()));
            } else if (value instanceof Map<?, ?> members) {
                members.forEach((member, count) -> {
                    if (zeros || !count.equals(0L)) {
                        lines.put(counter + " " + member, count.toString());
                    }
                });
            } else if (zeros || !value.equals(0L)) {
                lines.put(counter, value.toString());
            }
        });
        return lines;
    }

    /** Everything for programs. @return an object */
    JsonObject json() {
        final JsonObject json = new JsonObject().put("role", role);
        if (!name.isEmpty()) {
            json.put("name", name);
        }
        values.forEach((counter, value) -> {
            if (value instanceof Map<?, ?> members) {
                final JsonObject group = new JsonObject();
                members.forEach((member, count) -> group.put((String) member, (Long) count));
                json.put(counter, group);
            } else if (value instanceof List<?> texts) {
                json.put(counter, texts.stream().map(Object::toString).toList());
            } else if (value instanceof Long number) {
                json.put(counter, number.longValue());
            } else {
                json.put(counter, value.toString());
            }
        });
        return json;
    }
}
