package io.fencegate.codecs;

import io.fencegate.codecs.wire.GoodbyeDecoder;
import io.fencegate.codecs.wire.HelloDecoder;
import io.fencegate.codecs.wire.KeepAliveDecoder;
import io.fencegate.codecs.wire.OpenDecoder;
import io.fencegate.codecs.wire.ReadDecoder;
import io.fencegate.codecs.wire.WriteDecoder;

/**
 * Template ids of the requests to a gateway as plain numbers: a {@code RequestRefused} names what it refuses.
 *
 * <p>Constants; any thread.
 */
public final class WireTemplates {
    /** Of a hello. */
    public static final int HELLO = HelloDecoder.TEMPLATE_ID;

    /** Of an open. */
    public static final int OPEN = OpenDecoder.TEMPLATE_ID;

    /** Of a write. */
    public static final int WRITE = WriteDecoder.TEMPLATE_ID;

    /** Of a read. */
    public static final int READ = ReadDecoder.TEMPLATE_ID;

    /** Of a sign of life. */
    public static final int KEEP_ALIVE = KeepAliveDecoder.TEMPLATE_ID;

    /** Of a goodbye. */
    public static final int GOODBYE = GoodbyeDecoder.TEMPLATE_ID;

    private WireTemplates() {}
}
