package io.fencegate.client;

import io.fencegate.codecs.wire.DescribedEncoder;
import io.fencegate.codecs.wire.FloorKeptEncoder;
import io.fencegate.codecs.wire.FloorRaisedEncoder;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.LeaseEventEncoder;
import io.fencegate.codecs.wire.LeaseRefusedEncoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.QueuedEncoder;
import io.fencegate.codecs.wire.ReleasedEncoder;
import io.fencegate.codecs.wire.RenewedEncoder;
import io.fencegate.codecs.wire.RevokedEncoder;
import io.fencegate.codecs.wire.WaitCancelledEncoder;
import io.fencegate.codecs.wire.WatchingEncoder;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers of a sequencer about the lease of {@code orders}. Every command begins with clientId and requestId. */
final class SequencerAnswers {
    static final long TOKEN = Token.of(1, 7);
    static final long OTHER = Token.of(1, 8);
    static final long OTHER_CLIENT = 4711;

    private SequencerAnswers() {}

    static long clientId(final UnsafeBuffer command) {
        return command.getLong(MessageHeaderDecoder.ENCODED_LENGTH);
    }

    static long requestId(final UnsafeBuffer command) {
        return command.getLong(MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES);
    }

    private static int ended(final int bodyLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
    }

    static ScriptedSequencer.Answer granted(final long ttlMs) {
        return (command, answer) -> ended(new GrantedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .token(TOKEN)
                .seal(1)
                .ttlMs(ttlMs)
                .remainingMs(ttlMs)
                .resource("orders")
                .encodedLength());
    }

    static ScriptedSequencer.Answer queued(final int place) {
        return (command, answer) -> ended(new QueuedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .place(place)
                .encodedLength());
    }

    static ScriptedSequencer.Answer renewed(final long ttlMs, final long seal) {
        return (command, answer) -> ended(new RenewedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .token(TOKEN)
                .seal(seal)
                .ttlMs(ttlMs)
                .remainingMs(ttlMs)
                .encodedLength());
    }

    static ScriptedSequencer.Answer released() {
        return (command, answer) -> ended(new ReleasedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .token(TOKEN)
                .encodedLength());
    }

    static ScriptedSequencer.Answer refused(final LeaseVerdict verdict, final LeaseEnd end) {
        return (command, answer) -> ended(new LeaseRefusedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .currentToken(OTHER)
                .currentHolder(OTHER_CLIENT)
                .verdict((short) verdict.code())
                .reason((short) end.code())
                .encodedLength());
    }

    static ScriptedSequencer.Answer cancelled() {
        return (command, answer) -> ended(new WaitCancelledEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .waitRequestId(0)
                .encodedLength());
    }

    static ScriptedSequencer.Answer described(final long token) {
        return (command, answer) -> ended(new DescribedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .holder(token == 0 ? 0 : OTHER_CLIENT)
                .token(token)
                .ttlMs(20_000)
                .remainingMs(10_000)
                .waiters(2)
                .resource("orders")
                .encodedLength());
    }

    /** The client that asks is the holder itself. */
    static ScriptedSequencer.Answer describedAsOwn(final long token) {
        return (command, answer) -> ended(new DescribedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .holder(clientId(command))
                .token(token)
                .ttlMs(20_000)
                .remainingMs(10_000)
                .waiters(0)
                .resource("orders")
                .encodedLength());
    }

    static ScriptedSequencer.Answer floorRaised(final long termOffset) {
        return (command, answer) -> ended(new FloorRaisedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .termOffset(termOffset)
                .encodedLength());
    }

    static ScriptedSequencer.Answer floorKept(final long termOffset) {
        return (command, answer) -> ended(new FloorKeptEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .termOffset(termOffset)
                .encodedLength());
    }

    static ScriptedSequencer.Answer revoked() {
        return (command, answer) -> ended(new RevokedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .token(OTHER + 1)
                .seal(5)
                .revokedToken(OTHER)
                .revokedHolder(OTHER_CLIENT)
                .resource("orders")
                .encodedLength());
    }

    static ScriptedSequencer.Answer watching(final long revision) {
        return (command, answer) -> ended(new WatchingEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .revision(revision)
                .encodedLength());
    }

    static ScriptedSequencer.Answer event(final long revision) {
        return (command, answer) -> ended(new LeaseEventEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .watchRequestId(requestId(command))
                .clientId(clientId(command))
                .revision(revision)
                .holder(OTHER_CLIENT)
                .token(OTHER)
                .remainingMs(10_000)
                .kind((short) 1)
                .resource("orders")
                .encodedLength());
    }
}
