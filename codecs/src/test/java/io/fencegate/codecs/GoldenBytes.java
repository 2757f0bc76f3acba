package io.fencegate.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;

/**
 * The bytes that each message of a schema had when it was last agreed upon, kept as {@code name = hex} in a resource
 * file. Whoever changes them on purpose changes the file, and says so in the changelog.
 */
final class GoldenBytes {
    private static final Pattern MESSAGE = Pattern.compile("<sbe:message\\s+name=\"(\\w+)\"");

    private final Properties golden = new Properties();
    private final String resource;

    GoldenBytes(final String resource) {
        this.resource = resource;
        try (InputStream in = GoldenBytes.class.getResourceAsStream("/golden/" + resource)) {
            assertNotNull(in, "no golden file: resource=" + resource);
            golden.load(in);
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    /** Compares the encoded message with its golden bytes. */
    void assertMatches(final String name, final DirectBuffer buffer, final int length) {
        assertEquals(golden.getProperty(name), hex(buffer, length), "format of " + name + " changed: " + resource);
    }

    /** Each message of the schema has its golden bytes, and nothing else has. */
    void assertCovers(final String schema) throws IOException {
        final Set<String> names = new TreeSet<>();
        final Matcher matcher = MESSAGE.matcher(Files.readString(Path.of("src", "main", "sbe", schema)));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        assertEquals(names, new TreeSet<>(golden.stringPropertyNames()));
    }

    /** The golden bytes of each message, by name. */
    Map<String, byte[]> all() {
        final Map<String, byte[]> bytes = new TreeMap<>();
        for (final String name : golden.stringPropertyNames()) {
            bytes.put(name, HexFormat.of().parseHex(golden.getProperty(name)));
        }
        return bytes;
    }

    private static String hex(final DirectBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
