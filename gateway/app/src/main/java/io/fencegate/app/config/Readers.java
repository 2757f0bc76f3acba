package io.fencegate.app.config;

import io.aeron.ChannelUri;
import io.fencegate.core.access.Principal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The readers of the settings' types: numbers, sizes, durations, choices, paths.
 *
 * <p>Pure functions; any thread.
 */
public final class Readers {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h)");
    private static final Pattern ENDPOINT = Pattern.compile("[^|?,=\\s]+:(\\d{1,5})");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})([kmg]?)");

    private static final String CHANNEL_EXPECTED =
            "expected a channel like aeron:ipc or aeron:udp?endpoint=host:port|control=host:port";
    private static final int PORT_MAX = 65_535;

    private Readers() {}

    /**
     * Any text.
     *
     * @return its reader
     */
    public static SettingReader<String> text() {
        return text -> text;
    }

    /**
     * A whole number.
     *
     * @param min lowest value
     * @param max highest value
     * @return its reader
     */
    public static SettingReader<Integer> integer(final int min, final int max) {
        return text -> {
            final String expected = "expected a whole number from " + min + " to " + max;
            try {
                return (int) within(Long.parseLong(text), min, max, expected);
            } catch (final NumberFormatException notANumber) {
                throw new IllegalArgumentException(expected, notANumber);
            }
        };
    }

    /**
     * A size in bytes: {@code 512}, {@code 64k}, {@code 16m}, {@code 1g}.
     *
     * @param min lowest value
     * @param max highest value
     * @return its reader
     */
    public static SettingReader<Long> size(final long min, final long max) {
        return text -> {
            final String expected =
                    "expected a size like 64k, 16m or 1g, from " + formatSize(min) + " to " + formatSize(max);
            final Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException(expected);
            }
            final int shift = switch (matcher.group(2)) {
                case "k" -> 10;
                case "m" -> 20;
                case "g" -> 30;
                default -> 0;
            };
            final long count = Long.parseLong(matcher.group(1));
            if (count > Long.MAX_VALUE >> shift) {
                throw new IllegalArgumentException(expected);
            }
            return within(count << shift, min, max, expected);
        };
    }

    /**
     * A duration, read as milliseconds: {@code 50ms}, {@code 30s}, {@code 10m}, {@code 24h}.
     *
     * @param minMs lowest value in milliseconds
     * @param maxMs highest value in milliseconds
     * @return its reader
     */
    public static SettingReader<Long> durationMs(final long minMs, final long maxMs) {
        return text -> {
            final String expected = "expected a duration like 50ms, 30s, 10m or 24h, from " + formatMs(minMs) + " to "
                    + formatMs(maxMs);
            final Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException(expected);
            }
            final long unitMs = switch (matcher.group(2)) {
                case "s" -> 1_000L;
                case "m" -> 60_000L;
                case "h" -> 3_600_000L;
                default -> 1L;
            };
            final long count = Long.parseLong(matcher.group(1));
            if (count > Long.MAX_VALUE / unitMs) {
                throw new IllegalArgumentException(expected);
            }
            return within(count * unitMs, minMs, maxMs, expected);
        };
    }

    /**
     * One of an enum's values, written in lower case with hyphens.
     *
     * @param type of the value
     * @param <E> type of the value
     * @return its reader
     */
    public static <E extends Enum<E>> SettingReader<E> choice(final Class<E> type) {
        return text -> {
            final List<String> names = new ArrayList<>();
            for (final E value : type.getEnumConstants()) {
                final String name = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
                if (name.equals(text)) {
                    return value;
                }
                names.add(name);
            }
            throw new IllegalArgumentException("expected one of " + String.join(", ", names));
        };
    }

    /**
     * Yes or no, as {@code true} or {@code false}.
     *
     * @return its reader
     */
    public static SettingReader<Boolean> yesNo() {
        return text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }

    /**
     * An address and a port: {@code host:port}.
     *
     * @return its reader
     */
    public static SettingReader<String> endpoint() {
        return text -> {
            if (!isEndpoint(text)) {
                throw new IllegalArgumentException("expected host:port, with a port from 1 to 65535");
            }
            return text;
        };
    }

    /**
     * The nodes of a sequencer as a client names them: {@code 0=host:port,1=host:port}; the empty text is none.
     *
     * @return its reader
     */
    public static SettingReader<String> numberedEndpoints() {
        return text -> {
            final String[] nodes = text.split(",", -1);
            for (int i = 0; i < nodes.length && !text.isEmpty(); i++) {
                final String number = i + "=";
                if (!nodes[i].startsWith(number) || !isEndpoint(nodes[i].substring(number.length()))) {
                    throw new IllegalArgumentException(
                            "expected the nodes as 0=host:port,1=host:port,2=host:port, counted from 0");
                }
            }
            return text;
        };
    }

    /**
     * The name of a principal.
     *
     * @return its reader
     */
    public static SettingReader<String> principal() {
        return text -> {
            if (!Principal.isName(text)) {
                throw new IllegalArgumentException(Principal.RULE);
            }
            return text;
        };
    }

    /**
     * A channel as Aeron writes it.
     *
     * @return its reader
     */
    public static SettingReader<String> channel() {
        return text -> {
            channelOf(text);
            return text;
        };
    }

    /**
     * A gateway's channel; the empty text is none.
     *
     * @return its reader
     */
    public static SettingReader<String> gatewayChannel() {
        return text -> {
            if (!text.isEmpty()) {
                final ChannelUri channel = channelOf(text);
                if (!channel.isIpc() && (channel.get("endpoint") == null || channel.get("control") == null)) {
                    throw new IllegalArgumentException(CHANNEL_EXPECTED);
                }
            }
            return text;
        };
    }

    /**
     * Values separated by commas; the empty text is none.
     *
     * @param reader of each value
     * @param <T> type of each value
     * @return its reader
     */
    public static <T> SettingReader<List<T>> list(final SettingReader<T> reader) {
        return text -> {
            final List<T> values = new ArrayList<>();
            if (!text.isEmpty()) {
                for (final String part : text.split(",", -1)) {
                    values.add(reader.read(part.strip()));
                }
            }
            return List.copyOf(values);
        };
    }

    /**
     * A path of this machine.
     *
     * @return its reader
     */
    public static SettingReader<Path> path() {
        return text -> {
            try {
                return Path.of(text).toAbsolutePath().normalize();
            } catch (final InvalidPathException invalid) {
                throw new IllegalArgumentException("expected a path of this machine", invalid);
            }
        };
    }

    /**
     * A value that may be left out by an empty text.
     *
     * @param reader of the value where it is there
     * @param <T> type of the value
     * @return its reader
     */
    public static <T> SettingReader<Optional<T>> optional(final SettingReader<T> reader) {
        final Function<String, Optional<T>> whereThere = text -> Optional.of(reader.read(text));
        return text -> text.isEmpty() ? Optional.empty() : whereThere.apply(text);
    }

    /**
     * A duration as {@link #durationMs} reads it.
     *
     * @param ms in milliseconds
     * @return the text
     */
    public static String formatMs(final long ms) {
        if (ms != 0 && ms % 3_600_000 == 0) {
            return ms / 3_600_000 + "h";
        }
        return ms % 1_000 == 0 ? ms / 1_000 + "s" : ms + "ms";
    }

    private static ChannelUri channelOf(final String text) {
        try {
            return ChannelUri.parse(text);
        } catch (final IllegalArgumentException noChannel) {
            throw new IllegalArgumentException(CHANNEL_EXPECTED, noChannel);
        }
    }

    private static boolean isEndpoint(final String text) {
        final Matcher matcher = ENDPOINT.matcher(text);
        return matcher.matches()
                && Integer.parseInt(matcher.group(1)) >= 1
                && Integer.parseInt(matcher.group(1)) <= PORT_MAX;
    }

    private static String formatSize(final long bytes) {
        for (int i = 3; i > 0; i--) {
            if (bytes != 0 && bytes % (1L << 10 * i) == 0) {
                return (bytes >> 10 * i) + "?kmg".substring(i, i + 1);
            }
        }
        return Long.toString(bytes);
    }

    private static long within(final long value, final long min, final long max, final String expected) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(expected);
        }
        return value;
    }
}
