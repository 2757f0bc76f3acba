package io.fencegate.benchmarks.peers.load;

/** A peer took a write that it had to refuse, refused one that it had to take, or holds another payload than was written. */
public final class WrongReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The run is void. @param facts as {@code name=value} */
    public WrongReplyException(final String facts) {
        super(facts);
    }
}
