package io.fencegate.core.fence;

/** Makes the fence table under test. */
@FunctionalInterface
interface FenceTableFactory {
    FenceTable create(int capacity, int nameBytesMax, int payloadLengthMax);
}
