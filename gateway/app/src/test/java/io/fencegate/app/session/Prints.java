package io.fencegate.app.session;

import java.util.List;
import java.util.regex.Pattern;

/** What a command prints, without what differs from run to run: identities, times, ports, who leads. */
final class Prints {
    /** A line of the page that stands for any number of lines. */
    static final String LEFT_OUT = "...";

    /** What is said only when a machine is slow. */
    private static final Pattern IMPATIENT =
            Pattern.compile("fencegate: (waiting for|\\w+ starts, and is not ready|the lease is in danger).*");

    /** A row of sequencer status: how far the node is, and of how many clients it knows by now. */
    private static final Pattern NODE = Pattern.compile("^\\d ROLE ");

    private static final String[][] VARYING = {
        {"fg1\\.[^ \"]+", "TICKET"},
        {"\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME"},
        {"-[0-9a-f]{5,8}(?![0-9a-f])", "-CRC"},
        {"\\b[0-9a-f]{16}\\b", "ID"},
        {"localhost:\\d+", "localhost:PORT"},
        {"\\b(LEADER|FOLLOWER)\\b", "ROLE"},
        {"syncedPosition=\\d+", "syncedPosition=N"},
        {"leader: node \\d", "leader: node N"},
        {"\\b\\d{3,}\\b", "N"},
        {"\\b\\d{3,}ms\\b", "Nms"},
        {" +", " "},
    };

    private Prints() {}

    /** Whether a command printed what the page says. */
    static boolean match(final List<String> page, final List<String> printed) {
        if (page.isEmpty()) {
            return printed.isEmpty();
        }
        if (page.get(0).equals(LEFT_OUT)) {
            for (int skipped = 0; skipped <= printed.size(); skipped++) {
                if (match(page.subList(1, page.size()), printed.subList(skipped, printed.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !printed.isEmpty()
                && plain(page.get(0)).equals(plain(printed.get(0)))
                && match(page.subList(1, page.size()), printed.subList(1, printed.size()));
    }

    /** The lines that are printed whatever the speed of the machine. */
    static List<String> lasting(final String text) {
        return text.lines().filter(line -> !IMPATIENT.matcher(line).matches()).toList();
    }

    private static String plain(final String line) {
        String plain = line;
        for (final String[] rule : VARYING) {
            plain = plain.replaceAll(rule[0], rule[1]);
        }
        return NODE.matcher(plain).find() ? plain.replaceAll("\\d+", "N") : plain.strip();
    }
}
