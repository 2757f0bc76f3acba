package io.fencegate.app.demo;

import io.fencegate.app.process.Facts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A storage as most are: it writes what it is told, where it is told, for whoever asks. It knows no tokens, so it cannot
 * know that a lease has ended. Only the demo uses it, to show what fencing prevents.
 *
 * <pre>
 *   request:  offset (8 bytes; END: behind the last byte), length (4 bytes), bytes
 *   answer:   offset behind the bytes (8 bytes)
 * </pre>
 *
 * <p>One thread per client.
 */
public final class NaiveStorage {
    /** As offset: behind the last byte of the file. */
    static final long END = -1;

    private static final int LENGTH_MAX = 1 << 16;

    private NaiveStorage() {}

    /**
     * Serves one file until standard input ends.
     *
     * @param args the file
     * @throws IOException if it cannot be served
     */
    public static void main(final String[] args) throws IOException {
        try (FileChannel file = FileChannel.open(
                        Path.of(args[0]),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            final Thread listener = new Thread(() -> listen(server, file), "listener");
            listener.setDaemon(true);
            listener.start();
            System.out.println(Facts.of("ready").with("port", server.getLocalPort()));
            while (System.in.read() >= 0) {
                // Nothing is asked on standard input: it only ends.
                continue;
            }
        }
    }

    private static void listen(final ServerSocket server, final FileChannel file) {
        while (!server.isClosed()) {
            try {
                final Socket client = server.accept();
                final Thread thread = new Thread(() -> serve(client, file), "client");
                thread.setDaemon(true);
                thread.start();
            } catch (final IOException closed) {
                return;
            }
        }
    }

    private static void serve(final Socket client, final FileChannel file) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                final long offset = in.readLong();
                final int length = in.readInt();
                if (offset < END || length < 0 || length > LENGTH_MAX) {
                    return;
                }
                final ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(length));
                long end = offset == END ? file.size() : offset;
                while (bytes.hasRemaining()) {
                    end += file.write(bytes, end);
                }
                out.writeLong(end);
                out.flush();
            }
        } catch (final EOFException left) {
            return;
        } catch (final IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
