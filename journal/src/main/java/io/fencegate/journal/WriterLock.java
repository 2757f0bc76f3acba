package io.fencegate.journal;

import io.fencegate.journal.disk.JournalDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a gateway the only writer of a journal: a lock of the operating system, gone with its process however that ends.
 *
 * <p>Any thread. Closing any channel of a locked file gives the process's locks on it away, so a second attempt of this
 * process must be refused before it opens the file.
 */
final class WriterLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private WriterLock(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static WriterLock take(final JournalDirectory directory) {
        final Path path;
        try {
            path = directory.root().toRealPath().resolve(directory.writerLock().getFileName());
        } catch (final IOException e) {
            throw new UncheckedIOException("directory cannot be read: directory=" + directory.root(), e);
        }
        if (!HELD.add(path)) {
            throw new JournalInUseException(directory.root(), "this process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new JournalInUseException(
                        directory.root(), "pid " + Files.readString(path).strip());
            }
            final String pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new WriterLock(path, channel);
        } catch (final IOException e) {
            release(path, channel);
            throw new UncheckedIOException("writer's lock cannot be taken: file=" + path, e);
        } catch (final JournalInUseException | OverlappingFileLockException e) {
            release(path, channel);
            throw e;
        }
    }

    private static void release(final Path path, final FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("writer's lock cannot be closed: file=" + path, e);
        } finally {
            HELD.remove(path);
        }
    }

    @Override
    public void close() {
        release(path, channel);
    }
}
