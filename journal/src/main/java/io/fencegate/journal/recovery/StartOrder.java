package io.fencegate.journal.recovery;

/**
 * The order in which a generation begins, once recovery is done and before anything is answered: nothing is built on what
 * is not on disk, and the generation's number is never used again, wherever the start breaks off.
 *
 * <p>Pure.
 */
public final class StartOrder {
    private StartOrder() {}

    /**
     * Begins the next generation.
     *
     * @param plan of recovery
     * @param steps that do it
     */
    public static void begin(final RecoveryPlan plan, final StartSteps steps) {
        steps.syncRecovered(plan.generation());
        steps.replaceFenceLog(plan.fences(), plan.generationNext(), plan.position());
        steps.makeGeneration(plan.generationNext(), plan.position(), plan.crc());
        steps.appendGenerationStarted();
        plan.unjournaled().forEach(steps::appendFence);
        steps.syncGeneration();
    }
}
