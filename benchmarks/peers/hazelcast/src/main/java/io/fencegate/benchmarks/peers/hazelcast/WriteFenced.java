package io.fencegate.benchmarks.peers.hazelcast;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/** Writes unless somebody opened the entry with a higher token. Runs in a member, in the thread of the entry's partition. */
final class WriteFenced implements EntryProcessor<String, FencedValue, Boolean> {
    private static final long serialVersionUID = 1L;

    private final long token;
    private final byte[] payload;

    WriteFenced(final long token, final byte[] payload) {
        this.token = token;
        this.payload = payload;
    }

    @Override
    public Boolean process(final Map.Entry<String, FencedValue> entry) {
        final FencedValue before = entry.getValue();
        if (before == null || before.fence() > token) {
            return false;
        }
        entry.setValue(new FencedValue(token, payload));
        return true;
    }
}
