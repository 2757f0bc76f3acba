package io.fencegate.verification.story;

import io.fencegate.verification.story.Line.Manner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads stories. One line a step, {@code #} starts a comment. The head comes first: where the story can be played, and why
 * not everywhere.
 *
 * <pre>
 *   stages: law simulator
 *   why: a cluster that runs cannot be made to lose what it acknowledged
 *   by hand: a write arrives late                running clients speak the wire without the library
 *   no seals: two lives of a sequencer …         sequencer and gateway share no key
 *   sequencer nodes: 3
 *
 *   A acquire orders ttl=300 wait=5000 -> GRANTED token=33          also QUEUED place=1, DENIED token=33 holder=B …
 *   A await -> GRANTED token=34                                     how what was queued ended
 *   A renew -> RENEWED                                              also release, revoke, describe
 *   A open -> OPENED sequence=0 lastToken=33 lastSequence=2
 *   A write 1 "x" token=33 -> ACCEPTED
 *   A read -> FOUND token=33 sequence=1 payload="x"
 *   hold back: A write 2 "y"                     it arrives later, by
 *   deliver: A write 2 "y" -> STALE_TOKEN fence=34
 *   lose the answer: A write 2 "y"               it is done, and A does not hear of it
 *   A pauses, A resumes, A crashes
 *   A2 gets the ticket of A                      a further process of the same holder
 *   M forges orders token=33+1 seal=A            with A's seal; without seal=, with one that it guessed
 *   A is cut off from the sequencer, A reaches the sequencer again
 *   wait until lease of A ends
 *   gateway stops, gateway starts, gateway restarts
 *   sequencer stops, sequencer starts, sequencer restarts, sequencer elects another leader,
 *   sequencer forgets the last grant, sequencer loses everything
 *   journal -> 33/1 "x", 34/1 "z"                last line: the accepted writes of the resource
 * </pre>
 *
 * A resource that is not named is the one named last. Under which token an actor acts that does not say so is the one of
 * the grant it was told last. The number of a token is a name: it stands for the token that was told where it comes up
 * first, and tokens are in the order of their names. Of each answer only what is written is compared.
 */
public final class StoryParser {
    private static final Pattern HEAD = Pattern.compile("([a-z ]+):\\s*(.+)");
    private static final Set<String> HEADS =
            Set.of(Story.STAGES, Story.WHY, Story.BY_HAND, Story.NO_SEALS, Story.NODES);
    private static final Pattern WORD = Pattern.compile("[^\\s\"]*\"[^\"]*\"|\\S+");
    private static final Pattern RESOURCE = Pattern.compile("[a-z][a-z0-9/_-]*");
    private static final String ARROW = "->";
    private static final String ACTOR = "([A-Z]\\w*)";
    private static final Map<String, List<Turn.Kind>> TURNS = turns();
    private static final Map<String, Manner> MANNERS =
            Map.of("hold back", Manner.HOLD_BACK, "deliver", Manner.DELIVER, "lose the answer", Manner.LOSE_ANSWER);
    private static final Set<String> VALUES = Set.of("token", "ttl", "wait", "seal");

    private final String name;
    private final Map<String, String> head = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private String place;
    private String resource = "";

    private StoryParser(final String name) {
        this.name = name;
    }

    /**
     * Reads a story.
     *
     * @param name of its file, for messages
     * @param text its lines
     * @return the story
     * @throws StoryException at the first line that says nothing known
     */
    public static Story parse(final String name, final List<String> text) {
        return new StoryParser(name).parse(text);
    }

    private Story parse(final List<String> text) {
        for (int i = 0; i < text.size(); i++) {
            place = name + ":" + (i + 1) + ": " + text.get(i).strip();
            final String line =
                    text.get(i).replaceFirst("(^|\\s)#\\s.*$|^#$", "").strip();
            if (!line.isEmpty() && !isHead(line)) {
                parseLine(line);
            }
        }
        final Set<StageKind> stages = EnumSet.noneOf(StageKind.class);
        for (final String stage :
                head.getOrDefault(Story.STAGES, "law simulator real").split("\\s+")) {
            stages.add(StageKind.valueOf(stage.toUpperCase(Locale.ROOT)));
        }
        if (stages.size() < StageKind.values().length != head.containsKey(Story.WHY)) {
            throw new StoryException(name, "a story says 'why:' it is not played on all stages, and only then");
        }
        if (lines.isEmpty() || lines.get(lines.size() - 1).manner() != Manner.JOURNAL) {
            throw new StoryException(name, "a story ends with what the journal holds: 'journal -> …'");
        }
        return new Story(name, stages, head, lines);
    }

    private boolean isHead(final String line) {
        final Matcher matcher = HEAD.matcher(line);
        if (!lines.isEmpty() || !matcher.matches() || !HEADS.contains(matcher.group(1))) {
            return false;
        }
        if (head.put(matcher.group(1), matcher.group(2)) != null) {
            throw flaw("said twice");
        }
        return true;
    }

    private void parseLine(final String line) {
        if (!lines.isEmpty() && lines.get(lines.size() - 1).manner() == Manner.JOURNAL && !line.startsWith("journal")) {
            throw flaw("the journal is the end of a story");
        }
        final String[] sides = line.split("\\s+" + ARROW + "\\s+", 2);
        if (sides[0].matches("journal( of .+)?")) {
            resource = sides[0].equals("journal") ? resource : sides[0].substring("journal of ".length());
            add(Manner.JOURNAL, null, null, new String[] {"", ""}, Map.of(), answer(sides), Map.of());
            return;
        }
        for (final Map.Entry<String, List<Turn.Kind>> turn : TURNS.entrySet()) {
            final Matcher matcher = Pattern.compile(turn.getKey()).matcher(line);
            if (matcher.matches()) {
                final String actor = matcher.groupCount() > 0 ? matcher.group(1) : "";
                final String other = matcher.groupCount() > 1 ? matcher.group(2) : "";
                turn.getValue().forEach(kind -> happen(kind, actor, other));
                return;
            }
        }
        parseCall(sides);
    }

    private void happen(final Turn.Kind kind, final String actor, final String other) {
        add(Manner.HAPPEN, null, kind, new String[] {actor, other}, Map.of(), null, Map.of());
    }

    private void parseCall(final String[] sides) {
        final int colon = sides[0].indexOf(':');
        final Manner manner = colon < 0 ? Manner.ASK : MANNERS.get(sides[0].substring(0, colon));
        if (manner == null) {
            throw flaw("nothing begins like this");
        }
        final List<String> words = words(sides[0].substring(colon + 1));
        if (words.size() < 2 || !words.get(0).matches(ACTOR)) {
            throw flaw("this says nothing known");
        }
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String word : words.subList(2, words.size())) {
            value(word, values);
        }
        if (words.get(1).equals("forges")) {
            final String other = values.getOrDefault("seal", "");
            add(Manner.HAPPEN, null, Turn.Kind.FORGES, new String[] {words.get(0), other}, values, null, Map.of());
            return;
        }
        final Call.Kind kind = Arrays.stream(Call.Kind.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(words.get(1)))
                .findFirst()
                .orElseThrow(() -> flaw("nobody can do this"));
        if (resource.isEmpty()) {
            throw flaw("no resource was named yet");
        }
        final boolean isAnswered = manner == Manner.ASK || manner == Manner.DELIVER;
        if (isAnswered != (sides.length == 2)) {
            throw flaw(isAnswered ? "what is answered?" : "nobody hears an answer here");
        }
        final List<String> answer = isAnswered ? words(sides[1]) : List.of();
        final Map<String, String> facts = new LinkedHashMap<>();
        answer.stream().skip(1).forEach(word -> put(word, facts));
        final String[] actors = {words.get(0), ""};
        add(manner, kind, null, actors, values, isAnswered ? answer.get(0) : null, facts);
    }

    private void value(final String word, final Map<String, String> values) {
        if (word.startsWith("\"")) {
            put("payload=" + word, values);
        } else if (word.matches("\\d+")) {
            put("sequence=" + word, values);
        } else if (RESOURCE.matcher(word).matches()) {
            resource = word;
        } else {
            put(word, values);
            if (!VALUES.contains(word.substring(0, word.indexOf('=')))) {
                throw flaw("no such value: " + word);
            }
        }
    }

    private void put(final String word, final Map<String, String> pairs) {
        final int equals = word.indexOf('=');
        if (equals < 1) {
            throw flaw("no name=value: " + word);
        }
        final String value = word.substring(equals + 1);
        final boolean isQuoted = value.startsWith("\"");
        if (pairs.put(word.substring(0, equals), isQuoted ? value.substring(1, value.length() - 1) : value) != null) {
            throw flaw("said twice: " + word);
        }
    }

    private String answer(final String[] sides) {
        if (sides.length < 2) {
            throw flaw("what is answered?");
        }
        return sides[1];
    }

    private void add(
            final Manner manner,
            final Call.Kind call,
            final Turn.Kind turn,
            final String[] actors,
            final Map<String, String> values,
            final String expected,
            final Map<String, String> facts) {
        lines.add(new Line(place, manner, call, turn, actors[0], actors[1], resource, values, expected, facts));
    }

    private StoryException flaw(final String flaw) {
        return new StoryException(place, flaw);
    }

    private static List<String> words(final String text) {
        final List<String> words = new ArrayList<>();
        final Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    private static Map<String, List<Turn.Kind>> turns() {
        final Map<String, List<Turn.Kind>> turns = new LinkedHashMap<>();
        turns.put(ACTOR + " pauses", List.of(Turn.Kind.PAUSES));
        turns.put(ACTOR + " resumes", List.of(Turn.Kind.RESUMES));
        turns.put(ACTOR + " crashes", List.of(Turn.Kind.CRASHES));
        turns.put(ACTOR + " gets the ticket of " + ACTOR, List.of(Turn.Kind.GETS_TICKET));
        turns.put(ACTOR + " is cut off from the sequencer", List.of(Turn.Kind.CUT));
        turns.put(ACTOR + " reaches the sequencer again", List.of(Turn.Kind.JOINED));
        turns.put("wait until lease of " + ACTOR + " ends", List.of(Turn.Kind.LEASE_ENDS));
        turns.put("gateway stops", List.of(Turn.Kind.GATEWAY_STOPS));
        turns.put("gateway starts", List.of(Turn.Kind.GATEWAY_STARTS));
        turns.put("gateway restarts", List.of(Turn.Kind.GATEWAY_STOPS, Turn.Kind.GATEWAY_STARTS));
        turns.put("sequencer stops", List.of(Turn.Kind.SEQUENCER_STOPS));
        turns.put("sequencer starts", List.of(Turn.Kind.SEQUENCER_STARTS));
        turns.put("sequencer restarts", List.of(Turn.Kind.SEQUENCER_STOPS, Turn.Kind.SEQUENCER_STARTS));
        turns.put("sequencer elects another leader", List.of(Turn.Kind.LEADER_CHANGES));
        turns.put("sequencer forgets the last grant", List.of(Turn.Kind.GRANT_LOST));
        turns.put("sequencer loses everything", List.of(Turn.Kind.ALL_LOST));
        return turns;
    }
}
