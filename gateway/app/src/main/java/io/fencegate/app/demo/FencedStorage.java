package io.fencegate.app.demo;

import io.fencegate.app.process.Facts;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.Receipt;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.core.grant.Grant;
import java.nio.charset.StandardCharsets;
import org.agrona.CloseHelper;

/**
 * The storage behind a gateway: every write carries its token, and the gateway checks it.
 *
 * <p>One thread.
 */
final class FencedStorage implements DemoStorage {
    private final FencegateClient client;
    private FencedWriter writer;

    FencedStorage(final FencegateClient client) {
        this.client = client;
    }

    @Override
    public Facts open(final Grant grant) {
        CloseHelper.close(writer);
        try {
            writer = client.open(grant);
            return Facts.of("opened")
                    .with("lastToken", writer.opened().lastToken())
                    .with("lastSequence", writer.opened().lastSequence())
                    .with("sequence", writer.opened().sequenceLast());
        } catch (final RefusedException refused) {
            return refusal(refused);
        }
    }

    @Override
    public Facts write(final String text) {
        try {
            final Receipt receipt = writer.write(text.getBytes(StandardCharsets.UTF_8));
            return Facts.of("accepted")
                    .with("verdict", receipt.verdict())
                    .with("sequence", receipt.sequence())
                    .with("generation", receipt.generation())
                    .with("position", receipt.position());
        } catch (final RefusedException refused) {
            return refusal(refused);
        }
    }

    @Override
    public void close() {
        CloseHelper.close(writer);
    }

    private static Facts refusal(final RefusedException refused) {
        return Facts.of("refused")
                .with("verdict", refused.verdict())
                .with("token", refused.token())
                .with("fenceToken", refused instanceof StaleTokenException stale ? stale.fenceToken() : 0);
    }
}
