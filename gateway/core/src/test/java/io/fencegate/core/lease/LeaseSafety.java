package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Watches what is said to clients, and knows nothing else: no two grants bear one token (S1), every grant's token is
 * above all before (S2), and nobody is granted what somebody else was told to hold still.
 */
final class LeaseSafety {
    private final Map<Long, String> grantOfToken = new HashMap<>();
    private final Map<String, Long> tokenOfName = new HashMap<>();
    private final Map<String, Long> heldUntil = new HashMap<>();
    private final Map<Long, Long> tokenOfClient = new HashMap<>();
    private long tokenHighest;

    long tokenOf(final long clientId) {
        return tokenOfClient.getOrDefault(clientId, 1L);
    }

    void onAnswer(final String line, final long now, final Supplier<String> place) {
        final Map<String, String> facts = new HashMap<>();
        final String[] words = line.split(" ");
        for (final String word : words) {
            final int equals = word.indexOf('=');
            if (equals > 0) {
                facts.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        switch (words[2]) {
            case "GRANTED", "RENEWED" -> held(facts, now, place);
            case "RELEASED" ->
                tokenOfName.values().stream()
                        .filter(token -> token == number(facts.get("token")))
                        .findFirst()
                        .ifPresent(token -> heldUntil.put(nameOf(token), now));
            case "REVOKED" -> revoked(facts, now, place);
            default -> {} // Tells of nobody's lease that it begins or goes on.
        }
    }

    private void held(final Map<String, String> facts, final long now, final Supplier<String> place) {
        final long token = number(facts.get("token"));
        final String name = facts.get("name");
        final String grant = name + " client=" + facts.get("client");
        final String known = grantOfToken.putIfAbsent(token, grant);
        if (known == null) {
            assertTrue(
                    token > tokenHighest, () -> "S2: token=" + token + " highest=" + tokenHighest + " " + place.get());
            assertTrue(heldUntil.getOrDefault(name, 0L) <= now, () -> "two holders: " + name + " " + place.get());
            tokenHighest = token;
            tokenOfName.put(name, token);
            tokenOfClient.put(Long.parseLong(facts.get("client")), token);
            heldUntil.put(name, now);
        } else {
            assertEquals(known, grant, () -> "S1: token=" + token + " " + place.get());
        }
        final long remainingMs = Long.parseLong(facts.get("remaining"));
        assertTrue(remainingMs <= Long.parseLong(facts.get("ttl")), place);
        if (tokenOfName.get(name) == token && remainingMs > 0) {
            heldUntil.merge(name, now + remainingMs, Math::max);
        }
    }

    /** An operator's token is issued like that of a grant; the lease that it ends is over. */
    private void revoked(final Map<String, String> facts, final long now, final Supplier<String> place) {
        final long token = number(facts.get("token"));
        final long revoked = number(facts.get("revoked"));
        final String name = facts.get("name");
        final String grant = name + " client=" + facts.get("client");
        final String known = grantOfToken.putIfAbsent(token, grant);
        if (known != null) {
            assertEquals(known, grant, () -> "S1: token=" + token + " " + place.get());
            return;
        }
        assertTrue(token > tokenHighest && token > revoked, () -> "S2: token=" + token + " " + place.get());
        assertEquals(revoked, tokenOfName.get(name), () -> "not the current token: " + place.get());
        tokenHighest = token;
        heldUntil.put(name, now);
    }

    private String nameOf(final long token) {
        return grantOfToken.get(token).split(" ")[0];
    }

    private static long number(final String token) {
        final String[] parts = token.split("/");
        return Token.of(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
