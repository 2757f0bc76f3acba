package io.fencegate.codecs;

import io.fencegate.codecs.wire.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes one message with fixed values. */
interface MessageWriter {
    int write(MutableDirectBuffer buffer, MessageHeaderEncoder header);
}
