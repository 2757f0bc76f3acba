package io.fencegate.verification.model;

import io.fencegate.core.grant.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Small numbers for the large ones of a trace, in their order: TLC counts to 2^31.
 *
 * <p>A term is the leadership term and, above it, the count of steps of the term offset; leadership terms are numbered as
 * they rank, steps and serials stay as they are.
 *
 * <p>One thread.
 */
final class TraceNumbers {
    private static final int OFFSET_BITS = 16;
    private static final long LEADERSHIP_TERM_MASK = (1L << OFFSET_BITS) - 1;

    private final List<Long> leadershipTerms = new ArrayList<>();
    private final List<String> clients = new ArrayList<>();
    private final Map<Long, String> clientNames = new HashMap<>();
    private final Map<Integer, Long> trueTokens = new HashMap<>();
    private long offsetMax;
    private long serialMax = 1;
    private long sequenceMax = 1;
    private int lives = 1;
    private int recoveries;

    /**
     * Looks at all numbers of a trace.
     *
     * @param steps of it
     * @throws IllegalArgumentException if TLC cannot count so far
     */
    TraceNumbers(final List<TraceStep> steps) {
        final TreeSet<Long> terms = new TreeSet<>();
        terms.add(0L);
        for (final TraceStep step : steps) {
            final long token = step.event().token();
            if (step.step() == ModelStep.TERM_BEGAN) {
                terms.add(token);
            } else if (token != 0) {
                terms.add(leadershipTerm(token));
                offsetMax = Math.max(offsetMax, Token.term(token) >> OFFSET_BITS);
                serialMax = Math.max(serialMax, Token.serial(token));
            }
            sequenceMax = Math.max(sequenceMax, step.event().sequence());
            lives += step.step() == ModelStep.LIFE_BEGAN ? 1 : 0;
            recoveries += step.step() == ModelStep.RECOVERED ? 1 : 0;
            name(step.event().clientId());
        }
        leadershipTerms.addAll(terms);
        // Room above what was seen: a floor is raised beyond the proven token, and no serial is to be the last.
        offsetMax++;
        serialMax++;
        final long tokenHighest = (offsetMax + 1) * leadershipTerms.size() * (serialMax + 1);
        if (tokenHighest > Integer.MAX_VALUE || sequenceMax > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a trace too long for TLC: offsets=" + offsetMax + " terms="
                    + leadershipTerms.size() + " serials=" + serialMax + " sequences=" + sequenceMax);
        }
    }

    /** The leadership term in which a token was issued. @param token as observed @return the term, without its offset */
    static long leadershipTerm(final long token) {
        return Token.term(token) & LEADERSHIP_TERM_MASK;
    }

    private void name(final long clientId) {
        if (clientId != 0 && !clientNames.containsKey(clientId)) {
            final String name = "c" + Long.toHexString(clientId);
            clientNames.put(clientId, name);
            clients.add(name);
        }
    }

    /** The bounds within which the trace stays. @return them */
    Bounds bounds() {
        return new Bounds(
                leadershipTerms.size() - 1, (int) serialMax, (int) offsetMax, lives, (int) sequenceMax, recoveries);
    }

    /** All clients. @return their names in the trace */
    List<String> clients() {
        return clients;
    }

    /** A client. @param clientId of it @return its name in the trace */
    String client(final long clientId) {
        return clientNames.getOrDefault(clientId, "");
    }

    /** A leadership term. @param leadershipTerm as observed @return its number in the trace */
    int term(final long leadershipTerm) {
        return leadershipTerms.indexOf(leadershipTerm);
    }

    /** A token, as the model's {@code Token} counts it. @param token as observed @return its number in the trace; 0: none */
    int token(final long token) {
        if (token == 0) {
            return 0;
        }
        final long offset = Token.term(token) >> OFFSET_BITS;
        final int leadershipTerm = term(leadershipTerm(token));
        final int small =
                (int) ((offset * leadershipTerms.size() + leadershipTerm) * (serialMax + 1) + Token.serial(token));
        trueTokens.put(small, token);
        return small;
    }

    /** What stands for a token in the trace. @param small number @return term/serial; or the number, if it stands for none */
    String trueToken(final int small) {
        final Long token = trueTokens.get(small);
        return token == null ? Integer.toString(small) : Token.term(token) + "/" + Token.serial(token);
    }
}
