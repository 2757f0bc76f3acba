package io.fencegate.verification.simulator.plan;

import io.fencegate.verification.simulator.world.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a seed decides before anything happens: how the world is set up, and what is done to it, when. Each seed switches
 * a random part of the faults on, so that rare ones are not drowned by others.
 *
 * <p>Immutable; any thread.
 *
 * @param seed that decides everything, also whatever happens by chance while the plan is carried out
 * @param settings of the world
 * @param stimuli in the order of their times
 */
public record Plan(long seed, WorldSettings settings, List<Stimulus> stimuli) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FLOORS_PERCENT = 30;
    private static final int FLOORS_MAX = 4;

    /**
     * Draws a plan.
     *
     * @param seed any number
     * @return always the same of the same seed
     */
    public static Plan of(final long seed) {
        final Chance chance = new Chance(seed).of("plan");
        final WorldSettings settings = WorldSettings.draw(chance);
        final Set<StimulusKind> kinds = EnumSet.noneOf(StimulusKind.class);
        for (final StimulusKind kind : StimulusKind.values()) {
            if (!kind.isFault() || chance.once(45)) {
                kinds.add(kind);
            }
        }
        final List<StimulusKind> urn = new ArrayList<>();
        for (final StimulusKind kind : kinds) {
            for (int i = 0; i < kind.weight(); i++) {
                urn.add(kind);
            }
        }
        final long endNs = chance.between(4, 18) * SECOND_NS;
        final int count = (int) chance.between(20, 140);
        final List<Stimulus> stimuli = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final StimulusKind kind = chance.pick(urn);
            stimuli.add(new Stimulus(
                    chance.between(0, endNs),
                    kind,
                    chance.below(1 << 16),
                    chance.below(1 << 16),
                    amount(kind, chance)));
        }
        addFloors(new Chance(seed).of("floor"), endNs, stimuli);
        stimuli.sort(Comparator.comparingLong(Stimulus::atNs));
        return new Plan(seed, settings, List.copyOf(stimuli));
    }

    /** By a chance of their own, so that worlds without them are as they would be. */
    private static void addFloors(final Chance chance, final long endNs, final List<Stimulus> stimuli) {
        final long count = chance.once(FLOORS_PERCENT) ? chance.between(1, FLOORS_MAX) : 0;
        for (long i = 0; i < count; i++) {
            stimuli.add(new Stimulus(
                    chance.between(0, endNs),
                    StimulusKind.RAISE_FLOOR,
                    chance.below(1 << 16),
                    chance.below(1 << 16),
                    chance.between(0, 1 << 20)));
        }
    }

    private static long amount(final StimulusKind kind, final Chance chance) {
        return switch (kind) {
            case WRITE -> chance.between(1, 12);
            case ACQUIRE -> chance.once(60) ? chance.between(500, 8000) : 0;
            case LOSE_SUFFIX -> chance.between(1, 12);
            case KILL_GATEWAY_MIDWAY -> chance.between(0, 12);
            case JUMP_CLOCK -> chance.between(-20_000, 20_000);
            case FORGE, REPLAY -> chance.between(0, 1 << 20);
            case PAUSE_CLIENT, PAUSE_GATEWAY, PAUSE_NODE, CUT, CUT_OFF, LIMP ->
                chance.once(50) ? chance.between(1, SECOND_NS) : chance.between(SECOND_NS, 12 * SECOND_NS);
            default -> chance.between(1, 2 * SECOND_NS);
        };
    }

    /** The same world, with less done to it. @param fewer stimuli @return a plan of the same seed */
    public Plan with(final List<Stimulus> fewer) {
        return new Plan(seed, settings, List.copyOf(fewer));
    }

    /** When the last stimulus is over. @return in nanoseconds */
    public long endNs() {
        return stimuli.isEmpty() ? 0 : stimuli.get(stimuli.size() - 1).atNs();
    }
}
