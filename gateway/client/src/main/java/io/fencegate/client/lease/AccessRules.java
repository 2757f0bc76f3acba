package io.fencegate.client.lease;

import io.fencegate.core.access.AccessRule;
import java.util.List;

/**
 * Who may do what at the sequencer, at one moment.
 *
 * <p>Immutable; any thread.
 *
 * @param revision how often the rules changed; 0: there are none yet, and everybody may do everything
 * @param rules in the order of principals and prefixes
 */
public record AccessRules(long revision, List<AccessRule> rules) {
    /** Keeps the rules. */
    public AccessRules {
        rules = List.copyOf(rules);
    }
}
