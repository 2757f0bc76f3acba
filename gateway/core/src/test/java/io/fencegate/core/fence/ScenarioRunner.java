package io.fencegate.core.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.core.grant.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs a story told in text against a fence table. One line a step, {@code #} starts a comment:
 *
 * <pre>
 *   table resources=2 names=64 payload=8                          limits; first line of a story, at most once
 *   open orders token=3 client=7 session=1 -> OPENED              the whole open
 *   ask orders token=3 client=7 -> OPENED                         its first half: the fence is raised, not on disk yet
 *   answer orders token=3 client=7 session=1 -> OPENED            its second half: the fence is on disk
 *   write orders token=3 seq=1 session=1 payload=a -> ACCEPTED    also crc=bad; #9 instead of a name is a bare handle
 *   leave orders session=1                                        a session ends
 *   seals verify=no, journal room=no                              from here on; yes again
 *   restart                                                       killed and recovered from its journal
 * </pre>
 *
 * After the verdict may stand what the table must then know of the resource: {@code fence= fenceClient= owner= sequence=
 * lastToken= lastSequence= generation= position=}.
 */
final class ScenarioRunner implements AutoCloseable {
    private static final int RESOURCES_DEFAULT = 8;
    private static final int NAMES_DEFAULT = 256;
    private static final int PAYLOAD_DEFAULT = 64;

    private final String story;
    private final FenceTableFactory factory;
    private final Set<String> reached = new TreeSet<>();
    private PaperGateway gateway;
    private String place;

    ScenarioRunner(final String story, final FenceTableFactory factory) {
        this.story = story;
        this.factory = factory;
        gateway = new PaperGateway(factory, RESOURCES_DEFAULT, NAMES_DEFAULT, PAYLOAD_DEFAULT);
    }

    /** Runs all lines; returns what was reached, as {@code "step VERDICT"}. */
    Set<String> run(final List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            place = story + ":" + (i + 1) + ": " + lines.get(i);
            final String line = lines.get(i).replaceFirst("(^|\\s)#\\s.*$", "").strip();
            if (!line.isEmpty()) {
                runLine(line);
            }
        }
        return reached;
    }

    @Override
    public void close() {
        gateway.close();
    }

    private void runLine(final String line) {
        final String[] sides = line.split("\\s+->\\s+", -1);
        final String[] words = sides[0].split("\\s+");
        final String step = words[0];
        final String name = words.length > 1 && words[1].indexOf('=') < 0 ? words[1] : "";
        final Map<String, String> given = pairs(words, name.isEmpty() ? 1 : 2);
        final Verdict verdict = take(step, name, given);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(place + ": this step knows no " + given.keySet());
        }
        if (sides.length == 1) {
            assertEquals(null, verdict, place + ": a step with a verdict says which");
            return;
        }
        final String[] expected = sides[1].split("\\s+");
        assertEquals(Verdict.valueOf(expected[0]), verdict, place);
        reached.add(step + " " + verdict);
        pairs(expected, 1).forEach((fact, value) -> assertEquals(Long.parseLong(value), fact(name, fact), place));
    }

    private Verdict take(final String step, final String name, final Map<String, String> given) {
        switch (step) {
            case "table":
                gateway.close();
                gateway =
                        new PaperGateway(factory, (int) number(given, "resources"), (int) number(given, "names"), (int)
                                number(given, "payload"));
                return null;
            case "seals":
                gateway.sealVerified(isYes(given, "verify"));
                return null;
            case "journal":
                gateway.room(isYes(given, "room"));
                return null;
            case "restart":
                gateway.restart();
                return null;
            case "leave":
                gateway.leave(name, number(given, "session"));
                return null;
            case "ask":
                return gateway.ask(name, number(given, "token"), number(given, "client"));
            case "answer":
                return gateway.answer(name, number(given, "token"), number(given, "client"), number(given, "session"));
            case "open":
                return gateway.open(name, number(given, "token"), number(given, "client"), number(given, "session"));
            case "write":
                return write(name, given);
            default:
                throw new IllegalArgumentException(place + ": no such step");
        }
    }

    private Verdict write(final String name, final Map<String, String> given) {
        final String payload = text(given, "payload");
        final boolean isCrcBad = "bad".equals(given.remove("crc"));
        final int handle = name.startsWith("#") ? Integer.parseInt(name.substring(1)) : gateway.handle(name);
        return gateway.write(
                handle,
                number(given, "token"),
                number(given, "seq"),
                number(given, "session"),
                payload,
                isCrcBad ? ~PaperGateway.crc(payload) : PaperGateway.crc(payload));
    }

    private long fact(final String name, final String fact) {
        final FenceTable table = gateway.table();
        final int handle = gateway.handle(name);
        final RecordRef record = new RecordRef();
        table.lastRecord(handle, record);
        final Map<String, Long> facts = new HashMap<>();
        facts.put("fence", table.token(handle));
        facts.put("fenceClient", table.clientId(handle));
        facts.put("owner", table.owner(handle));
        facts.put("sequence", table.sequenceLast(handle));
        facts.put("lastToken", table.lastToken(handle));
        facts.put("lastSequence", table.lastSequence(handle));
        facts.put("generation", record.generation());
        facts.put("position", record.position());
        if (!facts.containsKey(fact)) {
            throw new IllegalArgumentException(place + ": no such fact: " + fact);
        }
        return facts.get(fact);
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

    private String text(final Map<String, String> given, final String name) {
        final String value = given.remove(name);
        if (value == null) {
            throw new IllegalArgumentException(place + ": missing " + name + "=");
        }
        return value;
    }

    private long number(final Map<String, String> given, final String name) {
        return Long.parseLong(text(given, name));
    }

    private boolean isYes(final Map<String, String> given, final String name) {
        return "yes".equals(text(given, name));
    }
}
