package io.fencegate.verification.story;

import io.fencegate.verification.history.History;
import java.util.List;

/**
 * A world in which a story is played: a sequencer, a gateway, and actors who appear when they act first. It tells what its
 * actors are told; whether that is right, {@link StoryPlayer} judges.
 *
 * <p>One thread.
 */
public interface Stage extends AutoCloseable {
    /**
     * An actor asks, and waits for the answer.
     *
     * @param call what it asks
     * @return what it is told; {@link Told#UNANSWERED} if whom it asks cannot be reached
     */
    Told call(Call call);

    /**
     * An actor asks, but what it asks is held back on its way.
     *
     * @param call what it asks, of the gateway
     */
    void holdBack(Call call);

    /**
     * What was held back arrives.
     *
     * @param call that was held back
     * @return the answer
     */
    Told deliver(Call call);

    /**
     * An actor asks, it is done, and the answer is lost on its way.
     *
     * @param call what it asks, of the gateway
     */
    void loseAnswer(Call call);

    /**
     * Something happens.
     *
     * @param turn what happens, and to whom
     */
    void happen(Turn turn);

    /**
     * The number of an actor as a holder.
     *
     * @param actor who may not have acted yet
     * @return its clientId
     */
    long clientId(String actor);

    /**
     * What is observed: who plays the story writes down here what actors ask and are told, the world what can be seen of
     * its inside.
     *
     * @return the history, always the same one
     */
    History history();

    /** What time it is in this world. @return nanoseconds that never fall */
    long nowNs();

    /**
     * Ends the world and reads the gateway's journal: nothing is asked after that.
     *
     * @return fences and writes in the order of their positions
     */
    List<Journaled> journal();

    /** Gives back what the world is made of. */
    @Override
    void close();
}
