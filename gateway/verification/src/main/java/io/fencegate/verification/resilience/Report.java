package io.fencegate.verification.resilience;

import io.fencegate.app.process.Facts;

/**
 * One report of a client.
 *
 * <p>Immutable; any thread.
 *
 * @param atNs when it was made, by the machine's monotonic clock
 * @param client number of the client within its process
 * @param facts what it says
 */
record Report(long atNs, int client, Facts facts) {
    /** Reads a report. @param line as the client's process printed it @return the report */
    static Report parse(final String line) {
        final Facts facts = Facts.parse(line);
        return new Report(facts.number("atNs"), (int) facts.number("client"), facts);
    }

    String word() {
        return facts.word();
    }

    boolean is(final String word) {
        return facts.word().equals(word);
    }

    /** Whether it is of this word and about this resource. @param word asked for @param resource asked for */
    boolean is(final String word, final String resource) {
        return is(word) && resource.equals(facts.text("resource"));
    }

    long number(final String name) {
        return facts.number(name);
    }

    String text(final String name) {
        return facts.text(name);
    }
}
