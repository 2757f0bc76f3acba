package io.fencegate.client.gateway;

import io.fencegate.client.session.writer.WriterSession;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Whose writes the answers of one session are for. A resource has one writer as a rule; where a newer grant was opened
 * in the same session, the older writer still hears its refusals.
 *
 * <p>The client's thread; finding does not allocate.
 */
final class WriterRoutes {
    private final Int2ObjectHashMap<WriterSession> newestByHandle = new Int2ObjectHashMap<>();
    private final List<Older> olders = new ArrayList<>();

    private record Older(int handle, WriterSession writer) {}

    void add(final int handle, final WriterSession writer) {
        final WriterSession before = newestByHandle.put(handle, writer);
        olders.removeIf(older -> older.writer().isOver());
        if (before != null && before.grant().token() != writer.grant().token()) {
            olders.add(new Older(handle, before));
        }
    }

    /** The writer, or null. */
    WriterSession find(final int handle, final long token) {
        final WriterSession newest = newestByHandle.get(handle);
        return newest == null || newest.grant().token() == token ? newest : findOlder(handle, token);
    }

    private WriterSession findOlder(final int handle, final long token) {
        for (int i = 0; i < olders.size(); i++) {
            final Older older = olders.get(i);
            if (older.handle() == handle && older.writer().grant().token() == token) {
                return older.writer();
            }
        }
        return null;
    }
}
