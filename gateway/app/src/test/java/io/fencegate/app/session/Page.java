package io.fencegate.app.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of Markdown with sessions in it: blocks of commands, each behind {@code $}, and what they print. */
final class Page {
    /** A command and the lines that the page says it prints. */
    record Step(String command, List<String> printed) {}

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");
    private static final String PROMPT = "$ ";
    private static final String MORE = "> ";

    private final String text;

    Page(final String text) {
        this.text = text;
    }

    /** Every command of the page, in its order. */
    List<Step> steps() {
        final List<Step> steps = new ArrayList<>();
        final Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            steps.addAll(steps(blocks.group(1)));
        }
        return steps;
    }

    /** The same page with what its commands print now; what the page leaves out stays left out. */
    String renewed(final List<Step> now) {
        final StringBuilder page = new StringBuilder();
        final Matcher blocks = BLOCK.matcher(text);
        int next = 0;
        int end = 0;
        while (blocks.find()) {
            page.append(text, end, blocks.start()).append("```console\n");
            for (final Step before : steps(blocks.group(1))) {
                final Step step = before.printed().contains(Prints.LEFT_OUT) ? before : now.get(next);
                page.append(PROMPT).append(step.command()).append('\n');
                step.printed().forEach(line -> page.append(line).append('\n'));
                next++;
            }
            page.append("```");
            end = blocks.end();
        }
        return page.append(text, end, text.length()).toString();
    }

    private static List<Step> steps(final String block) {
        final List<Step> steps = new ArrayList<>();
        for (final String line : block.split("\n")) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else if (!line.startsWith(MORE)) {
                steps.get(steps.size() - 1).printed().add(line);
            }
        }
        return steps;
    }
}
