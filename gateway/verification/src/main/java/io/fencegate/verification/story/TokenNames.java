package io.fencegate.verification.story;

import io.fencegate.core.grant.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which tokens the numbers of a story stand for. Tokens must be in the order of their names, and no token has two.
 *
 * <p>One thread.
 */
final class TokenNames {
    private static final String NONE = "none";

    private final Map<Long, Long> tokens = new TreeMap<>();
    private final Map<Long, Long> names = new HashMap<>();

    /** The token of a name, or of a name plus a number, in a step. */
    long resolve(final String place, final String name) {
        final String[] parts = name.split("\\+");
        final Long token = tokens.get(Long.parseLong(parts[0]));
        if (token == null) {
            throw new StoryException(place, "nobody was told this token yet: " + name);
        }
        return parts.length == 1 ? token : token + Long.parseLong(parts[1]);
    }

    /** Whether a token is the one of a name. A name that comes up first is given, if it is in order. */
    boolean isNamed(final long token, final String name) {
        if (name.equals(NONE) || token == 0) {
            return name.equals(NONE) && token == 0;
        }
        final long number = Long.parseLong(name);
        final Long known = tokens.get(number);
        if (known != null) {
            return known == token;
        }
        final boolean isInOrder = tokens.entrySet().stream()
                .allMatch(each -> each.getKey() < number == each.getValue() < token && each.getValue() != token);
        if (isInOrder) {
            tokens.put(number, token);
            names.put(token, number);
        }
        return isInOrder;
    }

    /** The name of a token. @return a question mark if it has none */
    String name(final long token) {
        final Long name = names.get(token);
        return name == null ? "?" : name.toString();
    }

    /** A token for a message: its name, and what it is. */
    String describe(final long token) {
        if (token == 0) {
            return NONE;
        }
        return name(token) + " {" + Token.term(token) + "/" + Token.serial(token) + "}";
    }
}
