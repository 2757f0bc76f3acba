package io.fencegate.benchmarks.steps;

import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.grant.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The program of a process whose only work is a full fence table: every resource opened, with a name of 24 bytes. Prints
 * one line of {@code name=value}: what the table says that it took, how much the process's anonymous memory grew as Linux
 * counts it, and how much more of the heap is in use after collections than with a small table. The heap is taken and
 * touched at the start, and a table was made before, so that neither the collector nor the loading of classes is counted.
 *
 * <p>Main thread.
 */
public final class TableMemory {
    private static final int NAME_LENGTH = 24;
    private static final int REHEARSAL = 1_000;
    private static final long TOKEN = Token.of(1, 1);
    private static final long CLIENT = 7;
    private static final long SESSION = 1;
    private static final String NAME_HEAD = "resource-";

    private final UnsafeBuffer name = new UnsafeBuffer(new byte[NAME_LENGTH]);
    private final OpenRequest open =
            new OpenRequest().name(name, 0, NAME_LENGTH).grant(TOKEN, CLIENT, 0);

    private TableMemory() {
        name.putStringWithoutLengthAscii(0, NAME_HEAD);
    }

    /**
     * Fills a table and prints what it took.
     *
     * @param args how many resources
     * @throws IOException if Linux does not tell the memory of the process
     */
    public static void main(final String[] args) throws IOException {
        final int resources = Integer.parseInt(args[0]);
        final TableMemory program = new TableMemory();
        program.fill(REHEARSAL).close();
        heapInUse();
        anonymousMemory();

        final long heapBefore;
        try (OffHeapFenceTable small = program.fill(REHEARSAL)) {
            heapBefore = heapInUse();
            small.size();
        }
        final long anonymousBefore = anonymousMemory();
        try (OffHeapFenceTable fences = program.fill(resources)) {
            final long heap = heapInUse() - heapBefore;
            final long anonymous = anonymousMemory() - anonymousBefore;
            System.out.println("resources=" + fences.size() + " accounted=" + fences.memoryLength() + " anonymous="
                    + anonymous + " heap=" + heap);
        }
    }

    private OffHeapFenceTable fill(final int resources) {
        final OffHeapFenceTable fences = new OffHeapFenceTable(resources, (long) resources * NAME_LENGTH, 1 << 16, 42);
        for (int i = 0; i < resources; i++) {
            name.putNaturalPaddedIntAscii(NAME_HEAD.length(), NAME_LENGTH - NAME_HEAD.length(), i);
            fences.opened(fences.raise(open), TOKEN, CLIENT, SESSION);
        }
        return fences;
    }

    private static long heapInUse() {
        System.gc();
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long anonymousMemory() throws IOException {
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("Linux does not tell RssAnon: file=/proc/self/status");
    }
}
