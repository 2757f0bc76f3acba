package io.fencegate.verification.model;

/**
 * How much of everything a configuration of the model has: all behaviours within these bounds are looked at.
 *
 * @param termMax elections in one life of the sequencer
 * @param serialMax grants of one term
 * @param offsetMax steps of the term offset
 * @param livesMax lives of the sequencer
 * @param sequenceMax writes under one token
 * @param crashesMax crashes of the gateway
 */
record Bounds(int termMax, int serialMax, int offsetMax, int livesMax, int sequenceMax, int crashesMax) {
    /**
     * The bounds as constants of a configuration.
     *
     * @return lines of text
     */
    String constants() {
        return """
                    TermMax = %d
                    SerialMax = %d
                    OffsetMax = %d
                    LivesMax = %d
                    SequenceMax = %d
                    CrashesMax = %d
                """.formatted(termMax, serialMax, offsetMax, livesMax, sequenceMax, crashesMax);
    }
}
