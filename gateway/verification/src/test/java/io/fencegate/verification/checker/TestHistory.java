package io.fencegate.verification.checker;

import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A history made by hand, under a line that says what it breaks: {@code == breaks S1 S2: why} or {@code == holds: why}.
 *
 * @param about the property that its file is about
 * @param title that line
 * @param broken the properties that it names
 * @param history itself
 */
record TestHistory(Property about, String title, Set<Property> broken, History history) {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "histories");
    private static final String SUFFIX = ".histories";
    private static final String BEGIN = "== ";

    /** All of them. */
    static List<TestHistory> all() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().flatMap(file -> read(file).stream()).toList();
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<TestHistory> read(final Path file) {
        final String name = file.getFileName().toString();
        final Property about = Property.valueOf(name.substring(0, name.length() - SUFFIX.length()));
        final List<TestHistory> histories = new ArrayList<>();
        final List<String> lines = linesOf(file);
        int begin = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).startsWith(BEGIN)) {
                if (lines.get(begin).startsWith(BEGIN)) {
                    histories.add(of(about, lines.get(begin), lines.subList(begin + 1, i)));
                }
                begin = i;
            }
        }
        return histories;
    }

    private static List<String> linesOf(final Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static TestHistory of(final Property about, final String line, final List<String> lines) {
        final String said = line.substring(BEGIN.length());
        final String[] words = said.substring(0, said.indexOf(':')).split(" ");
        final Set<Property> broken = EnumSet.noneOf(Property.class);
        for (int i = 1; i < words.length; i++) {
            broken.add(Property.valueOf(words[i]));
        }
        if (!words[0].equals(broken.isEmpty() ? "holds" : "breaks")) {
            throw new IllegalArgumentException("a history holds, or breaks what it names: line=" + line);
        }
        return new TestHistory(about, said, broken, History.parse(lines));
    }

    @Override
    public String toString() {
        return about + " " + title;
    }
}
