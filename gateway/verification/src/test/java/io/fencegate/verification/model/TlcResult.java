package io.fencegate.verification.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TLC said.
 *
 * @param exitCode 0: no error; 12: an invariant is violated; -1: it was killed
 * @param output all of it
 */
record TlcResult(int exitCode, String output) {
    /** No error was found, and all states were seen. */
    static final int HOLDS = 0;

    /** An invariant is violated. */
    static final int VIOLATED = 12;

    /** TLC was killed, because its time was over. */
    static final int NOT_ENDED = -1;

    private static final Pattern VIOLATION = Pattern.compile("Invariant (\\w+) is violated");
    private static final Pattern DISTINCT = Pattern.compile("([\\d,]+) distinct states found, [\\d,]+ states left");
    private static final Pattern DEPTH = Pattern.compile("depth of the complete state graph search is (\\d+)");

    /**
     * The invariant that is violated.
     *
     * @return its name; empty: none
     */
    String violated() {
        final Matcher matcher = VIOLATION.matcher(output);
        return matcher.find() ? matcher.group(1) : "";
    }

    /**
     * How many distinct states there are.
     *
     * @return the count at the end; 0 if TLC did not come to one
     */
    long distinctStates() {
        final Matcher matcher = DISTINCT.matcher(output);
        long last = 0;
        while (matcher.find()) {
            last = Long.parseLong(matcher.group(1).replace(",", ""));
        }
        return last;
    }

    /**
     * How many states the longest of the shortest behaviours has.
     *
     * @return the depth; 0 if TLC did not come to its end
     */
    int depth() {
        final Matcher matcher = DEPTH.matcher(output);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
