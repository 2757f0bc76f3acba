package io.fencegate.storage.line;

import io.aeron.ExclusivePublication;

/** Points the publishers to the client whose turn it is. The line's thread. */
final class AnswerWay {
    private ExclusivePublication publication;

    /**
     * The next client.
     *
     * @param publication that leads to it
     */
    void to(final ExclusivePublication publication) {
        this.publication = publication;
    }

    /** The way to the client whose turn it is. @return its publication */
    ExclusivePublication publication() {
        return publication;
    }
}
