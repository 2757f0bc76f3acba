package io.fencegate.journal.recovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * The fences as the records tell them, and what no record may contradict: handles are given densely, one to a name;
 * tokens never fall (S3); sequences under one token are 1, 2, 3 … (S4).
 *
 * <p>Every method that takes a record returns what is wrong with it in words, or null. Pure; one thread.
 */
public final class FenceLedger {
    private final List<FenceState> fences = new ArrayList<>();
    private final Map<String, FenceState> byName = new HashMap<>();

    /** An empty ledger. */
    public FenceLedger() {}

    /**
     * Takes a record.
     *
     * @param record verified by its chain
     * @return what is wrong with it, or null
     */
    public String apply(final RecordView record) {
        return switch (record.kind()) {
            case GENERATION_STARTED -> null;
            case FENCE_RAISED ->
                raised(record.handle(), record.token(), record.clientId(), record.seal(), record.bytes());
            case WRITE_ACCEPTED -> accepted(record);
            case REQUEST_REFUSED -> record.handle() == RecordView.NO_HANDLE ? null : unknown(record.handle());
            case DEFECT -> record.defect();
        };
    }

    /**
     * Takes a raised fence.
     *
     * @param handle of the resource
     * @param token of the fence
     * @param clientId of the grant
     * @param seal of the grant
     * @param name exactly the bytes of the name
     * @return what is wrong with it, or null
     */
    public String raised(
            final int handle, final long token, final long clientId, final long seal, final DirectBuffer name) {
        if (token <= 0) {
            return "token is not positive: handle=" + handle + " token=" + token;
        }
        if (handle == fences.size()) {
            return introduced(handle, token, clientId, seal, name);
        }
        final String unknown = unknown(handle);
        if (unknown != null) {
            return unknown;
        }
        final FenceState fence = fences.get(handle);
        if (!fence.isNamed(name)) {
            return "one handle has two names: handle=" + handle + " name=" + fence.nameText();
        }
        if (token <= fence.token()) {
            return "S3 is broken, the fence does not rise: handle=" + handle + " token=" + token + " fence="
                    + fence.token();
        }
        fence.raise(token, clientId, seal);
        return null;
    }

    private String introduced(
            final int handle, final long token, final long clientId, final long seal, final DirectBuffer name) {
        final FenceState fence = new FenceState(handle, FenceState.copyOf(name));
        final FenceState other = byName.putIfAbsent(fence.nameText(), fence);
        if (other != null) {
            return "one name has two handles: name=" + fence.nameText() + " handle=" + handle + " other="
                    + other.handle();
        }
        fence.raise(token, clientId, seal);
        fences.add(fence);
        return null;
    }

    private String accepted(final RecordView record) {
        final String unknown = unknown(record.handle());
        if (unknown != null) {
            return unknown;
        }
        final FenceState fence = fences.get(record.handle());
        if (record.token() != fence.token()) {
            return "S3 is broken, a write does not bear the fence's token: handle=" + record.handle() + " token="
                    + record.token() + " fence=" + fence.token();
        }
        if (record.sequence() != fence.sequence() + 1) {
            return "S4 is broken, sequences are not 1, 2, 3: handle=" + record.handle() + " token=" + record.token()
                    + " sequence=" + record.sequence() + " expected=" + (fence.sequence() + 1);
        }
        fence.accepted(record.sequence());
        return null;
    }

    private String unknown(final int handle) {
        return handle >= 0 && handle < fences.size()
                ? null
                : "handle was never given: handle=" + handle + " resources=" + fences.size();
    }

    /** Resources so far. @return count; their handles are 0 to size - 1 */
    public int size() {
        return fences.size();
    }

    /** A resource. @param handle of it @return its state */
    public FenceState get(final int handle) {
        return fences.get(handle);
    }
}
