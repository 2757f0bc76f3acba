package io.fencegate.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.journal.recovery.RecordView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal among real processes: kill -9, and a second writer. */
@Timeout(600)
class JournalProcessTest {
    private static final long SEED = 20261123;

    @TempDir
    Path directory;

    @Test
    void killingTheWriterLosesNothingThatWasAcknowledged() throws Exception {
        final Random random = new Random(SEED);
        final List<String> acknowledged = new ArrayList<>();
        for (int round = 1; round <= 4; round++) {
            acknowledged.addAll(killAfter(1000 + random.nextInt(4000)));
            assertRemembered(acknowledged);
        }
        final JournalReport report = JournalVerifier.verify(directory);
        assertTrue(report.isIntact(), () -> report.violation().getMessage());
        assertEquals(8, report.generations());
    }

    private List<String> killAfter(final int lines) throws IOException, InterruptedException {
        final List<String> told = new ArrayList<>();
        final Process child = ChildJournal.start(directory, "append");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            while (line != null) {
                told.add(line);
                if (told.size() == lines) {
                    // By its handle: Process.destroyForcibly would close the pipe that still holds acknowledgements.
                    assertTrue(child.toHandle().destroyForcibly());
                }
                line = out.readLine();
            }
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
            assertTrue(told.size() >= lines, () -> "child ended early: last=" + told);
            // The last line may be torn by the kill: a client would not have seen it.
            told.remove(told.size() - 1);
            return told;
        } finally {
            child.destroyForcibly();
        }
    }

    private void assertRemembered(final List<String> acknowledged) {
        final Map<Long, String> records = new HashMap<>();
        try (JournalReader reader = JournalReader.open(directory)) {
            while (reader.poll(record -> records.put(record.position(), describe(record)), 1000) > 0) {
                assertNull(reader.cut());
            }
        }
        try (Journal journal = JournalRig.open(directory)) {
            long tokenOpened = 0;
            for (final String line : acknowledged) {
                final String[] words = line.split(" ");
                if (words[0].equals("accepted")) {
                    final long token = Long.parseLong(words[1]);
                    final long sequence = Long.parseLong(words[2]);
                    assertEquals(
                            token + " " + sequence + " " + ChildJournal.payload(token, sequence),
                            records.get(Long.parseLong(words[3])));
                } else if (words[0].equals("opened")) {
                    tokenOpened = Long.parseLong(words[1]);
                }
            }
            assertTrue(journal.recovered().fences().get(0).token() >= tokenOpened);
        }
    }

    private static String describe(final RecordView record) {
        return record.token() + " " + record.sequence() + " " + JournalRig.text(record.bytes());
    }

    @Test
    void aSecondProcessIsToldWhoWrites() throws Exception {
        final Process child = ChildJournal.start(directory, "hold");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            assertEquals("generation 1", out.readLine());
            final JournalInUseException e = assertThrows(JournalInUseException.class, () -> JournalRig.open(directory));
            assertTrue(e.getMessage().contains("writer=pid " + child.pid()), e.getMessage());
            assertTrue(JournalVerifier.verify(directory).isIntact());
            assertTrue(child.isAlive());
            child.destroyForcibly();
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
            try (Journal journal = JournalRig.open(directory)) {
                assertEquals(2, journal.generation());
            }
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aSecondWriterInTheSameProcessIsRefusedAndTakesNothingAway() throws Exception {
        try (Journal journal = JournalRig.open(directory)) {
            assertEquals(1, journal.generation());
            assertThrows(JournalInUseException.class, () -> JournalRig.open(directory));
            final Process child = ChildJournal.start(directory, "hold");
            try {
                assertTrue(child.waitFor(60, TimeUnit.SECONDS));
                assertFalse(child.exitValue() == 0, "the child took the journal from its writer");
            } finally {
                child.destroyForcibly();
            }
        }
        try (Journal journal = JournalRig.open(directory)) {
            assertEquals(2, journal.generation());
        }
    }
}
