package io.fencegate.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON object on one line: names in lowerCamelCase, in the order in which they were put.
 *
 * <p>Not thread-safe.
 */
public final class JsonObject {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /**
     * Puts a text.
     *
     * @param name of the field
     * @param value null becomes JSON's null
     * @return this
     */
    public JsonObject put(final String name, final String value) {
        fields.put(name, value);
        return this;
    }

    /**
     * Puts a whole number.
     *
     * @param name of the field
     * @param value any
     * @return this
     */
    public JsonObject put(final String name, final long value) {
        fields.put(name, value);
        return this;
    }

    /**
     * Puts a number with a fraction.
     *
     * @param name of the field
     * @param value finite
     * @return this
     */
    public JsonObject put(final String name, final double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no such number: " + name + "=" + value);
        }
        fields.put(name, value);
        return this;
    }

    /**
     * Puts yes or no.
     *
     * @param name of the field
     * @param value any
     * @return this
     */
    public JsonObject put(final String name, final boolean value) {
        fields.put(name, value);
        return this;
    }

    /**
     * Puts an object.
     *
     * @param name of the field
     * @param value any
     * @return this
     */
    public JsonObject put(final String name, final JsonObject value) {
        fields.put(name, value);
        return this;
    }

    /**
     * Puts a list of texts.
     *
     * @param name of the field
     * @param values any
     * @return this
     */
    public JsonObject put(final String name, final List<String> values) {
        fields.put(name, new ArrayList<>(values));
        return this;
    }

    /** The object as JSON, without a line feed in it. */
    @Override
    public String toString() {
        final StringBuilder json = new StringBuilder(128);
        append(json);
        return json.toString();
    }

    private void append(final StringBuilder json) {
        json.append('{');
        String separator = "";
        for (final Map.Entry<String, Object> field : fields.entrySet()) {
            json.append(separator);
            quote(json, field.getKey());
            json.append(':');
            append(json, field.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private static void append(final StringBuilder json, final Object value) {
        if (value instanceof String text) {
            quote(json, text);
        } else if (value instanceof JsonObject object) {
            object.append(json);
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) {
                    json.append(',');
                }
                append(json, list.get(i));
            }
            json.append(']');
        } else {
            json.append(value);
        }
    }

    private static void quote(final StringBuilder json, final String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c) && !isPaired(text, i)) {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static boolean isPaired(final String text, final int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
