package io.fencegate.client.error;

import java.util.HexFormat;

/**
 * The gateway is not the one that this client knew: it has another journal, or an earlier generation of the same one
 * (its directory was lost, or came back from a backup). What it had acknowledged may be gone. Writers of that time have
 * stopped; a new grant may be opened once an operator has looked.
 *
 * <p>Immutable; any thread.
 */
public final class GatewayWentBackException extends FencegateException {
    private static final long serialVersionUID = 1L;

    private final long journalIdKnown;
    private final long generationKnown;
    private final long journalIdFound;
    private final long generationFound;

    /**
     * States what was known and what was found.
     *
     * @param journalIdKnown journal that the gateway had before
     * @param generationKnown its latest generation
     * @param journalIdFound journal that the gateway has now
     * @param generationFound its generation
     */
    public GatewayWentBackException(
            final long journalIdKnown,
            final long generationKnown,
            final long journalIdFound,
            final long generationFound) {
        super(
                "the gateway went back: it has another journal than before, or an earlier generation of it;"
                        + " acknowledged writes may be gone, so find out why before you write under a new grant:"
                        + " journalIdKnown=" + HexFormat.of().toHexDigits(journalIdKnown) + " generationKnown="
                        + generationKnown + " journalIdFound=" + HexFormat.of().toHexDigits(journalIdFound)
                        + " generationFound=" + generationFound,
                null);
        this.journalIdKnown = journalIdKnown;
        this.generationKnown = generationKnown;
        this.journalIdFound = journalIdFound;
        this.generationFound = generationFound;
    }

    /** Journal that the gateway had before. @return its random identity */
    public long journalIdKnown() {
        return journalIdKnown;
    }

    /** Latest generation that the gateway had told. @return from 1 */
    public long generationKnown() {
        return generationKnown;
    }

    /** Journal that the gateway has now. @return its random identity */
    public long journalIdFound() {
        return journalIdFound;
    }

    /** Generation that the gateway tells now. @return from 1 */
    public long generationFound() {
        return generationFound;
    }
}
