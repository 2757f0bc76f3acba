package io.fencegate.benchmarks.steps.write;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.gateway.GatewayChannels;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * The other side of a client's steps: the product's law, journal and encoders between two streams, served by the very
 * thread of the client whenever that says so. What a gateway has besides (admission, many clients, threads) is not here.
 */
final class InlineGateway implements FragmentHandler, AutoCloseable {
    private static final int FRAGMENT_LIMIT = 32;
    private static final long ROOM_DEADLINE_NS = TimeUnit.SECONDS.toNanos(10);

    private final StepDriver driver;
    private final Subscription requests;
    private Image image;
    private ExclusivePublication answers;
    private LineStage line;

    InlineGateway(final StepDriver driver) {
        this.driver = driver;
        requests = driver.aeron().addSubscription("aeron:ipc", GatewayChannels.REQUEST_STREAM_ID);
    }

    /** Whether a client's requests have come into sight. */
    boolean isFound() {
        return requests.imageCount() > 0;
    }

    /** Gives the client that was found its line. */
    void admit(final int payloadLength) throws Throwable {
        image = requests.imageAtIndex(0);
        answers = driver.aeron()
                .addExclusivePublication(
                        "aeron:ipc?control-mode=response|term-length=" + StepDriver.TERM_LENGTH
                                + "|response-correlation-id=" + image.correlationId(),
                        GatewayChannels.ANSWER_STREAM_ID);
        driver.await("client", answers::isConnected);
        line = new LineStage(payloadLength, answers);
    }

    /** Serves what has come, as a turn of the line does. @return requests and answers */
    int serve() {
        line.turn();
        return image.poll(this, FRAGMENT_LIMIT) + line.release();
    }

    /** Makes fences durable, while opening. */
    void sync() {
        line.journal.fenceLog().sync();
    }

    /** Between two batches: the driver makes room for the next one. */
    void makeRoom() {
        driver.work();
        final long startNs = System.nanoTime();
        while (answers.availableWindow() < StepDriver.TERM_LENGTH >> 2) {
            if (System.nanoTime() - startNs > ROOM_DEADLINE_NS) {
                throw new WrongAnswerException("no room for answers: window=" + answers.availableWindow());
            }
            driver.work();
        }
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        try {
            Doors.onMessage(line.adapter, line.session, buffer, offset, length);
        } catch (final Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    @Override
    public void close() {
        CloseHelper.close(line);
    }
}
