package io.fencegate.verification.story.real;

import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.LastRecord;
import io.fencegate.client.Receipt;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Told;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/** Speaks through the shipped client library: it counts the sequences, and comes back from lost sessions by itself. */
final class LibraryPen implements GatewayPen {
    private record Place(String resource, long token) {}

    private final FencegateClient client;
    private final Map<Place, FencedWriter> writers = new HashMap<>();

    LibraryPen(final FencegateClient client) {
        this.client = client;
    }

    @Override
    public Told open(final Grant grant) {
        final Place place = new Place(grant.resource(), grant.token());
        return ask(() -> {
            CloseHelper.close(writers.remove(place));
            final FencedWriter writer = client.open(grant);
            writers.put(place, writer);
            final Opened opened = writer.opened();
            return Told.of(Verdict.OPENED)
                    .fact("sequence", opened.sequenceLast())
                    .token("lastToken", opened.lastToken())
                    .fact("lastSequence", opened.lastSequence())
                    .record(opened.lastGeneration(), opened.lastPosition())
                    .runningCrc(opened.runningCrc());
        });
    }

    @Override
    public Told write(final Call call) {
        final FencedWriter writer = writers.get(new Place(call.resource(), call.token()));
        if (writer == null) {
            throw new IllegalStateException("the library writes only what it has opened: call=" + call);
        }
        return ask(() -> {
            final Receipt receipt = writer.write(call.payload().getBytes(StandardCharsets.UTF_8));
            if (receipt.sequence() != call.sequence()) {
                throw new IllegalStateException("the library counts otherwise: call=" + call + " receipt=" + receipt);
            }
            return Told.of(receipt.verdict()).record(receipt.generation(), receipt.position());
        });
    }

    @Override
    public Told read(final String resource) {
        return ask(() -> {
            final LastRecord last = client.read(resource);
            return Told.of(Verdict.FOUND)
                    .token("token", last.token())
                    .fact("sequence", last.sequence())
                    .fact("payload", new String(last.payload(), StandardCharsets.UTF_8))
                    .record(last.generation(), last.position());
        });
    }

    @Override
    public void onGatewayStopped() {
        // The library finds out.
    }

    @Override
    public void close() {
        CloseHelper.closeAll(writers.values());
    }

    private static Told ask(final Supplier<Told> question) {
        try {
            return question.get();
        } catch (final StaleTokenException stale) {
            return Told.of(stale.verdict())
                    .token("fence", stale.fenceToken())
                    .client("fenceHolder", stale.fenceClientId());
        } catch (final RefusedException refused) {
            return Told.of(refused.verdict());
        } catch (final NotReachableException unreachable) {
            return Told.of(Told.UNANSWERED);
        }
    }
}
