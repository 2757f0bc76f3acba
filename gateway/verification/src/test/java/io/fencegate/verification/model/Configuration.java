package io.fencegate.verification.model;

import io.fencegate.storage.durability.Durability;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts that tell TLC what to check. */
final class Configuration {
    private static final String NOTHING = "nothing";

    private Configuration() {}

    /**
     * The product.
     *
     * @param durability level
     * @param bounds of what is looked at
     * @return a configuration of {@code CheckFencing}
     */
    static String of(final Durability durability, final Bounds bounds) {
        return of(durability, bounds, NOTHING, List.of(Invariant.values()));
    }

    /**
     * The product without one of its rules.
     *
     * @param broken rule
     * @return a configuration of {@code CheckFencing}
     */
    static String of(final BrokenRule broken) {
        return of(Durability.DISK, broken.bounds(), broken.rule(), broken.order());
    }

    /**
     * A trace, whose module defines {@code TraceOfRun}.
     *
     * @param durability level
     * @param bounds that hold all of it
     * @param clients names of all in it
     * @return a configuration
     */
    static String ofTrace(final Durability durability, final Bounds bounds, final List<String> clients) {
        return """
                SPECIFICATION TraceSpec
                CHECK_DEADLOCK FALSE
                VIEW TraceView
                CONSTRAINT Progress
                CONSTANTS
                    Trace <- TraceOfRun
                    Clients = {%s}
                    Nobody = Nobody
                    Durability = "%s"
                    Broken = "%s"
                """.formatted(
                                clients.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")),
                                lower(durability),
                                NOTHING)
                + bounds.constants();
    }

    private static String of(
            final Durability durability, final Bounds bounds, final String broken, final List<Invariant> invariants) {
        return """
                SPECIFICATION Spec
                CHECK_DEADLOCK FALSE
                SYMMETRY Symmetry
                INVARIANTS %s
                CONSTANTS
                    a = a
                    b = b
                    Clients = {a, b}
                    Nobody = Nobody
                    Durability = "%s"
                    Broken = "%s"
                """.formatted(
                        invariants.stream().map(Enum::name).collect(Collectors.joining(" ")), lower(durability), broken)
                + bounds.constants();
    }

    private static String lower(final Durability durability) {
        return durability.name().toLowerCase(Locale.ROOT);
    }
}
