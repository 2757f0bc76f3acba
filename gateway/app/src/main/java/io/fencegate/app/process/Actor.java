package io.fencegate.app.process;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;

/**
 * A process that does what it is told: a client, or a storage.
 *
 * @param process that it runs in
 * @param ready what it said when it was
 */
public record Actor(ChildProcess process, Facts ready) {
    private static final long ANSWER_TIMEOUT_MS = 45_000;

    /**
     * Tells it what to do; it may be stopped at the moment, and does it later.
     *
     * @param order to do
     */
    public void tell(final Facts order) {
        process.send(order.toString());
    }

    /**
     * Waits for what became of the oldest order that has no answer yet.
     *
     * @return the answer
     */
    public Facts await() {
        return Facts.parse(process.await(ANSWER_TIMEOUT_MS));
    }

    /**
     * Tells it what to do and waits until it is done.
     *
     * @param order to do
     * @param word of the answer that the story needs
     * @return the answer
     * @throws CommandException VIOLATION if it answers with another word
     */
    public Facts demand(final Facts order, final String word) {
        tell(order);
        final Facts answer = await();
        if (!answer.word().equals(word)) {
            throw new CommandException(
                    ExitCode.VIOLATION,
                    "the story broke off: " + process.name() + " was told to " + order.word() + " and answered "
                            + answer.describe() + " where " + word + " was due");
        }
        return answer;
    }
}
