package io.fencegate.core.fence;

/** The twin keeps the contract, or its word would be worth nothing. */
final class MapFenceTableTest extends FenceTableContract {
    @Override
    FenceTable create(final int capacity, final int nameBytesMax, final int payloadLengthMax) {
        return new MapFenceTable(capacity, nameBytesMax, payloadLengthMax);
    }
}
