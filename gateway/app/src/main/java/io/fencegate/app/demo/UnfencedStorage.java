package io.fencegate.app.demo;

import io.fencegate.app.process.Facts;
import io.fencegate.core.grant.Grant;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.agrona.CloseHelper;

/**
 * The storage without a gateway: a file server that writes where it is told. The client goes on behind what it wrote
 * last, as every program does that has a file open.
 *
 * <p>One thread.
 */
final class UnfencedStorage implements DemoStorage {
    /** Length of a line, its line feed included: lines of equal length show best what was overwritten. */
    static final int LINE_LENGTH = 48;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private long offset;

    UnfencedStorage(final int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    @Override
    public Facts open(final Grant grant) throws IOException {
        offset = call(NaiveStorage.END, new byte[0]);
        return Facts.of("opened").with("offset", offset);
    }

    @Override
    public Facts write(final String text) throws IOException {
        final String line = String.format("%-" + (LINE_LENGTH - 1) + "s%n", text);
        final long written = offset;
        offset = call(offset, line.getBytes(StandardCharsets.UTF_8));
        return Facts.of("accepted").with("verdict", "written").with("offset", written);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(in, out, socket);
    }

    private long call(final long at, final byte[] bytes) throws IOException {
        out.writeLong(at);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
        return in.readLong();
    }
}
