package io.fencegate.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseVerdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Rules give rights, and nothing else does; compared with a list that is looked through each time. */
class AccessTableTest {
    private static final Principal ROOT = new Principal("root");
    private static final String[] PARTS = {"a", "b", "é", "\uFFFD", "\uD83D\uDE00", "/", "aa"};

    private final AccessTable table = new AccessTable();
    private long requestId;

    @Test
    void theTableAndAListOfRulesAgreeHoweverTheyCame() {
        final Random random = new Random(7);
        for (int life = 0; life < 50; life++) {
            final AccessTable lived = new AccessTable();
            lived.found("root");
            for (int i = 0; i < 60; i++) {
                final AccessRule rule = new AccessRule(
                        random.nextInt(5) == 0 ? "*" : "p" + random.nextInt(3), text(random, 4), 1 + random.nextInt(7));
                final AccessChange change = new AccessChange(1, i + 1, lived.revision(), random.nextInt(3) > 0, rule);
                assertNull(lived.change(change, ROOT));
                final Principal asking =
                        random.nextInt(6) == 0 ? Principal.ANONYMOUS : new Principal("p" + random.nextInt(3));
                final Right right = Right.values()[random.nextInt(3)];
                final String name = text(random, 7);
                assertEquals(
                        allowsByList(lived.rules(), asking, right, name),
                        allows(lived, asking, right, name),
                        () -> lived.rules() + " " + asking + " " + right + " " + name);
            }
            final List<AccessRule> inOrder = new ArrayList<>(lived.rules());
            inOrder.sort((one, other) -> one.principal().equals(other.principal())
                    ? one.prefix().compareTo(other.prefix())
                    : one.principal().compareTo(other.principal()));
            assertEquals(inOrder, lived.rules());
        }
    }

    @Test
    void whereThereAreNoRulesEverybodyMayDoEverything() {
        assertTrue(table.isOpen());
        assertTrue(allows(table, Principal.ANONYMOUS, Right.REVOKE, "x"));
        assertTrue(table.mayOperate(Principal.ANONYMOUS));
        assertEquals(LeaseVerdict.NOT_ALLOWED, change(Principal.ANONYMOUS, "root", "", Right.ALL));
        assertEquals(LeaseVerdict.LAST_OPERATOR, change(ROOT, "alice", "", 1));
        assertTrue(table.isOpen());

        final AccessRule rule = new AccessRule("alice", "", Right.OPERATE.bit());
        assertNull(table.change(new AccessChange(0, 0, 0, true, rule), ROOT), "any number is a number");

        assertFalse(table.isOpen());
        assertFalse(table.mayOperate(ROOT));
        assertTrue(table.mayOperate(new Principal("alice")));
        assertFalse(allows(table, new Principal("alice"), Right.ACQUIRE, "x"));
    }

    @Test
    void noMoreRulesStandThanMayAndThoseThatStandCanBeChanged() {
        table.found("root");
        for (int i = 1; i < AccessTable.RULES_MAX; i++) {
            assertNull(change(ROOT, "alice", "p" + i, 1));
        }
        assertEquals(LeaseVerdict.TOO_MANY_RULES, change(ROOT, "bob", "", 1));
        assertNull(change(ROOT, "alice", "p1", 2));
        assertEquals(3, table.rights("alice", "p1"));
        assertEquals(AccessTable.RULES_MAX, table.rules().size());
    }

    @Test
    void whatIsNoRuleAndWhoIsNoPrincipalIsKnown() {
        assertTrue(new AccessRule("*", "", 7).isSound());
        assertTrue(new AccessRule("a.b_C@d-9", "é/", 1).isSound());
        assertFalse(new AccessRule("", "", 1).isSound());
        assertFalse(new AccessRule("**", "", 1).isSound());
        assertFalse(new AccessRule("a".repeat(65), "", 1).isSound());
        assertFalse(new AccessRule("a", "\n", 1).isSound());
        assertFalse(new AccessRule("a", "x".repeat(129), 1).isSound());
        assertFalse(new AccessRule("a", "", 0).isSound());
        assertFalse(new AccessRule("a", "", 16).isSound());
        assertFalse(new AccessRule("a", "x", 8).isSound());
        assertFalse(new AccessRule("*", "", 8).isSound());
        assertThrows(IllegalArgumentException.class, () -> new Principal("a b"));
        assertThrows(IllegalArgumentException.class, () -> new Principal("*"));
    }

    @Test
    void theBitsOfRightsAreFrozen() {
        assertEquals(Set.of(Right.ACQUIRE), Right.of(1));
        assertEquals(Set.of(Right.REVOKE), Right.of(2));
        assertEquals(Set.of(Right.WATCH), Right.of(4));
        assertEquals(Set.of(Right.OPERATE), Right.of(8));
        assertEquals(Set.of(Right.values()), Right.of(Right.ALL));
    }

    private LeaseVerdict change(final Principal asking, final String principal, final String prefix, final int rights) {
        return table.change(
                new AccessChange(1, ++requestId, table.revision(), true, new AccessRule(principal, prefix, rights)),
                asking);
    }

    private static boolean allows(
            final AccessTable table, final Principal principal, final Right right, final String name) {
        final UnsafeBuffer bytes = new UnsafeBuffer(("xx" + name + "yy").getBytes(StandardCharsets.UTF_8));
        return table.allows(principal, right, bytes, 2, bytes.capacity() - 4);
    }

    private static boolean allowsByList(
            final List<AccessRule> rules, final Principal principal, final Right right, final String name) {
        return rules.stream()
                .anyMatch(rule ->
                        (rule.principal().equals("*") || rule.principal().equals(principal.name()))
                                && right.isIn(rule.rights())
                                && name.startsWith(rule.prefix()));
    }

    private static String text(final Random random, final int partsMax) {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(partsMax + 1); i > 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }
}
