package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.order.TokenSequence;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs a story told in text against a lease law. One line a step at a log time, {@code #} starts a comment:
 *
 * <pre>
 *   limits leases=2 waiters=4 waitersPerResource=2 clients=3 watches=2 watchesPerSession=2 answers=4 kept=60000
 *                                                          first line, at most once
 *   term 1                                                 a leadership term begins; 1 began before the first line
 *   serials left=2                                         the term is nearly used up
 *   operator root                                          the first operator is named
 *   snapshot                                               goes on with what a snapshot gives
 *   at 1000 acquire orders client=1 request=1 ttl=2000 wait=0 -> GRANTED token=1/1
 *   at 1500 renew orders client=1 request=2 token=1/1 ttl=2000 -> RENEWED remaining=2000
 *   at 1600 release orders client=1 request=3 token=1/1 -> RELEASED &amp; client=2 request=1 GRANTED token=1/2
 *   at 1700 cancelWait orders client=2 request=2 waitRequest=1 -> CANCELLED
 *   at 1800 revoke orders client=9 request=1 token=1/2 -> REVOKED token=1/3
 *   at 1800 raiseFloor orders client=9 request=5 token=4/1 proven=3 proof=1 -> FLOOR_RAISED offset=65536
 *   at 1800 setFloor - client=9 request=6 token=4/1 -> FLOOR_KEPT offset=65536
 *   at 1800 describe orders client=9 request=2 -> DESCRIBED token=none
 *   at 1900 watch or client=9 request=3 session=5 -> WATCHING revision=4     the name is a prefix; none: a dash
 *   at 1900 unwatch - client=9 request=4 watchRequest=3 -> client=9 request=3 WATCH_ENDED &amp; UNWATCHED
 *   at 1900 close session=5 -> client=9 request=3 WATCH_ENDED
 *   at 1900 allow alice client=9 request=5 by=root revision=1 prefix=or rights=acquire,watch -> DONE revision=2
 *   at 1900 forbid alice client=9 request=6 by=root revision=2 prefix=or rights=watch -> DONE revision=3 rules=2
 *   at 9000 sweep work=10 -> nothing
 *   at 9000 list prefix=o after=a max=2 -> orders holder=2 token=1/2 waiters=0 &amp; more
 * </pre>
 *
 * Behind the arrow stands all that is said, in order: the answer to the step itself without client and request, those
 * pushed with both. Who asks is nobody in particular, or known {@code by=} a name. Of each answer only what is told is compared. A name may hold bytes as {@code %FF}.
 */
final class LeaseStory {
    private final String story;
    private final BiFunction<LeaseLimits, AnswerLog, LeaseLaw> maker;
    private final AnswerLog log = new AnswerLog();
    private final Set<String> reached = new TreeSet<>();
    private LeaseLaw law;
    private String place;

    LeaseStory(final String story, final BiFunction<LeaseLimits, AnswerLog, LeaseLaw> maker) {
        this.story = story;
        this.maker = maker;
        begin(LeaseLimits.DEFAULT);
    }

    /** Runs all lines; returns what was reached, as {@code "step VERDICT"}. */
    Set<String> run(final List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            place = story + ":" + (i + 1) + ": " + lines.get(i);
            final String line = lines.get(i).replaceFirst("(^|\\s)#.*$", "").strip();
            if (!line.isEmpty()) {
                runLine(line);
            }
        }
        return reached;
    }

    private void begin(final LeaseLimits limits) {
        law = maker.apply(limits, log);
        law.tokens().onTerm(1);
    }

    private void runLine(final String line) {
        final String[] sides = line.split("\\s+->\\s+", -1);
        final String[] words = sides[0].split("\\s+");
        if (!words[0].equals("at")) {
            assertEquals(1, sides.length, place + ": nothing is said here");
            arrange(words);
            return;
        }
        assertEquals(2, sides.length, place + ": a step tells what is said");
        final List<String> said = step(Long.parseLong(words[1]), words);
        final List<String> expected = sides[1].equals("nothing") ? List.of() : List.of(sides[1].split("\\s+&\\s+"));
        assertEquals(expected.size(), said.size(), () -> place + ": said " + said);
        for (int i = 0; i < said.size(); i++) {
            final Set<String> facts = Set.of(said.get(i).split(" "));
            for (final String fact : expected.get(i).split("\\s+")) {
                assertTrue(facts.contains(fact), () -> place + ": said " + said);
            }
        }
    }

    private void arrange(final String[] words) {
        switch (words[0]) {
            case "limits" -> {
                final Map<String, String> given = pairs(words, 1);
                final long watches = optional(given, "watches", 9);
                begin(new LeaseLimits(
                        (int) number(given, "leases"),
                        (int) number(given, "waitersPerResource"),
                        (int) number(given, "waiters"),
                        (int) number(given, "clients"),
                        (int) watches,
                        (int) optional(given, "watchesPerSession", watches),
                        (int) number(given, "answers"),
                        number(given, "kept")));
            }
            case "term" -> law.tokens().onTerm(Long.parseLong(words[1]));
            case "serials" -> {
                final long left = number(pairs(words, 1), "left");
                final TokenSequence tokens = law.tokens();
                tokens.restore(tokens.termOffset(), tokens.leadershipTermId(), Token.SERIAL_MAX - left);
            }
            case "operator" -> law.access().found(words[1]);
            case "snapshot" -> law = law.snapshotAndRestore();
            default -> throw new IllegalArgumentException(place + ": no such line");
        }
    }

    private List<String> step(final long now, final String[] words) {
        final String verb = words[2];
        switch (verb) {
            case "sweep":
                law.sweep(now, (int) number(pairs(words, 3), "work"));
                return reach(verb, "", log.take());
            case "list":
                return list(now, pairs(words, 3));
            case "close":
                law.endSession(number(pairs(words, 3), "session"));
                return reach(verb, "", log.take());
            default:
                break;
        }
        final Map<String, String> given = pairs(words, 4);
        if (verb.equals("allow") || verb.equals("forbid")) {
            return change(words[3], verb.equals("allow"), given);
        }
        final LeaseCommand command = command(words[3].equals("-") ? "" : words[3], given);
        if (!law.isOwner(command.principal(), command.clientId())) {
            return List.of(reach(verb + " NOT_ALLOWED of another's client"));
        }
        switch (verb) {
            case "acquire" -> law.acquire(command, now);
            case "renew" -> law.renew(command, now);
            case "release" -> law.release(command, now);
            case "cancelWait" -> law.cancelWait(command, now);
            case "revoke" -> law.revoke(command, now);
            case "raiseFloor" -> law.raiseFloor(CommandKind.RAISE_FLOOR, command, now);
            case "setFloor" -> law.raiseFloor(CommandKind.SET_FLOOR, command, now);
            case "describe" -> law.describe(command, now);
            case "watch" -> law.watch(command, number(given, "session"));
            case "unwatch" -> law.unwatch(command.waitRequestId(number(given, "watchRequest")));
            default -> throw new IllegalArgumentException(place + ": no such step");
        }
        assertEquals(Map.of(), given, place + ": this step knows no such value");
        return reach(verb, "client=" + command.clientId() + " request=" + command.requestId() + " ", log.take());
    }

    private List<String> reach(final String verb, final String self, final List<String> said) {
        said.forEach(line ->
                reached.add((line.startsWith(self) && !self.isEmpty() ? verb : "push") + " " + line.split(" ")[2]));
        return said;
    }

    private List<String> change(final String principal, final boolean isAllowed, final Map<String, String> given) {
        int rights = 0;
        for (final String label : given.remove("rights").split(",")) {
            rights += label.equals("none")
                    ? 0
                    : Right.valueOf(label.toUpperCase(Locale.ROOT)).bit();
        }
        final Principal asking = principal(given);
        final AccessRule rule = new AccessRule(principal, given.remove("prefix"), rights);
        final LeaseVerdict verdict = law.access()
                .change(
                        new AccessChange(
                                number(given, "client"),
                                number(given, "request"),
                                number(given, "revision"),
                                isAllowed,
                                rule),
                        asking);
        assertEquals(Map.of(), given, place + ": this step knows no such value");
        reach((isAllowed ? "allow " : "forbid ") + (verdict == null ? "DONE" : verdict));
        final int rules = law.access().rules().size();
        return List.of((verdict == null ? "DONE" : verdict) + " revision="
                + law.access().revision() + " rules=" + rules);
    }

    private String reach(final String rule) {
        reached.add(rule);
        return rule;
    }

    private static Principal principal(final Map<String, String> given) {
        final String name = given.remove("by");
        return name == null ? Principal.ANONYMOUS : new Principal(name);
    }

    private List<String> list(final long now, final Map<String, String> given) {
        final UnsafeBuffer prefix = bytes(given.getOrDefault("prefix", ""));
        final UnsafeBuffer after = bytes(given.getOrDefault("after", ""));
        final LeasePage page = new LeasePage()
                .prefix(prefix, 0, prefix.capacity())
                .after(after, 0, after.capacity())
                .atMost((int) number(given, "max"));
        final List<String> said = new ArrayList<>();
        final boolean more = law.list(page, now, (holder, token, remainingMs, waiters, name, offset, length) -> {
            said.add(name.getStringWithoutLengthUtf8(offset, length) + " holder=" + holder + " token="
                    + AnswerLog.token(token) + " remaining=" + remainingMs + " waiters=" + waiters);
            return true;
        });
        if (more) {
            said.add("more");
        }
        return said;
    }

    private LeaseCommand command(final String name, final Map<String, String> given) {
        final UnsafeBuffer bytes = bytes(name);
        final LeaseCommand command = new LeaseCommand()
                .from(number(given, "client"), number(given, "request"))
                .by(principal(given))
                .name(bytes, 0, bytes.capacity());
        final String token = given.remove("token");
        final long tokenNumber =
                token == null ? 0 : Token.of(Long.parseLong(token.split("/")[0]), Long.parseLong(token.split("/")[1]));
        return command.terms(tokenNumber, optional(given, "ttl", 0), optional(given, "wait", 0))
                .waitRequestId(optional(given, "waitRequest", 0))
                .proven(optional(given, "proven", 0), optional(given, "proof", 0));
    }

    private static UnsafeBuffer bytes(final String name) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '%') {
                bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                final int codePoint = name.codePointAt(i);
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(codePoint) - 1;
            }
        }
        return new UnsafeBuffer(bytes.toByteArray());
    }

    private Map<String, String> pairs(final String[] words, final int from) {
        final Map<String, String> pairs = new TreeMap<>();
        for (int i = from; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            if (equals < 1 || pairs.put(words[i].substring(0, equals), words[i].substring(equals + 1)) != null) {
                throw new IllegalArgumentException(place + ": no name=value, or twice: " + words[i]);
            }
        }
        return pairs;
    }

    private long number(final Map<String, String> given, final String name) {
        if (!given.containsKey(name)) {
            throw new IllegalArgumentException(place + ": missing " + name + "=");
        }
        return Long.parseLong(given.remove(name));
    }

    private static long optional(final Map<String, String> given, final String name, final long absent) {
        final String value = given.remove(name);
        return value == null ? absent : Long.parseLong(value);
    }
}
