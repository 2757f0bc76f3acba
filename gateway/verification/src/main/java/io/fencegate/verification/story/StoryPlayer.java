package io.fencegate.verification.story;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.history.History;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays a story on a stage, and says where it is not true.
 *
 * <p>One thread.
 */
public final class StoryPlayer {
    private static final long TTL_DEFAULT_MS = 60_000;
    private static final Set<String> GRANTS = Set.of(LeaseVerdict.GRANTED.name(), LeaseVerdict.REVOKED.name());

    private final Story story;
    private final StageKind kind;
    private final Stage stage;
    private final Recorder recorder;
    private final TokenNames names = new TokenNames();
    private final Map<String, Map<String, Long>> granted = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private List<Journaled> journal;

    private StoryPlayer(final Story story, final StageKind kind, final Stage stage) {
        this.story = story;
        this.kind = kind;
        this.stage = stage;
        recorder = new Recorder(stage);
    }

    /**
     * Plays a story to its end.
     *
     * @param story that can be played there
     * @param kind of the stage
     * @param stage where nothing has happened yet
     * @return what was observed, for the checkers
     * @throws StoryException at the first line that is not true
     */
    public static History play(final Story story, final StageKind kind, final Stage stage) {
        return new StoryPlayer(story, kind, stage).play();
    }

    private History play() {
        for (final Line line : story.lines()) {
            step(line);
        }
        return stage.history();
    }

    private void step(final Line line) {
        if (line.call() != null && paused.contains(line.actor())) {
            throw new StoryException(line.place(), "who is paused does nothing");
        }
        switch (line.manner()) {
            case HAPPEN -> happen(line);
            case JOURNAL -> compareJournal(line);
            case HOLD_BACK -> {
                final Call call = call(line);
                recorder.onHeldBack(call, recorder.onCall(call));
                stage.holdBack(call);
            }
            case LOSE_ANSWER -> {
                final Call call = call(line);
                final long op = recorder.onCall(call);
                stage.loseAnswer(call);
                recorder.onUnanswered(call, op);
            }
            case DELIVER -> {
                final Call call = call(line);
                hear(line, call, recorder.delivered(call), stage.deliver(call));
            }
            case ASK -> {
                final Call call = call(line);
                final long op = recorder.onCall(call);
                hear(line, call, op, stage.call(call));
            }
            default -> throw new IllegalStateException("manner=" + line.manner());
        }
    }

    private void hear(final Line line, final Call call, final long op, final Told told) {
        recorder.onTold(call, op, told);
        if (GRANTS.contains(told.word())) {
            grantsOf(call.actor()).put(call.resource(), told.tokenOf("token"));
        }
        final boolean isTrue = told.word().equals(line.expected())
                && line.facts().entrySet().stream().allMatch(fact -> isTrue(fact.getKey(), fact.getValue(), told));
        if (!isTrue) {
            final String facts = line.facts().entrySet().stream()
                    .map(fact -> " " + fact.getKey() + "=" + fact.getValue())
                    .collect(Collectors.joining());
            throw new StoryException(line.place(), kind, line.expected() + facts, describe(told));
        }
    }

    private boolean isTrue(final String fact, final String value, final Told told) {
        if (told.tokens().containsKey(fact)) {
            return names.isNamed(told.tokenOf(fact), value);
        }
        if (told.clients().containsKey(fact)) {
            final long clientId = value.equals("nobody") ? 0 : stage.clientId(value);
            return told.clients().get(fact) == clientId;
        }
        return value.equals(told.facts().get(fact));
    }

    private String describe(final Told told) {
        final StringBuilder text = new StringBuilder(told.word());
        told.tokens()
                .forEach((name, token) ->
                        text.append(' ').append(name).append('=').append(names.describe(token)));
        told.clients()
                .forEach((name, clientId) ->
                        text.append(' ').append(name).append('=').append(actorOf(clientId)));
        told.facts()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }

    private String actorOf(final long clientId) {
        return story.lines().stream()
                .map(Line::actor)
                .filter(actor -> !actor.isEmpty() && stage.clientId(actor) == clientId)
                .findFirst()
                .orElse("nobody");
    }

    private void happen(final Line line) {
        final String made = line.values().get("token");
        final long token = made != null
                ? names.resolve(line.place(), made)
                : grantsOf(line.actor()).getOrDefault(line.resource(), 0L);
        final Turn turn = new Turn(line.turn(), line.actor(), line.other(), line.resource(), token);
        recorder.onTurn(turn);
        stage.happen(turn);
        switch (turn.kind()) {
            case PAUSES -> paused.add(turn.actor());
            case RESUMES -> paused.remove(turn.actor());
            case CRASHES -> granted.remove(turn.actor());
            case GETS_TICKET -> granted.put(turn.actor(), new HashMap<>(grantsOf(turn.other())));
            case FORGES -> grantsOf(turn.actor()).put(turn.resource(), token);
            default -> {
                // Nothing that the actors know of.
            }
        }
    }

    private Call call(final Line line) {
        final Map<String, String> values = line.values();
        final String named = values.get("token");
        final long own = line.call() == Call.Kind.ACQUIRE || line.call() == Call.Kind.READ
                ? 0
                : grantsOf(line.actor()).getOrDefault(line.resource(), 0L);
        return new Call(
                line.actor(),
                line.call(),
                line.resource(),
                named == null ? own : names.resolve(line.place(), named),
                Long.parseLong(values.getOrDefault("ttl", String.valueOf(TTL_DEFAULT_MS))),
                Long.parseLong(values.getOrDefault("wait", "0")),
                Long.parseLong(values.getOrDefault("sequence", "0")),
                values.getOrDefault("payload", ""));
    }

    private void compareJournal(final Line line) {
        if (journal == null) {
            journal = stage.journal();
            recorder.onJournal(journal);
        }
        final String written = journal.stream()
                .filter(record -> record.isWrite() && record.resource().equals(line.resource()))
                .map(record -> names.name(record.token()) + "/" + record.sequence() + " \"" + record.payload() + "\"")
                .collect(Collectors.joining(", "));
        final String actual = written.isEmpty() ? "nothing" : written;
        if (!actual.equals(line.expected())) {
            throw new StoryException(line.place(), kind, line.expected(), actual);
        }
    }

    private Map<String, Long> grantsOf(final String actor) {
        return granted.computeIfAbsent(actor, any -> new HashMap<>());
    }
}
