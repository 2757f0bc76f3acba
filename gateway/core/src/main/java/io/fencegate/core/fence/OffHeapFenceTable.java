package io.fencegate.core.fence;

import static io.fencegate.core.fence.FenceSlotDescriptor.LAST_GENERATION_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.LAST_LOCATOR_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.LAST_PAYLOAD_CRC_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.LAST_POSITION_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.LAST_SEQUENCE_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.LAST_TOKEN_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.OWNER_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.RUNNING_CRC_OFFSET;
import static io.fencegate.core.fence.FenceSlotDescriptor.SLOT_LENGTH;
import static io.fencegate.core.fence.FenceSlotDescriptor.SLOT_SHIFT;
import static io.fencegate.core.fence.FenceSlotDescriptor.TOKEN_OFFSET;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * The fence table outside the heap: one allocation, taken at start and never grown, holding a cache line per resource
 * ({@link FenceSlotDescriptor}), what opens need beside it ({@link FenceArena}), and the index of the names
 * ({@link NameIndex}): 96 bytes per resource and its name.
 *
 * <p>No method allocates. One thread.
 */
public final class OffHeapFenceTable implements FenceTable {
    /** Most resources that a table can have room for. */
    public static final int CAPACITY_MAX = 1 << 30;

    private final int capacity;
    private final int payloadLengthMax;
    private final OffHeapRegion region;
    private final long slotsAddress;
    private final FenceArena arena;
    private final NameIndex index;
    private final PayloadCrc payloadCrc = new PayloadCrc();
    private boolean isClosed;
    private int size;

    /**
     * Takes the memory.
     *
     * @param capacity in resources, 1 to {@link #CAPACITY_MAX}
     * @param nameBytesMax of all names together, positive; the table is full when either is used up
     * @param payloadLengthMax longest payload that is accepted, in bytes, positive
     * @param nameSeed by which names are spread over the index: random, and known to no client; decides no verdict
     * @throws IllegalArgumentException if a limit is out of range
     * @throws OutOfMemoryError if the machine has no such memory
     */
    public OffHeapFenceTable(
            final int capacity, final long nameBytesMax, final int payloadLengthMax, final long nameSeed) {
        if (capacity < 1 || capacity > CAPACITY_MAX || nameBytesMax < 1 || payloadLengthMax < 1) {
            throw new IllegalArgumentException("no such table: capacity=" + capacity + " nameBytesMax=" + nameBytesMax
                    + " payloadLengthMax=" + payloadLengthMax);
        }
        this.capacity = capacity;
        this.payloadLengthMax = payloadLengthMax;
        final long slotsLength = (long) capacity * SLOT_LENGTH;
        final long indexLength = OffHeapRegion.align(NameIndex.length(capacity));
        region = new OffHeapRegion(slotsLength + indexLength + FenceArena.length(capacity, nameBytesMax));
        slotsAddress = region.address();
        arena = new FenceArena(slotsAddress + slotsLength + indexLength, capacity, nameBytesMax);
        index = new NameIndex(slotsAddress + slotsLength, capacity, new NameHash(nameSeed), arena);
    }

    @Override
    public Verdict checkOpen(final OpenRequest request, final boolean sealVerified, final boolean room) {
        if (!sealVerified) {
            return Verdict.BAD_SEAL;
        }
        final int handle = find(request);
        if (handle != NO_HANDLE) {
            final long fence = token(handle);
            if (request.token() < fence) {
                return Verdict.STALE_TOKEN;
            }
            if (request.token() == fence) {
                return request.clientId() == arena.clientId(handle) ? Verdict.OPENED : Verdict.NOT_OWNER;
            }
        } else if (isFullFor(request)) {
            return Verdict.TABLE_FULL;
        }
        return room ? Verdict.OPENED : Verdict.STORAGE_FULL;
    }

    @Override
    public int raise(final OpenRequest request) {
        int handle = find(request);
        final long fence = handle == NO_HANDLE ? 0 : token(handle);
        if (request.token() <= fence) {
            throw new IllegalStateException("a fence only rises: token=" + request.token() + " fence=" + fence);
        }
        if (handle == NO_HANDLE) {
            handle = add(request);
        }
        final long slot = slot(handle);
        UnsafeApi.putLong(slot + TOKEN_OFFSET, request.token());
        UnsafeApi.putLong(slot + OWNER_OFFSET, NO_SESSION);
        UnsafeApi.putInt(slot + RUNNING_CRC_OFFSET, 0);
        arena.grant(handle, request.clientId(), request.seal());
        return handle;
    }

