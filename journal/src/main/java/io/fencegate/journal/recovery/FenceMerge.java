package io.fencegate.journal.recovery;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings every fence to the higher of fence log and journal. Both remember the same opens in the same order, so neither
 * may contradict the other: one may only know more than the other.
 *
 * <p>Pure; immutable once made.
 */
public final class FenceMerge {
    private final FenceLogReplay log;
    private final List<FenceState> fences = new ArrayList<>();
    private final List<FenceState> unjournaled = new ArrayList<>();

    private FenceMerge(final FenceLogReplay log) {
        this.log = log;
    }

    /**
     * Compares both.
     *
     * @param log the fence log as it was read
     * @param journaled the fences of the journal
     * @param generationHighest of the journal
     * @return every fence at its highest
     * @throws JournalCorruptException if they contradict each other
     */
    public static FenceMerge of(final FenceLogReplay log, final FenceLedger journaled, final long generationHighest) {
        if (generationHighest > log.generation()) {
            throw new JournalCorruptException(
                    log.file(),
                    log.endOffset(),
                    "fence log went back: it does not know generation=" + generationHighest + " last="
                            + log.generation());
        }
        final FenceMerge merge = new FenceMerge(log);
        final int size = Math.max(log.fences().size(), journaled.size());
        for (int handle = 0; handle < size; handle++) {
            merge.add(
                    handle < log.fences().size() ? log.fences().get(handle) : null,
                    handle < journaled.size() ? journaled.get(handle) : null);
        }
        return merge;
    }

    private void add(final FenceState logged, final FenceState journaled) {
        if (logged == null) {
            fences.add(journaled);
            return;
        }
        if (journaled != null) {
            checkAgreement(logged, journaled);
        }
        if (journaled == null || logged.token() > journaled.token()) {
            fences.add(logged);
            unjournaled.add(logged);
        } else {
            fences.add(journaled);
        }
    }

    private void checkAgreement(final FenceState logged, final FenceState journaled) {
        if (!journaled.isNamed(logged.name())) {
            throw contradiction(logged, "name=" + logged.nameText() + " journaled=" + journaled.nameText());
        }
        if (logged.token() == journaled.token()
                && (logged.clientId() != journaled.clientId() || logged.seal() != journaled.seal())) {
            throw contradiction(logged, "one token has two grants: token=" + logged.token());
        }
    }

    private JournalCorruptException contradiction(final FenceState logged, final String facts) {
        return new JournalCorruptException(
                log.file(),
                log.endOffset(),
                "fence log and journal contradict each other: handle=" + logged.handle() + " " + facts);
    }

    /** Every fence at its highest. @return by handle */
    public List<FenceState> fences() {
        return List.copyOf(fences);
    }

    /** The fences that only the fence log knows at this height. @return by handle */
    public List<FenceState> unjournaled() {
        return List.copyOf(unjournaled);
    }
}
