package io.fencegate.benchmarks.latency;

import io.fencegate.journal.JournalReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Does something to a journal, again and again, on a thread of its own, while its gateway is measured. What it did is
 * counted: a disturbance that did nothing would leave a flattering figure.
 *
 * <p>Started and ended by the rig's thread.
 */
final class Disturbance {
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long JOIN_MS = TimeUnit.SECONDS.toMillis(10);
    private static final int RECORDS_MAX = 256;

    private final Work work;
    private Thread thread;
    private volatile boolean isOver;
    private volatile Exception failure;
    private volatile long done;

    private Disturbance(final Work work) {
        this.work = work;
    }

    /** Syncs the journal's files, each one whole, with a millisecond between. @param journal its directory */
    static Disturbance sync(final Path journal) {
        return new Disturbance(disturbance -> {
            final List<Path> files = files(journal);
            for (final Path file : files) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    channel.force(false);
                }
            }
            LockSupport.parkNanos(PARK_NS);
            return files.size();
        });
    }

    /** Replays the journal as an audit does, every checksum verified, from its begin. @param journal its directory */
    static Disturbance audit(final Path journal) {
        return new Disturbance(disturbance -> {
            long records = 0;
            try (JournalReader reader = JournalReader.open(journal)) {
                int polled = 1;
                while (polled > 0 && !disturbance.isOver) {
                    polled = reader.poll(record -> {}, RECORDS_MAX);
                    records += polled;
                }
            }
            return records;
        });
    }

    private static List<Path> files(final Path journal) throws IOException {
        try (Stream<Path> all = Files.walk(journal)) {
            return all.filter(path -> path.toString().endsWith(".cq4")).toList();
        }
    }

    void begin() {
        isOver = false;
        done = 0;
        thread = new Thread(this::run, "disturbance");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!isOver) {
                done += work.once(this);
            }
        } catch (final IOException | RuntimeException e) {
            failure = e;
        }
    }

    /**
     * Ends it.
     *
     * @return how much it did: files synced, or records read
     */
    long end() throws InterruptedException {
        isOver = true;
        thread.join(JOIN_MS);
        if (thread.isAlive() || failure != null || done == 0) {
            throw new IllegalStateException(
                    "the disturbance did not disturb: done=" + done + " isAlive=" + thread.isAlive(), failure);
        }
        return done;
    }

    /** One turn of it. */
    private interface Work {
        long once(Disturbance disturbance) throws IOException;
    }
}