    @Override
    public void suspend(final int handle) {
        UnsafeApi.putLong(slot(handle) + OWNER_OFFSET, NO_SESSION);
    }

    @Override
    public Verdict opened(final int handle, final long token, final long clientId, final long session) {
        final long slot = slot(handle);
        final long fence = UnsafeApi.getLong(slot + TOKEN_OFFSET);
        if (token > fence || session == NO_SESSION) {
            throw new IllegalStateException("no open led here: handle=" + handle + " token=" + token + " fence=" + fence
                    + " session=" + session);
        }
        if (token < fence) {
            return Verdict.STALE_TOKEN;
        }
        if (clientId != arena.clientId(handle)) {
            return Verdict.NOT_OWNER;
        }
        UnsafeApi.putLong(slot + OWNER_OFFSET, session);
        return Verdict.OPENED;
    }

    @Override
    public Verdict checkWrite(final long session, final WriteRequest request, final boolean room) {
        final int handle = request.handle();
        if (handle < 0 || handle >= size) {
            return Verdict.UNKNOWN_RESOURCE;
        }
        final long slot = slot(handle);
        final long fence = UnsafeApi.getLong(slot + TOKEN_OFFSET);
        if (request.token() < fence) {
            return Verdict.STALE_TOKEN;
        }
        final long owner = UnsafeApi.getLong(slot + OWNER_OFFSET);
        if (request.token() > fence || owner == NO_SESSION) {
            return Verdict.NOT_OPEN;
        }
        if (session != owner) {
            return Verdict.NOT_OWNER;
        }
        final long sequenceLast = sequenceLastAt(slot);
        if (request.sequence() <= sequenceLast) {
            return isAnotherPayload(slot, request, sequenceLast) ? Verdict.PAYLOAD_MISMATCH : Verdict.DUPLICATE;
        }
        // Not sequence > sequenceLast + 1, which overflows after the highest sequence.
        if (request.sequence() - sequenceLast > 1) {
            return Verdict.SEQUENCE_GAP;
        }
        return checkPayload(request, room);
    }

    @Override
    public void accepted(
            final int handle, final long token, final long sequence, final int payloadCrc, final RecordRef record) {
        final long slot = slot(handle);
        final long fence = UnsafeApi.getLong(slot + TOKEN_OFFSET);
        final long sequenceLast = sequenceLastAt(slot);
        if (token != fence || sequence - sequenceLast != 1) {
            throw new IllegalStateException("this record cannot be next: handle=" + handle + " token=" + token
                    + " fence=" + fence + " sequence=" + sequence + " sequenceLast=" + sequenceLast);
        }
        final int runningCrc = UnsafeApi.getInt(slot + RUNNING_CRC_OFFSET);
        UnsafeApi.putLong(slot + LAST_TOKEN_OFFSET, token);
        UnsafeApi.putLong(slot + LAST_SEQUENCE_OFFSET, sequence);
        UnsafeApi.putLong(slot + LAST_POSITION_OFFSET, record.position());
        UnsafeApi.putLong(slot + LAST_LOCATOR_OFFSET, record.locator());
        UnsafeApi.putLong(slot + LAST_GENERATION_OFFSET, record.generation());
        UnsafeApi.putInt(slot + LAST_PAYLOAD_CRC_OFFSET, payloadCrc);
        UnsafeApi.putInt(slot + RUNNING_CRC_OFFSET, PayloadCrc.fold(runningCrc, payloadCrc));
    }

    @Override
    public void disown(final int handle, final long session) {
        final long slot = slot(handle);
        if (UnsafeApi.getLong(slot + OWNER_OFFSET) == session) {
            UnsafeApi.putLong(slot + OWNER_OFFSET, NO_SESSION);
        }
    }

