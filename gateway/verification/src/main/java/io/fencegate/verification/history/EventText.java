package io.fencegate.verification.history;

import io.fencegate.core.grant.Token;
import java.util.HexFormat;

/**
 * An event as one line of text, for people and for files:
 *
 * <pre>
 *   12.000345 A WRITE_CALLED op=3 resource=orders client=9a token=7/2 sequence=1 crc=e3069283
 *   seconds   |  kind        fields that are not 0 or empty; client and crc hexadecimal, a token as term/serial
 *           actor
 * </pre>
 *
 * <p>Tokens may also be read as decimal numbers. A blank, a control character or {@code %} within a name is written as
 * {@code %} and two hexadecimal digits.
 *
 * <p>Pure functions; any thread.
 */
public final class EventText {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FRACTION_DIGITS = 9;
    private static final int FRACTION_DIGITS_SHOWN = 6;
    private static final HexFormat HEX = HexFormat.of();

    private EventText() {}

    /**
     * Writes an event.
     *
     * @param event to be written
     * @return one line, without its end
     */
    public static String print(final Event event) {
        final StringBuilder line = new StringBuilder(96);
        time(line, event.atNs());
        line.append(' ').append(escape(event.actor())).append(' ').append(event.kind());
        if (!event.word().isEmpty()) {
            line.append(" word=").append(escape(event.word()));
        }
        number(line, "op", event.op());
        if (!event.resource().isEmpty()) {
            line.append(" resource=").append(escape(event.resource()));
        }
        if (event.clientId() != 0) {
            line.append(" client=").append(Long.toHexString(event.clientId()));
        }
        if (event.kind() == EventKind.TERM_BEGAN) {
            number(line, "term", event.token());
        } else {
            token(line, "token", event.token());
        }
        number(line, "sequence", event.sequence());
        if (event.crc() != 0) {
            line.append(" crc=").append(HEX.toHexDigits(event.crc()));
        }
        number(line, "generation", event.generation());
        number(line, "position", event.position());
        token(line, "fence", event.fence());
        return line.toString();
    }

    /**
     * Reads an event.
     *
     * @param line as {@link #print} writes it, its fields in any order
     * @return the event
     * @throws IllegalArgumentException saying what is wrong with the line
     */
    public static Event parse(final String line) {
        final String[] parts = line.trim().split(" +");
        if (parts.length < 3) {
            throw new IllegalArgumentException("an event has a time, an actor and a kind: line=" + line);
        }
        try {
            final EventBuilder event = Event.at(time(parts[0]), unescape(parts[1]), EventKind.valueOf(parts[2]));
            for (int i = 3; i < parts.length; i++) {
                final int split = parts[i].indexOf('=');
                if (split < 0) {
                    throw new IllegalArgumentException("a field is name=value: field=" + parts[i]);
                }
                set(event, parts[i].substring(0, split), parts[i].substring(split + 1));
            }
            return event.build();
        } catch (final IllegalArgumentException notAnEvent) {
            throw new IllegalArgumentException(notAnEvent.getMessage() + " line=" + line, notAnEvent);
        }
    }

    private static void set(final EventBuilder event, final String name, final String value) {
        switch (name) {
            case "word" -> event.word(unescape(value));
            case "op" -> event.op(Long.parseLong(value));
            case "resource" -> event.resource(unescape(value));
            case "client" -> event.clientId(Long.parseUnsignedLong(value, 16));
            case "term" -> event.token(Long.parseLong(value));
            case "token" -> event.token(token(value));
            case "sequence" -> event.sequence(Long.parseLong(value));
            case "crc" -> event.crc(Integer.parseUnsignedInt(value, 16));
            case "generation" -> event.generation(Long.parseLong(value));
            case "position" -> event.position(Long.parseLong(value));
            case "fence" -> event.fence(token(value));
            default -> throw new IllegalArgumentException("no event has this field: name=" + name);
        }
    }

    private static void time(final StringBuilder line, final long atNs) {
        line.append(atNs / SECOND_NS).append('.');
        final String fraction = Long.toString(SECOND_NS + atNs % SECOND_NS).substring(1);
        final boolean short6 = atNs % 1000 == 0;
        line.append(short6 ? fraction.substring(0, FRACTION_DIGITS_SHOWN) : fraction);
    }

    private static long time(final String text) {
        final int point = text.indexOf('.');
        if (point < 0) {
            return Math.multiplyExact(Long.parseLong(text), SECOND_NS);
        }
        final String fraction = text.substring(point + 1);
        if (fraction.isEmpty() || fraction.length() > FRACTION_DIGITS) {
            throw new IllegalArgumentException("a time has 1 to 9 digits behind its point: time=" + text);
        }
        final long fractionNs = Long.parseLong(fraction + "0".repeat(FRACTION_DIGITS - fraction.length()));
        return Math.addExact(Math.multiplyExact(Long.parseLong(text.substring(0, point)), SECOND_NS), fractionNs);
    }

    private static void number(final StringBuilder line, final String name, final long value) {
        if (value != 0) {
            line.append(' ').append(name).append('=').append(value);
        }
    }

    private static void token(final StringBuilder line, final String name, final long value) {
        if (Token.isValid(value)) {
            line.append(' ').append(name).append('=');
            line.append(Token.term(value)).append('/').append(Token.serial(value));
        } else {
            number(line, name, value);
        }
    }

    private static long token(final String value) {
        final int slash = value.indexOf('/');
        return slash < 0
                ? Long.parseLong(value)
                : Token.of(Long.parseLong(value.substring(0, slash)), Long.parseLong(value.substring(slash + 1)));
    }

    private static String escape(final String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final boolean plain = c > ' ' && c != '%' && c != 0x7F && c != '#';
            if (!plain && escaped == null) {
                escaped = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (escaped != null) {
                if (plain) {
                    escaped.append(c);
                } else {
                    escaped.append('%').append(HEX.toHexDigits((byte) c));
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static String unescape(final String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        final StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                plain.append(text.charAt(i));
            } else if (i + 2 < text.length()) {
                plain.append((char) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                throw new IllegalArgumentException("% stands before two hexadecimal digits: text=" + text);
            }
        }
        return plain.toString();
    }
}
