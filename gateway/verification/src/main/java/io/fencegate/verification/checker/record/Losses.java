package io.fencegate.verification.checker.record;

import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import java.util.ArrayList;
import java.util.List;

/**
 * When gateways lost what they may lose, and how much of their journals they found again.
 *
 * <p>One thread.
 */
final class Losses {
    private static final long EVERYTHING = Long.MAX_VALUE;

    /** One loss: until the gateway is back, nobody knows what it kept. */
    private static final class Loss {
        private final long index;
        private final String gateway;
        private final boolean isWhole;
        private long kept;
        private long generationAfter = EVERYTHING;
        private long keptAtMost;

        Loss(final Event event, final long index, final boolean isWhole) {
            this.index = index;
            gateway = event.actor();
            this.isWhole = isWhole;
        }
    }

    private final List<Loss> losses = new ArrayList<>();
    private final Scene scene;
    private boolean isSummed;

    Losses(final Scene scene) {
        this.scene = scene;
    }

    /** Anything was observed. @param event neither a call nor an end @param index of it */
    void onObserved(final Event event, final long index) {
        if (scene.mayLoseWrites(event)) {
            losses.add(new Loss(event, index, scene.isDirectoryLoss(event)));
        } else if (event.kind() == EventKind.RECOVERED) {
            // Losses without a recovery between them are one: the first recovery tells of all of them.
            for (int i = losses.size() - 1; i >= 0 && losses.get(i).generationAfter == EVERYTHING; i--) {
                final Loss loss = losses.get(i);
                if (!loss.isWhole && loss.gateway.equals(event.actor())) {
                    loss.kept = event.position();
                    loss.generationAfter = event.generation();
                }
            }
        }
    }

    /**
     * Whether a record may be missing that was told of by the answer to a call.
     *
     * @param calledAt when the call began: whatever was lost before it was not told of
     * @param generation of the record; 0: not told
     * @param position of the record; 0: not told
     * @return true if a loss behind the call's beginning may have taken it
     */
    boolean mayBeLost(final long calledAt, final long generation, final long position) {
        sum();
        int next = firstBehind(calledAt);
        while (next < losses.size() && generation != 0 && losses.get(next).generationAfter <= generation) {
            next++;
        }
        return next < losses.size() && (position == 0 || losses.get(next).keptAtMost < position);
    }

    private int firstBehind(final long index) {
        int low = 0;
        int high = losses.size();
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (losses.get(middle).index < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What was kept by a loss and by all behind it. */
    private void sum() {
        if (!isSummed) {
            isSummed = true;
            long keptAtMost = EVERYTHING;
            for (int i = losses.size() - 1; i >= 0; i--) {
                keptAtMost = Math.min(keptAtMost, losses.get(i).kept);
                losses.get(i).keptAtMost = keptAtMost;
            }
        }
    }
}
