package io.fencegate.core.broken;

import java.util.Random;

/** Breaks a rule on purpose: the law leaves a decision to chance. */
public final class DrawsLots {
    /** Decides. @param random source of chance @return the lot */
    public boolean decide(final Random random) {
        return random.nextBoolean();
    }
}
