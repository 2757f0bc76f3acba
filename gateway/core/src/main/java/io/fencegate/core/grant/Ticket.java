package io.fencegate.core.grant;

import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A grant as one line of printable text without spaces, to be passed to another process of the same holder:
 *
 * <pre>
 *   fg1.orders/shard-7.1099511627777.00000000000000ff.30000.0123456789abcdef.f0e1d2c3
 *    |        |              |              |            |          |            |
 *    |    resource         token        clientId       ttlMs      seal      CRC32C of all
 *  version  (%XX for       decimal        hex         decimal      hex      before its dot
 *           other bytes)
 * </pre>
 *
 * A grant has exactly one ticket: a text that {@link #parse} takes is what {@link #format} gives for its grant, so what
 * was cut or altered is noticed. The check value protects against accidents; the seal protects against forgery.
 *
 * <p>Pure functions; any thread.
 */
public final class Ticket {
    private static final String PREFIX = "fg1";
    private static final String KIND = "fg";
    private static final String UNESCAPED = "/_-:@";
    private static final int FIELDS = 7;
    private static final int LENGTH_MAX = 512;
    private static final HexFormat HEX = HexFormat.of();

    private Ticket() {}

    /**
     * Prints a grant.
     *
     * @param grant to print
     * @return its ticket
     */
    public static String format(final Grant grant) {
        final StringBuilder text = new StringBuilder(PREFIX).append('.');
        appendName(text, grant.resource());
        text.append('.').append(grant.token());
        text.append('.').append(HEX.toHexDigits(grant.clientId()));
        text.append('.').append(grant.ttlMs());
        text.append('.').append(HEX.toHexDigits(grant.seal()));
        final int check = check(text, text.length());
        return text.append('.').append(HEX.toHexDigits(check)).toString();
    }

    /**
     * Reads a ticket.
     *
     * @param ticket as printed; white space around it is ignored
     * @return its grant
     * @throws TicketException if it is no ticket, is of another version, or was cut or altered
     */
    public static Grant parse(final String ticket) {
        if (ticket == null || ticket.isBlank()) {
            throw new TicketException("no ticket was given");
        }
        final String text = ticket.strip();
        checkShape(text);
        final String[] fields = text.split("\\.", -1);
        if (fields.length != FIELDS) {
            throw new TicketException("the ticket is cut or altered: fields=" + fields.length + " expected=" + FIELDS);
        }
        final int bodyLength = text.length() - fields[FIELDS - 1].length() - 1;
        if (!HEX.toHexDigits(check(text, bodyLength)).equals(fields[FIELDS - 1])) {
            throw new TicketException("the ticket is cut or altered: its check value is not that of its text");
        }
        final Grant grant = grantOf(fields);
        if (!format(grant).equals(text)) {
            throw new TicketException("the ticket is altered: a ticket of this grant is written otherwise");
        }
        return grant;
    }

    private static void checkShape(final String text) {
        if (!text.startsWith(KIND)) {
            throw new TicketException("this is no ticket: it does not begin with " + PREFIX + ".");
        }
        if (text.length() > LENGTH_MAX) {
            throw new TicketException("this is no ticket: length=" + text.length() + " lengthMax=" + LENGTH_MAX);
        }
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new TicketException("this is no ticket: it has a character that is no printable ASCII");
        }
        final int versionEnd = text.indexOf('.');
        if (versionEnd > KIND.length()
                && !text.startsWith(PREFIX + ".")
                && text.substring(KIND.length(), versionEnd).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new TicketException("the ticket is of version " + text.substring(0, versionEnd)
                    + ", and this program knows " + PREFIX + ": use a newer one");
        }
        if (!text.startsWith(PREFIX + ".")) {
            throw new TicketException("the ticket is altered: its version is not " + PREFIX);
        }
    }

    private static Grant grantOf(final String[] fields) {
        try {
            return new Grant(
                    parseName(fields[1]),
                    Long.parseLong(fields[2]),
                    parseHex(fields[3]),
                    Long.parseLong(fields[4]),
                    parseHex(fields[5]));
        } catch (final NumberFormatException ex) {
            throw new TicketException("the ticket is malformed: one of its fields cannot be read");
        } catch (final IllegalArgumentException ex) {
            throw new TicketException("the ticket is malformed: " + ex.getMessage());
        }
    }

    private static long parseHex(final String field) {
        if (field.length() != 2 * Long.BYTES) {
            throw new NumberFormatException();
        }
        return HexFormat.fromHexDigitsToLong(field);
    }

    private static void appendName(final StringBuilder text, final String name) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[ResourceName.LENGTH_MAX]);
        final int length = ResourceName.encode(name, bytes, 0);
        for (int i = 0; i < length; i++) {
            final byte b = bytes.getByte(i);
            if (isUnescaped(b)) {
                text.append((char) b);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
    }

    private static String parseName(final String field) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[LENGTH_MAX]);
        int length = 0;
        int index = 0;
        while (index < field.length()) {
            final char c = field.charAt(index);
            if (c != '%') {
                bytes.putByte(length++, (byte) c);
                index++;
            } else if (index + 2 < field.length()) {
                bytes.putByte(length++, (byte) HexFormat.fromHexDigits(field, index + 1, index + 3));
                index += 3;
            } else {
                throw new NumberFormatException();
            }
        }
        return ResourceName.decode(bytes, 0, length);
    }

    private static boolean isUnescaped(final byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || UNESCAPED.indexOf(b) >= 0;
    }

    private static int check(final CharSequence text, final int length) {
        final CRC32C crc = new CRC32C();
        for (int i = 0; i < length; i++) {
            crc.update(text.charAt(i));
        }
        return (int) crc.getValue();
    }
}
