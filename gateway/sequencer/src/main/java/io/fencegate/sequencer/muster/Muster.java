package io.fencegate.sequencer.muster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * What a member makes of the others' statuses: whether it may take part in elections, whether it has to copy a log first,
 * and what of the log nobody needs any more.
 *
 * <p>Who has no log must not vote: with another such member it could elect a leader that lacks what was committed. So
 * <ul>
 *   <li>members without a log found a cluster only if all of them say that they have none and have heard the same of all
 *       the others. The incarnations of all are the founders: the name of the cluster. A member that was wiped has
 *       another incarnation, and is not among them;
 *   <li>a member starts once a majority is of the same founders. No directory is of two;
 *   <li>any other member without a log copies the leader's, until it has as much of it as every other member had recorded
 *       after it heard of the loss, so that nothing that it once acknowledged is missing, and starts with a term not below
 *       those for which others have stood, so that it votes in no term twice.
 * </ul>
 *
 * <p>Time is an argument. One thread.
 */
public final class Muster {
    /** What to do. */
    public enum Step {
        /** Wait for others. */
        WAIT,
        /** Wait for a snapshot that can be copied. */
        AWAIT_SEED,
        /** Become a founder. */
        FOUND,
        /** Copy the log. */
        SEED,
        /** Take part in elections. */
        START,
        /** Stop: this directory does not belong here. */
        REFUSE
    }

    /**
     * What to do, and why.
     *
     * @param step to do
     * @param founders of the cluster, as far as the step needs them
     * @param fact one line for people
     */
    public record Decision(Step step, List<Long> founders, String fact) {}

    /**
     * What a copy of the log has to reach.
     *
     * @param logEnd position, in bytes
     * @param candidateTermId term below which it must not vote
     */
    public record SeedGoal(long logEnd, long candidateTermId) {}

    private final int memberId;
    private final int members;
    private final long silenceMs;
    private final MemberStatus[] statuses;
    private final long[] heardMs;

    /**
     * Nothing heard yet.
     *
     * @param memberId of this member
     * @param members of the cluster
     * @param silenceMs after which a member counts as silent
     */
    public Muster(final int memberId, final int members, final long silenceMs) {
        this.memberId = memberId;
        this.members = members;
        this.silenceMs = silenceMs;
        statuses = new MemberStatus[members];
        heardMs = new long[members];
    }

    /**
     * Another member spoke.
     *
     * @param nowMs any clock that does not go back
     * @param status that it told
     */
    public void onStatus(final long nowMs, final MemberStatus status) {
        statuses[status.memberId()] = status;
        heardMs[status.memberId()] = nowMs;
    }

    /**
     * Whom this member has heard.
     *
     * @param incarnation of this member
     * @return incarnation of each member, 0 for those never heard
     */
    public List<Long> heard(final long incarnation) {
        return IntStream.range(0, members)
                .mapToObj(i -> i == memberId ? incarnation : statuses[i] == null ? 0L : statuses[i].incarnation())
                .toList();
    }

    /**
     * Members that are not silent.
     *
     * @param nowMs now
     * @return their number, this one included
     */
    public int hearing(final long nowMs) {
        return 1 + (int) others().filter(i -> isFresh(i, nowMs)).count();
    }

    /**
     * Whether every member speaks and has a log of the cluster.
     *
     * @param nowMs now
     * @param founders of the cluster
     * @return false as long as one is silent, without a log, or foreign
     */
    public boolean isComplete(final long nowMs, final List<Long> founders) {
        return others().allMatch(i -> isFresh(i, nowMs) && isOf(i, founders));
    }

    /**
     * What a member that has not started does next.
     *
     * @param nowMs now
     * @param own what it tells the others
     * @return the step
     */
    public Decision decide(final long nowMs, final MemberStatus own) {
        return own.standing() == Standing.MEMBER ? decideMember(nowMs, own) : decideEmpty(nowMs, own);
    }

    /**
     * Below which nobody needs the log any more.
     *
     * @param nowMs now
     * @param own what this member tells the others
     * @return the lowest position of a second-newest snapshot, or {@link LogExtent#NONE} as long as a member is silent or
     *     has no two snapshots
     */
    public long purgeLimit(final long nowMs, final MemberStatus own) {
        if (!isComplete(nowMs, own.founders())) {
            return LogExtent.NONE;
        }
        return others().mapToLong(i -> statuses[i].log().snapshotSecond())
                .reduce(own.log().snapshotSecond(), Math::min);
    }

    /**
     * What others know to be committed.
     *
     * @param nowMs now
     * @param founders of the cluster
     * @return highest position that a member told, or {@link LogExtent#NONE}
     */
    public long committed(final long nowMs, final List<Long> founders) {
        return others().filter(i -> isFresh(i, nowMs) && isOf(i, founders))
                .mapToLong(i -> statuses[i].log().committed())
                .reduce(LogExtent.NONE, Math::max);
    }

    /**
     * Whether a member waits for a snapshot to copy.
     *
     * @param nowMs now
     * @return true if one speaks that has no log
     */
    public boolean isSeedWanted(final long nowMs) {
        return others().anyMatch(i -> isFresh(i, nowMs) && statuses[i].standing() != Standing.MEMBER);
    }

