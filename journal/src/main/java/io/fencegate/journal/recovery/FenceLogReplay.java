package io.fencegate.journal.recovery;

/**
 * What the fence log remembers: the fences and the last generation. A torn tail, which was never answered, is dropped;
 * damage at or below what is known to be synced is corruption.
 *
 * <p>Pure; one thread; immutable once read.
 */
public final class FenceLogReplay {
    private final String file;
    private final FenceLedger fences = new FenceLedger();
    private long syncedOffset;
    private long generation;
    private long endOffset;
    private long tornOffset = -1;
    private String tornReason;

    private FenceLogReplay(final EntrySource source, final long beginOffset) {
        file = source.file();
        syncedOffset = source.syncedOffset();
        endOffset = beginOffset;
    }

    /**
     * Reads all entries.
     *
     * @param source of the entries
     * @param beginOffset where the first one stands, in bytes
     * @return what they tell
     * @throws JournalCorruptException if an entry that was synced is damaged, missing or impossible
     */
    public static FenceLogReplay read(final EntrySource source, final long beginOffset) {
        final FenceLogReplay replay = new FenceLogReplay(source, beginOffset);
        final EntryView entry = new EntryView();
        while (source.next(entry)) {
            replay.take(entry);
        }
        replay.judgeEnd();
        return replay;
    }

    private void take(final EntryView entry) {
        if (entry.kind() != EntryView.Kind.DEFECT) {
            syncedOffset = Math.max(syncedOffset, entry.syncedOffset());
        }
        if (tornReason != null) {
            return;
        }
        final String reason = defectOf(entry);
        if (reason != null) {
            tornOffset = entry.foundOffset();
            tornReason = reason;
            return;
        }
        final String impossible = apply(entry);
        if (impossible != null) {
            throw new JournalCorruptException(file, entry.foundOffset(), impossible);
        }
        endOffset = entry.endOffset();
    }

    private String defectOf(final EntryView entry) {
        if (entry.kind() == EntryView.Kind.DEFECT) {
            return entry.defect();
        }
        if (entry.fileOffset() != entry.foundOffset() || entry.foundOffset() != endOffset) {
            return "entry stands in another's place: fileOffset=" + entry.fileOffset() + " expected=" + endOffset;
        }
        return null;
    }

    private String apply(final EntryView entry) {
        if (entry.kind() == EntryView.Kind.FENCE) {
            return fences.raised(entry.handle(), entry.token(), entry.clientId(), entry.seal(), entry.name());
        }
        if (entry.generation() <= generation) {
            return "generations do not rise: generation=" + entry.generation() + " before=" + generation;
        }
        generation = entry.generation();
        return null;
    }

    private void judgeEnd() {
        if (endOffset < syncedOffset) {
            throw new JournalCorruptException(
                    file,
                    endOffset,
                    (tornReason == null ? "fence log ends below the synced offset:" : tornReason) + " syncedOffset="
                            + syncedOffset);
        }
    }

    /** What was read, for messages. @return the path of the file */
    public String file() {
        return file;
    }

    /** The fences. @return by handle */
    public FenceLedger fences() {
        return fences;
    }

    /** Last generation that began. @return 0 if none */
    public long generation() {
        return generation;
    }

    /** Where the next entry would stand. @return in bytes */
    public long endOffset() {
        return endOffset;
    }

    /** Where a torn tail was dropped. @return in bytes, -1 if none was */
    public long tornOffset() {
        return tornOffset;
    }

    /** Why a tail was dropped. @return in words, null if none was */
    public String tornReason() {
        return tornReason;
    }
}