    @Override
    public int find(final OpenRequest request) {
        if (size == 0) {
            return NO_HANDLE;
        }
        return index.find(request.nameBuffer(), request.nameOffset(), request.nameLength());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    /** Memory that this table took at start, outside the heap. @return in bytes */
    public long memoryLength() {
        return region.lengthTaken();
    }

    @Override
    public long token(final int handle) {
        return UnsafeApi.getLong(slot(handle) + TOKEN_OFFSET);
    }

    @Override
    public long clientId(final int handle) {
        checkHandle(handle);
        return arena.clientId(handle);
    }

    @Override
    public long seal(final int handle) {
        checkHandle(handle);
        return arena.seal(handle);
    }

    @Override
    public long owner(final int handle) {
        return UnsafeApi.getLong(slot(handle) + OWNER_OFFSET);
    }

    @Override
    public long sequenceLast(final int handle) {
        return sequenceLastAt(slot(handle));
    }

    @Override
    public int runningCrc(final int handle) {
        return UnsafeApi.getInt(slot(handle) + RUNNING_CRC_OFFSET);
    }

    @Override
    public long lastToken(final int handle) {
        return UnsafeApi.getLong(slot(handle) + LAST_TOKEN_OFFSET);
    }

    @Override
    public long lastSequence(final int handle) {
        return UnsafeApi.getLong(slot(handle) + LAST_SEQUENCE_OFFSET);
    }

    @Override
    public int lastPayloadCrc(final int handle) {
        return UnsafeApi.getInt(slot(handle) + LAST_PAYLOAD_CRC_OFFSET);
    }

    @Override
    public void lastRecord(final int handle, final RecordRef record) {
        final long slot = slot(handle);
        record.set(
                UnsafeApi.getLong(slot + LAST_GENERATION_OFFSET),
                UnsafeApi.getLong(slot + LAST_POSITION_OFFSET),
                UnsafeApi.getLong(slot + LAST_LOCATOR_OFFSET));
    }

    @Override
    public int copyName(final int handle, final MutableDirectBuffer buffer, final int offset) {
        checkHandle(handle);
        return arena.copyName(handle, buffer, offset);
    }

    @Override
    public void close() {
        isClosed = true;
        size = 0;
        region.close();
    }

    private int add(final OpenRequest request) {
        if (isClosed || isFullFor(request)) {
            throw new IllegalStateException("no room for another resource: size=" + size + " capacity=" + capacity
                    + " nameLength=" + request.nameLength() + " isClosed=" + isClosed);
        }
        final int handle = size;
        index.add(handle, request.nameBuffer(), request.nameOffset(), request.nameLength());
        arena.addName(handle, request.nameBuffer(), request.nameOffset(), request.nameLength());
        size = handle + 1;
        return handle;
    }

    private boolean isFullFor(final OpenRequest request) {
        return size == capacity || !arena.hasRoom(request.nameLength());
    }

    private Verdict checkPayload(final WriteRequest request, final boolean room) {
        final int length = request.payloadLength();
        if (length > payloadLengthMax) {
            return Verdict.TOO_LARGE;
        }
        if (request.payloadCrc() != payloadCrc.compute(request.payloadBuffer(), request.payloadOffset(), length)) {
            return Verdict.CORRUPT_PAYLOAD;
        }
        return room ? Verdict.ACCEPTED : Verdict.STORAGE_FULL;
    }

    private static boolean isAnotherPayload(final long slot, final WriteRequest request, final long sequenceLast) {
        return request.sequence() == sequenceLast
                && request.payloadCrc() != UnsafeApi.getInt(slot + LAST_PAYLOAD_CRC_OFFSET);
    }

    private static long sequenceLastAt(final long slot) {
        final boolean isOfFence = UnsafeApi.getLong(slot + LAST_TOKEN_OFFSET) == UnsafeApi.getLong(slot + TOKEN_OFFSET);
        return isOfFence ? UnsafeApi.getLong(slot + LAST_SEQUENCE_OFFSET) : 0;
    }

    private long slot(final int handle) {
        checkHandle(handle);
        return slotsAddress + ((long) handle << SLOT_SHIFT);
    }

    private void checkHandle(final int handle) {
        if (handle < 0 || handle >= size) {
            throw new IllegalStateException("handle was never given: handle=" + handle + " size=" + size);
        }
    }
}
