package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.sequencer.TestClient.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Every token that was ever told, by whatever node to whatever client: none is told for two grants. One thread. */
final class TokenLedger implements Consumer<Answer> {
    private final Map<Long, String> grants = new HashMap<>();

    @Override
    public void accept(final Answer answer) {
        if (answer.kind().equals("Granted")) {
            final String grant = Long.toHexString(answer.clientId()) + " " + answer.names();
            assertEquals(grant, grants.getOrDefault(answer.token(), grant), answer::toString);
            grants.put(answer.token(), grant);
        }
    }

    /** The highest token that was told beside this one. */
    long highestBut(final long token) {
        return grants.keySet().stream()
                .filter(told -> told != token)
                .mapToLong(told -> told)
                .max()
                .orElseThrow();
    }
}
