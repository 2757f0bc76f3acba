package io.fencegate.benchmarks.peers.hazelcast;

import com.hazelcast.map.EntryProcessor;
import java.util.Map;

/** Opens an entry under a token that is higher than all before. Runs in a member, in the thread of the entry's partition. */
final class RaiseFence implements EntryProcessor<String, FencedValue, Boolean> {
    private static final long serialVersionUID = 1L;

    private final long token;

    RaiseFence(final long token) {
        this.token = token;
    }

    @Override
    public Boolean process(final Map.Entry<String, FencedValue> entry) {
        final FencedValue before = entry.getValue();
        if (before != null && before.fence() >= token) {
            return false;
        }
        entry.setValue(new FencedValue(token, before == null ? new byte[0] : before.value()));
        return true;
    }
}
