package io.fencegate.core.fence;

import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The slow and obvious twin of the fence table: the oracle. It shares no code with it. */
final class MapFenceTable implements FenceTable {
    private static final class Resource {
        private final int handle;
        private final byte[] name;
        private final CRC32C running = new CRC32C();
        private long token;
        private long clientId;
        private long seal;
        private long owner;
        private long sequence;
        private long lastToken;
        private long lastSequence;
        private int lastPayloadCrc;
        private long lastGeneration;
        private long lastPosition;
        private long lastLocator;

        private Resource(final int handle, final byte[] name) {
            this.handle = handle;
            this.name = name;
        }
    }

    private final Map<List<Byte>, Resource> byName = new HashMap<>();
    private final List<Resource> byHandle = new ArrayList<>();
    private final int capacity;
    private final int nameBytesMax;
    private final int payloadLengthMax;

    MapFenceTable(final int capacity, final int nameBytesMax, final int payloadLengthMax) {
        this.capacity = capacity;
        this.nameBytesMax = nameBytesMax;
        this.payloadLengthMax = payloadLengthMax;
    }

    @Override
    public Verdict checkOpen(final OpenRequest request, final boolean sealVerified, final boolean room) {
        final Resource resource = byName.get(key(request));
        if (!sealVerified) {
            return Verdict.BAD_SEAL;
        }
        if (resource != null && request.token() < resource.token) {
            return Verdict.STALE_TOKEN;
        }
        if (resource != null && request.token() == resource.token && request.clientId() != resource.clientId) {
            return Verdict.NOT_OWNER;
        }
        if (resource != null && request.token() == resource.token) {
            return Verdict.OPENED;
        }
        if (resource == null && isFull(request)) {
            return Verdict.TABLE_FULL;
        }
        if (!room) {
            return Verdict.STORAGE_FULL;
        }
        return Verdict.OPENED;
    }

    @Override
    public int raise(final OpenRequest request) {
        Resource resource = byName.get(key(request));
        if (request.token() <= (resource == null ? 0 : resource.token)) {
            throw new IllegalStateException("token too low");
        }
        if (resource == null) {
            if (isFull(request)) {
                throw new IllegalStateException("table is full");
            }
            resource = new Resource(
                    byHandle.size(), bytes(request.nameBuffer(), request.nameOffset(), request.nameLength()));
            byHandle.add(resource);
            byName.put(key(request), resource);
        }
        resource.token = request.token();
        resource.clientId = request.clientId();
        resource.seal = request.seal();
        resource.owner = NO_SESSION;
        resource.sequence = 0;
        resource.running.reset();
        return resource.handle;
    }

    @Override
    public void suspend(final int handle) {
        resource(handle).owner = NO_SESSION;
    }

    @Override
    public Verdict opened(final int handle, final long token, final long clientId, final long session) {
        final Resource resource = resource(handle);
        if (token > resource.token || session == NO_SESSION) {
            throw new IllegalStateException("never opened");
        }
        if (token < resource.token) {
            return Verdict.STALE_TOKEN;
        }
        if (clientId != resource.clientId) {
            return Verdict.NOT_OWNER;
        }
        resource.owner = session;
        return Verdict.OPENED;
    }

    @Override
    public Verdict checkWrite(final long session, final WriteRequest request, final boolean room) {
        if (request.handle() < 0 || request.handle() >= byHandle.size()) {
            return Verdict.UNKNOWN_RESOURCE;
        }
        final Resource resource = byHandle.get(request.handle());
        if (request.token() < resource.token) {
            return Verdict.STALE_TOKEN;
        }
        if (request.token() > resource.token || resource.owner == NO_SESSION) {
            return Verdict.NOT_OPEN;
        }
        if (session != resource.owner) {
            return Verdict.NOT_OWNER;
        }
        if (request.sequence() == resource.sequence && request.payloadCrc() != resource.lastPayloadCrc) {
            return Verdict.PAYLOAD_MISMATCH;
        }
        if (request.sequence() <= resource.sequence) {
            return Verdict.DUPLICATE;
        }
        if (request.sequence() != resource.sequence + 1) {
            return Verdict.SEQUENCE_GAP;
        }
        if (request.payloadLength() > payloadLengthMax) {
            return Verdict.TOO_LARGE;
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes(request.payloadBuffer(), request.payloadOffset(), request.payloadLength()));
        if ((int) crc.getValue() != request.payloadCrc()) {
            return Verdict.CORRUPT_PAYLOAD;
        }
        return room ? Verdict.ACCEPTED : Verdict.STORAGE_FULL;
    }

    @Override
    public void accepted(
            final int handle, final long token, final long sequence, final int payloadCrc, final RecordRef record) {
        final Resource resource = resource(handle);
        if (token != resource.token || sequence != resource.sequence + 1) {
            throw new IllegalStateException("not next");
        }
        resource.sequence = sequence;
        resource.lastToken = token;
        resource.lastSequence = sequence;
        resource.lastPayloadCrc = payloadCrc;
        resource.lastGeneration = record.generation();
        resource.lastPosition = record.position();
        resource.lastLocator = record.locator();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            resource.running.update(payloadCrc >>> shift);
        }
    }

    @Override
    public void disown(final int handle, final long session) {
        if (resource(handle).owner == session) {
            resource(handle).owner = NO_SESSION;
        }
    }

    @Override
    public int find(final OpenRequest request) {
        final Resource resource = byName.get(key(request));
        return resource == null ? NO_HANDLE : resource.handle;
    }

    @Override
    public int size() {
        return byHandle.size();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public long token(final int handle) {
        return resource(handle).token;
    }

    @Override
    public long clientId(final int handle) {
        return resource(handle).clientId;
    }

    @Override
    public long seal(final int handle) {
        return resource(handle).seal;
    }

    @Override
    public long owner(final int handle) {
        return resource(handle).owner;
    }

    @Override
    public long sequenceLast(final int handle) {
        return resource(handle).sequence;
    }

    @Override
    public int runningCrc(final int handle) {
        return (int) resource(handle).running.getValue();
    }

    @Override
    public long lastToken(final int handle) {
        return resource(handle).lastToken;
    }

    @Override
    public long lastSequence(final int handle) {
        return resource(handle).lastSequence;
    }

    @Override
    public int lastPayloadCrc(final int handle) {
        return resource(handle).lastPayloadCrc;
    }

    @Override
    public void lastRecord(final int handle, final RecordRef record) {
        final Resource resource = resource(handle);
        record.set(resource.lastGeneration, resource.lastPosition, resource.lastLocator);
    }

    @Override
    public int copyName(final int handle, final MutableDirectBuffer buffer, final int offset) {
        final byte[] name = resource(handle).name;
        buffer.putBytes(offset, name);
        return name.length;
    }

    @Override
    public void close() {
        byName.clear();
        byHandle.clear();
    }

    private boolean isFull(final OpenRequest request) {
        int nameBytes = request.nameLength();
        for (final Resource resource : byHandle) {
            nameBytes += resource.name.length;
        }
        return byHandle.size() == capacity || nameBytes > nameBytesMax;
    }

    private Resource resource(final int handle) {
        if (handle < 0 || handle >= byHandle.size()) {
            throw new IllegalStateException("no such handle");
        }
        return byHandle.get(handle);
    }

    private static List<Byte> key(final OpenRequest request) {
        final List<Byte> key = new ArrayList<>();
        for (final byte b : bytes(request.nameBuffer(), request.nameOffset(), request.nameLength())) {
            key.add(b);
        }
        return key;
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        if (length > 0) {
            buffer.getBytes(offset, bytes);
        }
        return bytes;
    }
}
