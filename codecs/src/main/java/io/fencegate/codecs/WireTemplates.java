package io.fencegate.codecs;

import io.fencegate.codecs.wire.HelloDecoder;
import io.fencegate.codecs.wire.ReadDecoder;

/**
 * Template ids of the requests that have no refusal of their own, as plain numbers: a {@code RequestRefused} names them.
 *
 * <p>Constants; any thread.
 */
public final class WireTemplates {
    /** Of a hello. */
    public static final int HELLO = HelloDecoder.TEMPLATE_ID;

    /** Of a read. */
    public static final int READ = ReadDecoder.TEMPLATE_ID;

    private WireTemplates() {}
}
