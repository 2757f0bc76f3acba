package io.fencegate.core.access;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Who may do what: rules that give rights, to one principal or to everybody, for the names that begin so. A right that no
 * rule gives is not there. As long as there is no rule at all, everybody has every right; from the first one on there is
 * always an operator, so that the rules can be changed.
 *
 * <p>Deterministic, and bounded: at most {@link #RULES_MAX} rules. One thread.
 */
public final class AccessTable {
    /** Most rules. */
    public static final int RULES_MAX = 1000;

    private final List<AccessRule> rules = new ArrayList<>();
    private final Map<String, Prefixes> prefixes = new HashMap<>();
    private long revision;
    private AccessChange last = AccessChange.NONE;

    /** Whether there are no rules, and everybody may do everything. @return true before the first rule */
    public boolean isOpen() {
        return rules.isEmpty();
    }

    /** How often the rules changed. @return 0 before the first rule */
    public long revision() {
        return revision;
    }

    /** The rules. @return in the order of principals and prefixes; not to be changed */
    public List<AccessRule> rules() {
        return rules;
    }

    /** The change that was made last. @return NONE if there was none */
    public AccessChange last() {
        return last;
    }

    /**
     * Whether somebody may do something. Does not allocate.
     *
     * @param principal who
     * @param right what
     * @param name buffer of a resource's name, or of the beginning of several
     * @param offset of the name
     * @param length of the name
     * @return true if a rule says so, or there are none
     */
    public boolean allows(
            final Principal principal, final Right right, final DirectBuffer name, final int offset, final int length) {
        return isOpen()
                || allows(principal.name(), right, name, offset, length)
                || allows(AccessRule.EVERYBODY, right, name, offset, length);
    }

    /**
     * Whether somebody may do what only an operator may.
     *
     * @param principal who
     * @return true if a rule says so, or there are none
     */
    public boolean mayOperate(final Principal principal) {
        return isOpen() || isOperator(principal.name());
    }

    /**
     * Names the first operator, who has every right. Where there are rules already, nothing changes: they decide.
     *
     * @param operator a principal's name
     */
    public void found(final String operator) {
        if (isOpen()) {
            put(new AccessRule(operator, "", Right.ALL));
            revision++;
        }
    }

    /**
     * Changes a rule. First match: BAD_RULE; NOT_ALLOWED (who asks is no operator, or is not named); the last change
     * repeated is answered as before, or REQUEST_MISMATCH; ACCESS_CHANGED (the rules are not those that the caller
     * knows); TOO_MANY_RULES; LAST_OPERATOR (none would be left). What changes nothing is done, at the same revision.
     *
     * @param change to make
     * @param asking who asks
     * @return the rule that refused, or null: it is as was asked
     */
    public LeaseVerdict change(final AccessChange change, final Principal asking) {
        if (!change.rule().isSound()) {
            return LeaseVerdict.BAD_RULE;
        }
        if (!asking.isNamed() || !mayOperate(asking)) {
            return LeaseVerdict.NOT_ALLOWED;
        }
        if (!last.equals(AccessChange.NONE) && change.isRequest(last)) {
            return change.equals(last) ? null : LeaseVerdict.REQUEST_MISMATCH;
        }
        if (change.revisionExpected() != revision) {
            return LeaseVerdict.ACCESS_CHANGED;
        }
        return make(change);
    }

    /**
     * The rights that a principal has by one rule.
     *
     * @param principal its name, or everybody
     * @param prefix of that rule
     * @return a sum of bits, 0 if there is no such rule
     */
    public int rights(final String principal, final String prefix) {
        final int index = indexOf(principal, prefix);
        return index < 0 ? 0 : rules.get(index).rights();
    }

    /**
     * Takes over the count and the last change of a snapshot.
     *
     * @param snapshotRevision of the rules
     * @param snapshotLast the change that was made last
     * @throws IllegalStateException if it is no count, or there are rules already
     */
    public void restore(final long snapshotRevision, final AccessChange snapshotLast) {
        if (snapshotRevision < 1 || revision != 0 || !rules.isEmpty()) {
            throw new IllegalStateException("no count of rules: revision=" + snapshotRevision + " before=" + revision
                    + " rules=" + rules.size());
        }
        revision = snapshotRevision;
        last = snapshotLast;
    }

    /**
     * Takes over a rule of a snapshot, behind those taken over before.
     *
     * @param rule of the snapshot
     * @throws IllegalStateException if it can not stand there
     */
    public void restore(final AccessRule rule) {
        if (revision == 0 || !rule.isSound() || rules.size() >= RULES_MAX) {
            throw new IllegalStateException("no rule that may be: principal=" + rule.principal() + " prefix="
                    + rule.prefix() + " rights=" + rule.rights() + " revision=" + revision);
        }
        if (!rules.isEmpty() && compare(rules.get(rules.size() - 1), rule.principal(), rule.prefix()) >= 0) {
            throw new IllegalStateException(
                    "rule out of order: principal=" + rule.principal() + " prefix=" + rule.prefix());
        }
        put(rule);
    }

    private LeaseVerdict make(final AccessChange change) {
        final AccessRule rule = change.rule();
        final int before = rights(rule.principal(), rule.prefix());
        final int after = change.isAllowed() ? before | rule.rights() : before & ~rule.rights();
        if (before == 0 && after != 0 && rules.size() >= RULES_MAX) {
            return LeaseVerdict.TOO_MANY_RULES;
        }
        put(rule.with(after));
        if (operators() == 0) {
            put(rule.with(before));
            return LeaseVerdict.LAST_OPERATOR;
        }
        if (after != before) {
            revision++;
            last = change;
        }
        return null;
    }

    private void put(final AccessRule rule) {
        final int index = indexOf(rule.principal(), rule.prefix());
        if (index >= 0 && rule.rights() == 0) {
            rules.remove(index);
        } else if (index >= 0) {
            rules.set(index, rule);
        } else if (rule.rights() != 0) {
            rules.add(-index - 1, rule);
        }
        final List<AccessRule> own = rules.stream()
                .filter(known -> known.principal().equals(rule.principal()))
                .toList();
        if (own.isEmpty()) {
            prefixes.remove(rule.principal());
        } else {
            prefixes.put(rule.principal(), new Prefixes(own));
        }
    }

    private int operators() {
        int operators = 0;
        for (final AccessRule rule : rules) {
            operators += Right.OPERATE.isIn(rule.rights()) ? 1 : 0;
        }
        return operators;
    }

    private boolean isOperator(final String principal) {
        return Right.OPERATE.isIn(rights(principal, ""));
    }

    private boolean allows(
            final String principal, final Right right, final DirectBuffer name, final int offset, final int length) {
        final Prefixes own = prefixes.get(principal);
        return own != null && right.isIn(own.rights(name, offset, length));
    }

    /** Where a rule stands, or as a negative number less one, where it would. */
    private int indexOf(final String principal, final String prefix) {
        int low = 0;
        int high = rules.size() - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            final int order = compare(rules.get(middle), principal, prefix);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    private static int compare(final AccessRule rule, final String principal, final String prefix) {
        final int order = rule.principal().compareTo(principal);
        return order != 0 ? order : rule.prefix().compareTo(prefix);
    }
}
