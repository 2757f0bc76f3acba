package io.fencegate.benchmarks.epsilon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM without a collector writes about its heap: a line whenever another part of it is taken, as fine as it was
 * told, and one at its end. Nothing is asked of the process, for an answer would take of its heap too.
 *
 * <p>Any thread.
 */
final class HeapLog {
    private static final Pattern USED = Pattern.compile("(\\d+)([KMG]) \\([0-9.]+%\\) used");

    private final Path file;

    HeapLog(final Path file) {
        this.file = file;
    }

    /** The flag that has it written. */
    String flag() {
        return "-Xlog:gc:file=" + file;
    }

    /** Heap in use by the last line; nothing if there is none yet. */
    OptionalLong used() throws IOException {
        return Files.exists(file) ? used(Files.readAllLines(file)) : OptionalLong.empty();
    }

    /** Heap in use by the last of some lines that tells, in bytes. */
    static OptionalLong used(final List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            final Matcher matcher = USED.matcher(lines.get(i));
            if (matcher.find()) {
                return OptionalLong.of(Long.parseLong(matcher.group(1)) * unit(matcher.group(2)));
            }
        }
        return OptionalLong.empty();
    }

    private static long unit(final String letter) {
        return switch (letter) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            default -> 1L << 30;
        };
    }
}
