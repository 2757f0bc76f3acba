package io.fencegate.journal.recovery;

/**
 * Reads the records of all generations in order and verifies that they are one chain: every checksum, every position,
 * every link to the record before, every take-over of a new generation from the one before.
 *
 * <p>A generation ends where the next one takes over: the first record of a generation stands at the position behind the
 * last good one, and carries its CRC. So what was cut at an earlier start stays in its generation's files and is never
 * read again. Damage behind which no generation takes over is judged at the end: at or below the highest synced position
 * known, it is corruption; wholly above, it is cut.
 *
 * <p>Pure; one thread.
 */
public final class RecordChain {
    private final RecordSource source;
    private final long journalId;
    private long syncedPosition;
    private long generationRead;
    private long generation;
    private long generations;
    private long position;
    private int crc;
    private boolean inGeneration;
    private boolean first;
    private boolean ended;
    private Cut damage;
    private long salvaged;

    /**
     * Starts before position 1.
     *
     * @param source of the records
     * @param journalId to which every generation must belong
     * @param syncedPosition highest one known from elsewhere, 0 if none
     */
    public RecordChain(final RecordSource source, final long journalId, final long syncedPosition) {
        this.source = source;
        this.journalId = journalId;
        this.syncedPosition = syncedPosition;
    }

    /**
     * Reads the next record.
     *
     * @param record filled with a verified record
     * @return false at the end of the journal, which has then been judged
     * @throws JournalCorruptException if damage stands at or below the synced position, or the journal ends below it
     */
    public boolean next(final RecordView record) {
        while (!ended) {
            if (!inGeneration && !enterGeneration()) {
                ended = true;
                judgeEnd();
            } else if (!source.next(record)) {
                inGeneration = false;
            } else if (follows(record)) {
                remember(record);
                return true;
            }
        }
        return false;
    }

    private boolean enterGeneration() {
        if (!source.nextGeneration()) {
            return false;
        }
        if (source.generation() <= generationRead) {
            throw new JournalCorruptException(
                    source.file(),
                    position + 1,
                    "generations do not rise: generation=" + source.generation() + " before=" + generationRead);
        }
        generationRead = source.generation();
        inGeneration = true;
        first = true;
        return true;
    }

    private boolean follows(final RecordView record) {
        final String reason = defectOf(record);
        if (reason == null) {
            return true;
        }
        if (record.kind() != RecordView.Kind.DEFECT && record.crc() == record.crcComputed()) {
            noteSynced(record);
        }
        if (damage == null) {
            damage = new Cut(generationRead, source.file(), position + 1, reason, 0);
        }
        inGeneration = false;
        return false;
    }

    private String defectOf(final RecordView record) {
        if (record.kind() == RecordView.Kind.DEFECT) {
            return record.defect();
        }
        if (record.crc() != record.crcComputed()) {
            return "checksum is wrong: crc=" + hex(record.crc()) + " computed=" + hex(record.crcComputed());
        }
        if (record.position() != position + 1) {
            return "positions are not contiguous: position=" + record.position() + " expected=" + (position + 1);
        }
        if (record.previousCrc() != crc) {
            return "chain is broken: previousCrc=" + hex(record.previousCrc()) + " expected=" + hex(crc);
        }
        if (record.syncedPosition() < 0 || record.syncedPosition() >= record.position()) {
            return "synced position is impossible: syncedPosition=" + record.syncedPosition();
        }
        return first ? defectOfStart(record) : defectOfRest(record);
    }

    private String defectOfStart(final RecordView record) {
        if (record.kind() != RecordView.Kind.GENERATION_STARTED) {
            return "generation does not begin with its start: kind=" + record.kind();
        }
        if (record.generationStarted() != generationRead) {
            return "generation stands in another's place: generation=" + record.generationStarted();
        }
        if (record.journalId() != journalId) {
            return "generation belongs to another journal: journalId=" + Long.toHexString(record.journalId());
        }
        return null;
    }

    private String defectOfRest(final RecordView record) {
        return record.kind() == RecordView.Kind.GENERATION_STARTED ? "generation starts twice" : null;
    }

    private void remember(final RecordView record) {
        if (first) {
            first = false;
            generation = generationRead;
            generations++;
            damage = null;
        }
        position = record.position();
        crc = record.crc();
        noteSynced(record);
    }

    private void noteSynced(final RecordView record) {
        syncedPosition = Math.max(syncedPosition, record.syncedPosition());
    }

    private void judgeEnd() {
        for (long g = Math.max(generation, 1); g <= generationRead; g++) {
            source.salvage(g, this::onSalvaged);
        }
        if (damage != null && damage.position() <= syncedPosition) {
            throw new JournalCorruptException(
                    damage.file(), damage.position(), damage.reason() + " syncedPosition=" + syncedPosition);
        }
        if (position < syncedPosition) {
            throw new JournalCorruptException(
                    source.file(),
                    position + 1,
                    "journal ends below the synced position: positionLast=" + position + " syncedPosition="
                            + syncedPosition);
        }
    }

    private void onSalvaged(final RecordView record) {
        if (record.position() <= position) {
            return;
        }
        noteSynced(record);
        salvaged++;
        if (damage == null) {
            final String reason = "record behind the readable end: position=" + record.position();
            damage = new Cut(record.generation(), source.file(), position + 1, reason, 0);
        }
    }

    private static String hex(final int crc) {
        return Integer.toHexString(crc);
    }

    /** Position of the last good record so far. @return 0 if there is none */
    public long position() {
        return position;
    }

    /** CRC of the last good record so far. @return 0 if there is none */
    public int crc() {
        return crc;
    }

    /** Generation of the last good record so far. @return 0 if there is none */
    public long generation() {
        return generation;
    }

    /** Generations that hold good records so far. @return from 0 */
    public long generations() {
        return generations;
    }

    /** Highest generation seen, with or without good records. @return 0 if there is none */
    public long generationHighest() {
        return generationRead;
    }

    /** Highest synced position known so far. @return from 0 */
    public long syncedPosition() {
        return syncedPosition;
    }

    /** What is cut at the end of the journal, once {@link #next} has returned false. @return null if nothing is */
    public Cut cut() {
        return damage == null
                ? null
                : new Cut(damage.generation(), damage.file(), damage.position(), damage.reason(), salvaged);
    }
}
