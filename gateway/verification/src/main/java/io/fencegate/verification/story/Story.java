package io.fencegate.verification.story;

import io.fencegate.storage.durability.Durability;
import io.fencegate.verification.history.HistoryHeader;
import io.fencegate.verification.history.Transport;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A story as it was read from its file.
 *
 * <p>Immutable; any thread.
 *
 * @param name of the file
 * @param stages on which it can be played
 * @param head what the lines before the first step tell, by name
 * @param lines its steps
 */
public record Story(String name, Set<StageKind> stages, Map<String, String> head, List<Line> lines) {
    /** Head line: where it can be played; everywhere if there is none. */
    public static final String STAGES = "stages";

    /** Head line: why it cannot be played everywhere. */
    public static final String WHY = "why";

    /** Head line: the running clients speak the wire by hand, not through the library; and why. */
    public static final String BY_HAND = "by hand";

    /** Head line: grants bear no seals, and why. */
    public static final String NO_SEALS = "no seals";

    /** Head line: how many nodes the running sequencer has; one if there is none. */
    public static final String NODES = "sequencer nodes";

    /** Freezes the parts. */
    public Story {
        stages = Set.copyOf(stages);
        head = Map.copyOf(head);
        lines = List.copyOf(lines);
    }

    /** Whether clients of the running gateway speak the wire by hand. @return true if the library would not say this */
    public boolean isByHand() {
        return head.containsKey(BY_HAND);
    }

    /** Whether sequencer and gateway share a key. @return true unless the head says otherwise */
    public boolean isSealed() {
        return !head.containsKey(NO_SEALS);
    }

    /** Nodes of the running sequencer. @return 1 or 3 */
    public int sequencerNodes() {
        return Integer.parseInt(head.getOrDefault(NODES, "1"));
    }

    /** What checkers must know of this story. @return the header of its history */
    public HistoryHeader header() {
        final boolean hasLateMessages = lines.stream().anyMatch(line -> line.manner() == Line.Manner.HOLD_BACK);
        return new HistoryHeader(
                Durability.PROCESS, isSealed(), hasLateMessages ? Transport.DATAGRAM : Transport.STREAM);
    }

    /**
     * Whether something happens in this story at some time.
     *
     * @param turn what may happen
     * @return true if so
     */
    public boolean hasTurn(final Turn.Kind turn) {
        return lines.stream().anyMatch(line -> line.turn() == turn);
    }

    /**
     * Whether what an actor says to the sequencer is lost on its way at some time.
     *
     * @param actor of this story
     * @return true if so
     */
    public boolean isEverCutOff(final String actor) {
        return lines.stream()
                .anyMatch(line -> line.turn() == Turn.Kind.CUT && line.actor().equals(actor));
    }
}
