package io.fencegate.tuning;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the files of a profile from the class path, together with the comment that stands above each line. A comment
 * gives the reason of the lines that follow it, up to the next empty line or comment.
 */
final class SettingsReader {
    private SettingsReader() {}

    static List<Setting> settings(final String resource) {
        final List<Setting> settings = new ArrayList<>();
        for (final Line line : lines(resource)) {
            final int split = line.text().indexOf('=');
            if (split <= 0) {
                throw new IllegalStateException("no key in resource=" + resource + " line=" + line.text());
            }
            settings.add(new Setting(
                    line.text().substring(0, split).strip(),
                    line.text().substring(split + 1).strip(),
                    line.reason()));
        }
        return List.copyOf(settings);
    }

    static List<String> arguments(final String resource) {
        return lines(resource).stream().map(Line::text).toList();
    }

    static List<Line> lines(final String resource) {
        final List<Line> lines = new ArrayList<>();
        String reason = "";
        boolean inComment = false;
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(SettingsReader.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
                final String text = raw.strip();
                if (text.startsWith("#")) {
                    final String comment = text.substring(1).strip();
                    reason = inComment ? reason + " " + comment : comment;
                    inComment = true;
                } else {
                    inComment = false;
                    if (text.isEmpty()) {
                        reason = "";
                    } else {
                        lines.add(new Line(text, reason));
                    }
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read resource=" + resource, e);
        }
        return List.copyOf(lines);
    }

    /**
     * A line that is neither empty nor a comment.
     *
     * @param text of the line
     * @param reason from the comment above it, or empty
     */
    record Line(String text, String reason) {}
}
