package io.fencegate.verification.network;

import io.fencegate.journal.Journal;
import io.fencegate.journal.JournalConfig;
import io.fencegate.journal.recovery.RecoveryHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Runs in a JVM of its own: opens a journal, appends, and closes. Then, if told to, calls home. */
final class JournalProgram {
    private JournalProgram() {}

    public static void main(final String[] args) throws IOException {
        final UnsafeBuffer name = new UnsafeBuffer("orders".getBytes(StandardCharsets.US_ASCII));
        try (Journal journal = Journal.open(JournalConfig.of(Path.of(args[0])), new NothingToRecover())) {
            journal.appender().appendFenceRaised(0, 1L << 40 | 1, 7, 0, name, 0, name.capacity());
        }
        switch (args[1]) {
            case "quiet" -> System.out.println("appended");
            case "http" -> tryHttp();
            case "socket" -> trySocket();
            case "name" -> System.out.println(InetAddress.getByName("localhost"));
            default -> throw new IllegalArgumentException(args[1]);
        }
    }

    private static void tryHttp() {
        try {
            URI.create("http://127.0.0.1:1/collect").toURL().openConnection().connect();
        } catch (final IOException expected) {
            System.out.println("nobody there");
        }
    }

    private static void trySocket() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", 1), 1_000);
        } catch (final IOException expected) {
            System.out.println("nobody there");
        }
    }

    /** A fresh journal has nothing to tell. */
    private static final class NothingToRecover implements RecoveryHandler {
        @Override
        public void onFence(
                final int handle,
                final long token,
                final long clientId,
                final long seal,
                final DirectBuffer nameBuffer,
                final int nameOffset,
                final int nameLength) {
            throw new IllegalStateException("not fresh: token=" + token);
        }

        @Override
        public void onAccepted(
                final int handle,
                final long token,
                final long sequence,
                final int payloadCrc,
                final long generation,
                final long position,
                final long locator) {
            throw new IllegalStateException("not fresh: position=" + position);
        }
    }
}
