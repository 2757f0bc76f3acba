package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;
import io.fencegate.benchmarks.peers.server.Programs;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The process in which a peer's clients run, with the peer's libraries and nothing of ours but the load: told what to do
 * line by line, {@link io.fencegate.benchmarks.peers.load.PeerLoad} answers. It ends with this process, whatever happens
 * to it, because its input ends. One thread.
 */
public final class LoadProcess implements AutoCloseable {
    private static final long ANSWER_DEADLINE_MS = TimeUnit.SECONDS.toMillis(180);
    private static final long STOP_DEADLINE_S = 5;
    private static final String END = "the process ended";

    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(16);

    /**
     * Starts it.
     *
     * @param command a program that speaks the lines of the load
     * @param directory where {@code load.log} keeps what it says besides
     * @throws IOException if it cannot be started
     */
    public LoadProcess(final List<String> command, final Path directory) throws IOException {
        process = new ProcessBuilder(Programs.apart(command))
                .directory(directory.toFile())
                .redirectError(directory.resolve("load.log").toFile())
                .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        final InputStream output = process.getInputStream();
        final Thread reader = new Thread(() -> read(output), "load-answers");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(final InputStream output) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.put(line);
            }
            answers.put(END);
        } catch (final IOException broken) {
            answers.clear();
            answers.add(END);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Has something done.
     *
     * @param command one line
     * @return what it answered
     * @throws WrongAnswerException if the peer gave a wrong answer
     * @throws IOException if it failed, or did not answer in time
     */
    public String call(final String command) throws IOException {
        commands.println(command);
        final String answer;
        try {
            answer = answers.poll(ANSWER_DEADLINE_MS, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the peer's load works", stopped);
        }
        if (answer == null) {
            throw new IOException("no answer from the peer's load: command=" + command);
        }
        if (answer.startsWith("wrong ")) {
            throw new WrongAnswerException(answer.substring("wrong ".length()));
        }
        if (!answer.equals("ok") && !answer.startsWith("ok ")) {
            throw new IOException("the peer's load: command=" + command + " answer=" + answer);
        }
        return answer.substring("ok".length()).strip();
    }

    /**
     * Has one block measured.
     *
     * @param command {@code write} or {@code lock}
     * @param durationNs how long, to the millisecond
     * @return the block
     * @throws IOException if it failed
     */
    public Block block(final String command, final long durationNs) throws IOException {
        return Block.ofWords(call(command + " " + Math.max(1, TimeUnit.NANOSECONDS.toMillis(durationNs))));
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (process.waitFor(STOP_DEADLINE_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
