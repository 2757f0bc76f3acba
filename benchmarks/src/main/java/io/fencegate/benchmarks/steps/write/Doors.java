package io.fencegate.benchmarks.steps.write;

import io.aeron.ExclusivePublication;
import io.fencegate.client.gateway.GatewaySession;
import io.fencegate.journal.Journal;
import io.fencegate.journal.RecordReader;
import io.fencegate.storage.durability.AppendedPosition;
import io.fencegate.storage.flow.Recorder;
import io.fencegate.storage.flow.RequestHandler;
import io.fencegate.storage.line.GatewayFacts;
import io.fencegate.storage.line.LineAgent;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.agrona.DirectBuffer;

/**
 * Doors into steps that the product shows to nobody: so the very classes of the product are measured, not copies. A
 * handle that is a constant costs what a call costs. Made once; any thread.
 */
final class Doors {
    private static final MethodHandles.Lookup LINE;
    private static final MethodHandles.Lookup CLIENT;
    private static final MethodHandle ON_MESSAGE;
    private static final MethodHandle WRITE;

    static {
        try {
            LINE = MethodHandles.privateLookupIn(LineAgent.class, MethodHandles.lookup());
            CLIENT = MethodHandles.privateLookupIn(GatewaySession.class, MethodHandles.lookup());
            final MethodType onMessage = MethodType.methodType(
                    void.class, Session.class, DirectBuffer.class, int.class, int.class, int.class);
            ON_MESSAGE = LINE.findVirtual(line("RequestAdapter"), "onMessage", onMessage)
                    .asType(onMessage.insertParameterTypes(0, Object.class));
            final MethodType write = MethodType.methodType(
                    long.class, int.class, long.class, long.class, int.class, DirectBuffer.class, int.class, int.class);
            WRITE = CLIENT.findVirtual(requestPublisher(), "write", write)
                    .asType(write.insertParameterTypes(0, Object.class));
        } catch (final ReflectiveOperationException moved) {
            throw new ExceptionInInitializerError(moved);
        }
    }

    private Doors() {}

    private static Class<?> line(final String name) throws ReflectiveOperationException {
        return LINE.findClass(LineAgent.class.getPackageName() + "." + name);
    }

    private static Class<?> requestPublisher() throws ReflectiveOperationException {
        return CLIENT.findClass(GatewaySession.class.getPackageName() + ".RequestPublisher");
    }

    /** What decodes requests. */
    static Object requestAdapter(final RequestHandler handler) throws Throwable {
        return LINE.findConstructor(line("RequestAdapter"), MethodType.methodType(void.class, RequestHandler.class))
                .invoke(handler);
    }

    /** Decodes one message, and hands it on. */
    static void onMessage(
            final Object requestAdapter,
            final Session session,
            final DirectBuffer buffer,
            final int offset,
            final int length)
            throws Throwable {
        ON_MESSAGE.invokeExact(requestAdapter, session, buffer, offset, length, length);
    }

    /** The journal as the law appends to it; also its progress. */
    static Recorder journalRecorder(final Journal journal) throws Throwable {
        final MethodType type = MethodType.methodType(void.class, Journal.class, AppendedPosition.class);
        return (Recorder) LINE.findConstructor(line("JournalRecorder"), type).invoke(journal, new AppendedPosition());
    }

    /** What encodes answers, for one client. */
    static Outlet answerPublisher(
            final ExclusivePublication publication, final GatewayFacts facts, final RecordReader reader)
            throws Throwable {
        final Class<?> wayType = line("AnswerWay");
        final Object way =
                LINE.findConstructor(wayType, MethodType.methodType(void.class)).invoke();
        LINE.findVirtual(wayType, "to", MethodType.methodType(void.class, ExclusivePublication.class))
                .invoke(way, publication);
        final MethodType type = MethodType.methodType(void.class, wayType, GatewayFacts.class, RecordReader.class);
        return (Outlet) LINE.findConstructor(line("AnswerPublisher"), type).invoke(way, facts, reader);
    }

    /** What encodes a client's requests. */
    static Requests requests(final ExclusivePublication publication) throws Throwable {
        return new Requests(CLIENT.findConstructor(
                        requestPublisher(), MethodType.methodType(void.class, ExclusivePublication.class))
                .invoke(publication));
    }

    /** The client's {@code RequestPublisher}. One thread. */
    record Requests(Object publisher) {
        /** Encodes a write and offers it. @return as the publication returned it */
        long write(
                final int handle,
                final long token,
                final long sequence,
                final int payloadCrc,
                final DirectBuffer payload,
                final int offset,
                final int length)
                throws Throwable {
            return (long) WRITE.invokeExact(publisher, handle, token, sequence, payloadCrc, payload, offset, length);
        }
    }
}
