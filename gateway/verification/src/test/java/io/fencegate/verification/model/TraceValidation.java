package io.fencegate.verification.model;

import io.fencegate.verification.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets TLC find out whether what was observed of a run is a behaviour of the model, so that code and model cannot drift. The
 * history becomes a module with the trace as a sequence; {@code TraceFencing.tla} asks of each event that it be enabled as
 * its action.
 *
 * <p>Any thread; each check runs TLC once, in a process of its own.
 */
final class TraceValidation {
    private static final String MODULE = "TraceRun";
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);
    private static final Pattern REACHED = Pattern.compile("\"REACHED (\\d+) ([^\\n]*)\"");
    private static final Pattern TOKEN = Pattern.compile("\\b(fence|fenceLog|last)=(\\d+)");

    private final Path directory;
    private final AtomicInteger checks = new AtomicInteger();

    /**
     * Makes room for checks.
     *
     * @param directory that exists; each check makes a folder in it
     */
    TraceValidation(final Path directory) {
        this.directory = directory;
    }

    /**
     * Checks a history.
     *
     * @param history in the order of observation, with what sequencer and gateway did
     * @param resource whose part is checked
     * @return whether the model can do the same
     * @throws IOException if the folder cannot be written
     * @throws InterruptedException if the caller is to end; TLC has ended then
     */
    TraceVerdict check(final History history, final String resource) throws IOException, InterruptedException {
        final List<TraceStep> steps = TraceProjection.of(history, resource);
        final TraceNumbers numbers = new TraceNumbers(steps);
        final Path own = Files.createDirectories(directory.resolve("trace-" + checks.incrementAndGet()));
        Files.writeString(own.resolve(MODULE + ".tla"), module(steps, numbers));
        final TlcResult result = Tlc.quick(own, TIME_LIMIT)
                .check(
                        MODULE,
                        Configuration.ofTrace(history.header().durability(), numbers.bounds(), numbers.clients()));
        final Reached reached = Reached.last(result.output());
        if (result.exitCode() != TlcResult.HOLDS || reached == null) {
            throw new IllegalStateException("TLC could not read the trace: exitCode=" + result.exitCode()
                    + " directory=" + own + " output=" + result.output());
        }
        if (reached.steps == steps.size()) {
            return new TraceVerdict(true, steps.size(), "");
        }
        return new TraceVerdict(false, steps.size(), sentence(steps, numbers, reached));
    }

    private static String sentence(final List<TraceStep> steps, final TraceNumbers numbers, final Reached reached) {
        final TraceStep refused = steps.get(reached.steps);
        final String state = TOKEN.matcher(reached.state.replaceAll("[\\\\\"]", ""))
                .replaceAll(match -> match.group(1) + "=" + numbers.trueToken(Integer.parseInt(match.group(2))));
        return "not a behaviour of the model: event " + (reached.steps + 1) + " of " + steps.size() + ", '"
                + refused.event() + "', is no " + refused.step().action() + " of the "
                + refused.step().part() + "; before it: " + state;
    }

    private static String module(final List<TraceStep> steps, final TraceNumbers numbers) {
        return steps.stream()
                .map(step -> record(step, numbers))
                .collect(Collectors.joining(
                        ",\n    ",
                        "---- MODULE " + MODULE + " ----\nEXTENDS TraceFencing\n\nTraceOfRun == <<\n    ",
                        "\n>>\n\n====\n"));
    }

    private static String record(final TraceStep step, final TraceNumbers numbers) {
        final boolean isTerm = step.step() == ModelStep.TERM_BEGAN;
        return "[kind |-> \"%s\", term |-> %d, token |-> %d, client |-> \"%s\", sequence |-> %d, position |-> %d]"
                .formatted(
                        step.step().inTrace(),
                        isTerm ? numbers.term(step.event().token()) : 0,
                        isTerm ? 0 : numbers.token(step.event().token()),
                        numbers.client(step.event().clientId()),
                        step.event().sequence(),
                        step.event().position());
    }

    /** How far the model could follow, and its state there. */
    private record Reached(int steps, String state) {
        static Reached last(final String output) {
            final Matcher matcher = REACHED.matcher(output);
            Reached last = null;
            while (matcher.find()) {
                last = new Reached(Integer.parseInt(matcher.group(1)), matcher.group(2));
            }
            return last;
        }
    }
}
