package io.fencegate.benchmarks.peers.fake;

import io.fencegate.benchmarks.peers.load.ServerLife;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that sends each byte back, and dies of a zero. */
public final class FakeServer {
    static final int DEADLY = 0;

    private FakeServer() {}

    /**
     * Serves until the input ends.
     *
     * @param args port, directory, durability
     * @throws IOException if the port is taken
     */
    public static void main(final String[] args) throws IOException {
        ServerLife.endWithInput();
        try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                final Socket socket = server.accept();
                new Thread(() -> echo(socket)).start();
            }
        }
    }

    private static void echo(final Socket socket) {
        try (socket) {
            final InputStream input = socket.getInputStream();
            final OutputStream output = socket.getOutputStream();
            for (int read = input.read(); read >= 0; read = input.read()) {
                if (read == DEADLY) {
                    Runtime.getRuntime().halt(1);
                }
                output.write(read);
            }
        } catch (final IOException gone) {
            // So is the client.
        }
    }
}
