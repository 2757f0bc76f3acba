package io.fencegate.verification.capacity;

/**
 * What the sequencer's service did with many leases.
 *
 * @param fill commands that asked for the leases
 * @param ticks that ended them, their work counted in lease events
 * @param commands that came meanwhile, their work counted in lease events
 * @param granted leases that were granted
 * @param heapBytes of the heap that they take
 * @param listNs a page of leases while all of them were over and none was ended yet
 * @param snapshotBytes of a snapshot of them
 * @param snapshotRecords of that snapshot
 * @param tellNs to encode it
 */
record ServiceFigures(
        Stopwatch fill,
        Stopwatch ticks,
        Stopwatch commands,
        long granted,
        long heapBytes,
        long listNs,
        long snapshotBytes,
        long snapshotRecords,
        long tellNs) {}
