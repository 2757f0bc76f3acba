package io.fencegate.journal;

import io.fencegate.journal.recovery.RecoveryHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.MutableLong;

/**
 * A gateway reduced to its journal, in a process of its own: goes on with the one resource that the journal remembers,
 * raises its fence now and then, writes without end, and says on its standard output what a client would have been told.
 */
final class ChildJournal {
    static final int WRITES_PER_TOKEN = 500;

    private ChildJournal() {}

    /** Runs until it is killed, or, told to only hold the journal, until its standard input ends. */
    public static void main(final String[] args) throws IOException {
        final MutableLong token = new MutableLong();
        final RecoveryHandler handler = new RecoveryHandler() {
            @Override
            public void onFence(
                    final int handle,
                    final long fence,
                    final long clientId,
                    final long seal,
                    final DirectBuffer nameBuffer,
                    final int nameOffset,
                    final int nameLength) {
                token.set(fence);
            }

            @Override
            public void onAccepted(
                    final int handle,
                    final long fence,
                    final long sequence,
                    final int payloadCrc,
                    final long generation,
                    final long position,
                    final long locator) {
                token.set(fence);
            }
        };
        try (Journal journal = Journal.open(JournalRig.config(Path.of(args[0])), handler)) {
            System.out.println("generation " + journal.generation());
            if (args[1].equals("hold")) {
                final int end = System.in.read();
                System.out.println("closed " + end);
            } else {
                append(journal, token);
            }
        }
    }

    private static void append(final Journal journal, final MutableLong token) {
        final JournalRig rig = new JournalRig();
        final PrintStream out = System.out;
        while (!Thread.currentThread().isInterrupted()) {
            token.increment();
            rig.raise(journal, 0, "orders", token.get());
            out.println("opened " + token.get());
            for (long sequence = 1; sequence <= WRITES_PER_TOKEN; sequence++) {
                final long position = rig.write(journal, 0, token.get(), sequence, payload(token.get(), sequence));
                out.println("accepted " + token.get() + " " + sequence + " " + position);
            }
            if (token.get() % 3 == 0) {
                out.println("synced " + journal.sync());
            }
        }
    }

    static String payload(final long token, final long sequence) {
        return ("payload of " + token + "/" + sequence + " ").repeat((int) (1 + sequence % 20));
    }

    static Process start(final Path directory, final String mode) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-Xmx"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ChildJournal.class.getName(), directory.toString(), mode));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
