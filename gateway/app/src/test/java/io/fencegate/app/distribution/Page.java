package io.fencegate.app.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown as a list of steps: a block of commands, and what they print if the page tells. */
record Page(List<Step> steps) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    /** Commands, and the lines that they print; {@code …} stands for anything, and alone on a line for any lines. */
    record Step(String commands, List<String> expected) {
        /** Whether the commands printed what the page says. */
        boolean isMetBy(final List<String> printed) {
            final StringBuilder pattern = new StringBuilder();
            for (final String line : expected) {
                if (line.equals("…")) {
                    pattern.append("(?:[^\\n]*\\n)*");
                } else {
                    pattern.append(Pattern.quote(line).replace("…", "\\E[^\\n]*\\Q"))
                            .append("\\n");
                }
            }
            final String text = String.join("\n", printed) + (printed.isEmpty() ? "" : "\n");
            return Pattern.matches(pattern.toString(), text);
        }
    }

    static Page read(final Path file) throws IOException {
        final List<Step> steps = new ArrayList<>();
        final Matcher blocks = BLOCK.matcher(Files.readString(file));
        while (blocks.find()) {
            final String kind = blocks.group(1);
            if (kind.equals("sh")) {
                steps.add(new Step(blocks.group(2), List.of()));
            } else if (kind.equals("text")) {
                final Step last = steps.remove(steps.size() - 1);
                steps.add(new Step(last.commands(), blocks.group(2).lines().toList()));
            }
        }
        return new Page(steps);
    }
}