    /**
     * What a copy has to reach before its member takes part.
     *
     * @param incarnation of this member
     * @return the goal, or null as long as not every other member has told that it knows of this incarnation
     */
    public SeedGoal seedGoal(final long incarnation) {
        if (!others().allMatch(i -> knows(i, incarnation))) {
            return null;
        }
        final long logEnd = others().filter(i -> statuses[i].standing() == Standing.MEMBER)
                .mapToLong(i -> statuses[i].log().end())
                .reduce(LogExtent.NONE, Math::max);
        final long term = others().mapToLong(i -> statuses[i].candidateTermId()).reduce(-1, Math::max);
        return new SeedGoal(logEnd, term);
    }

    /**
     * Members that have not told that they know of this incarnation.
     *
     * @param incarnation of this member
     * @return their ids, for people
     */
    public String unaware(final long incarnation) {
        final StringJoiner ids = new StringJoiner(",");
        others().filter(i -> !knows(i, incarnation)).forEach(i -> ids.add(Integer.toString(i)));
        return ids.toString();
    }

    private Decision decideMember(final long nowMs, final MemberStatus own) {
        final List<Long> founders = own.founders();
        int agreeing = 1;
        for (int i = 0; i < members; i++) {
            if (i != memberId && isFresh(i, nowMs) && isOf(i, founders)) {
                agreeing++;
                final long start = statuses[i].log().start();
                if (start > Math.max(0, own.log().end())) {
                    return decision(
                            Step.REFUSE,
                            founders,
                            "this directory is older than what its member acknowledged: logEnd="
                                    + own.log().end() + " logStartOfMember" + i + "=" + start
                                    + "; move it away, and the node copies the log from the others");
                }
            }
        }
        if (agreeing >= majority()) {
            return decision(Step.START, founders, "");
        }
        final List<Long> others = foundersOfMost(nowMs, founders);
        if (others != null && countOf(nowMs, others) >= majority()) {
            return decision(
                    Step.REFUSE,
                    founders,
                    "this directory is of another cluster: founders=" + hex(founders) + " foundersOfOthers="
                            + hex(others) + "; see sequencer.members and --dir");
        }
        return decision(Step.WAIT, founders, "waits for a majority of its cluster: " + census(nowMs));
    }

    private Decision decideEmpty(final long nowMs, final MemberStatus own) {
        final boolean isEmpty = own.standing() == Standing.EMPTY;
        for (int i = 0; i < members; i++) {
            if (isEmpty && i != memberId && isFresh(i, nowMs) && isFoundedWith(statuses[i], own.incarnation())) {
                return decision(Step.FOUND, statuses[i].founders(), "");
            }
        }
        final List<Long> heard = heard(own.incarnation());
        final boolean isUnanimous = isEmpty
                && others().allMatch(i -> isFresh(i, nowMs)
                        && statuses[i].standing() == Standing.EMPTY
                        && statuses[i].heard().equals(heard));
        if (isUnanimous) {
            return decision(Step.FOUND, heard, "");
        }
        final List<Long> founders = foundersOfMost(nowMs, null);
        if (founders == null) {
            return decision(
                    Step.WAIT,
                    Membership.nobody(members),
                    "has no log, and waits until all members say that they have none either: " + census(nowMs));
        }
        final boolean hasSnapshot = others().anyMatch(i ->
                isFresh(i, nowMs) && isOf(i, founders) && statuses[i].log().snapshotNewest() >= 0);
        if (countOf(nowMs, founders) >= majority() && hasSnapshot) {
            return decision(Step.SEED, founders, "has no log, and copies it from the leader");
        }
        return decision(
                Step.AWAIT_SEED,
                founders,
                "has no log, and waits for a leader from which to copy it: " + census(nowMs));
    }

    private boolean isFoundedWith(final MemberStatus status, final long incarnation) {
        return status.standing() == Standing.MEMBER && status.founders().get(memberId) == incarnation;
    }

    /** The founders whom most of the others are of, but not these; null if nobody has a log. */
    private List<Long> foundersOfMost(final long nowMs, final List<Long> butNot) {
        final Map<List<Long>, Integer> counts = new HashMap<>();
        others().filter(i -> isFresh(i, nowMs) && statuses[i].standing() == Standing.MEMBER)
                .mapToObj(i -> statuses[i].founders())
                .filter(founders -> !founders.equals(butNot))
                .forEach(founders -> counts.merge(founders, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private long countOf(final long nowMs, final List<Long> founders) {
        return others().filter(i -> isFresh(i, nowMs) && isOf(i, founders)).count();
    }

    private boolean isOf(final int member, final List<Long> founders) {
        return statuses[member].standing() == Standing.MEMBER
                && statuses[member].founders().equals(founders);
    }

    private boolean isFresh(final int member, final long nowMs) {
        return statuses[member] != null && nowMs - heardMs[member] <= silenceMs;
    }

    private boolean knows(final int member, final long incarnation) {
        return statuses[member] != null && statuses[member].heard().get(memberId) == incarnation;
    }

    private IntStream others() {
        return IntStream.range(0, members).filter(i -> i != memberId);
    }

    private int majority() {
        return members / 2 + 1;
    }

    private String census(final long nowMs) {
        final StringJoiner census = new StringJoiner(" ");
        others().forEach(i -> census.add(
                "member" + i + "=" + (isFresh(i, nowMs) ? statuses[i].standing().name() : "silent")));
        return census.toString();
    }

    private static Decision decision(final Step step, final List<Long> founders, final String fact) {
        return new Decision(step, founders, fact);
    }

    private static String hex(final List<Long> incarnations) {
        final StringJoiner text = new StringJoiner(",");
        incarnations.forEach(incarnation -> text.add(Long.toHexString(incarnation)));
        return text.toString();
    }
}
