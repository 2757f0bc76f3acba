---------------------------- MODULE TraceFencing ----------------------------
(***************************************************************************)
(* Is what was observed of a run a behaviour of the model? Trace is what   *)
(* was observed of one resource, in the order of observation, in numbers   *)
(* that are small and in the order of the true ones. Each event must be    *)
(* enabled as its action of the model. next counts them: where it cannot   *)
(* go on, code and model disagree.                                         *)
(*                                                                         *)
(* What was not observed is left to the checker: which suffix the          *)
(* sequencer lost, how far a power loss let the fence log come.            *)
(***************************************************************************)
EXTENDS Fencing, TLC

CONSTANT Trace

VARIABLES
    next,   \* the event that is to come
    at,     \* the positions of the journal's records, of which those of other resources have some
    lost,   \* whether the sequencer lost a suffix, and has no new leader yet
    down    \* "no", or what befell the gateway: "killed", "power"; "again": also while it started

traceVars == <<at, lost, down>>

Event == Trace[next]

(* Records up to this position.                                            *)
Index(position) == Cardinality({i \in 1..Len(at) : at[i] <= position})

PositionLast == IF at = <<>> THEN 0 ELSE at[Len(at)]

Stays == UNCHANGED vars

-----------------------------------------------------------------------------
(* The sequencer.                                                          *)

(* A life's first term begins with no election. Without a loss nothing of  *)
(* the state is gone.                                                      *)
TermBegan ==
    /\ Event.kind = "TermBegan"
    /\ \/ /\ Event.term = sequencer.term
          /\ ~lost
          /\ Stays
       \/ /\ Elect(Event.term)
          /\ lost \/ Remains(sequencer') = Remains(sequencer)
    /\ lost' = FALSE
    /\ UNCHANGED <<at, down>>

SuffixLost ==
    /\ Event.kind = "SuffixLost"
    /\ Stays
    /\ lost' = TRUE
    /\ UNCHANGED <<at, down>>

LifeBegan ==
    /\ Event.kind = "LifeBegan"
    /\ Forget
    /\ lost' = FALSE
    /\ UNCHANGED <<at, down>>

(* The proof may be that of another resource.                              *)
FloorRaised ==
    /\ Event.kind = "FloorRaised"
    /\ ~lost
    /\ \E offset \in sequencer.offset + 1..OffsetMax : RaiseFloor(Fence(Event.token, Event.client), offset)
    /\ UNCHANGED traceVars

Issued ==
    /\ Event.kind = "Issued"
    /\ ~lost
    /\ Acquire(Event.client)
    /\ Token(sequencer') = Event.token
    /\ UNCHANGED traceVars

(* A grant of another resource counts, and opens nothing here.             *)
IssuedElsewhere ==
    /\ Event.kind = "IssuedElsewhere"
    /\ ~lost
    /\ Grant(Nobody, sequencer.holders)
    /\ Token(sequencer') = Event.token
    /\ UNCHANGED traceVars

Revoked ==
    /\ Event.kind = "Revoked"
    /\ ~lost
    /\ Revoke(Event.client)
    /\ Token(sequencer') = Event.token
    /\ UNCHANGED traceVars

LeaseEnded ==
    /\ Event.kind = "LeaseEnded"
    /\ ~lost
    /\ EndLease(Event.client)
    /\ UNCHANGED traceVars

-----------------------------------------------------------------------------
(* The gateway.                                                            *)

FenceIsRaised ==
    /\ Event.kind = "FenceRaised"
    /\ down = "no"
    /\ Granted(Event.token, Event.client)
    /\ RaiseFence(Fence(Event.token, Event.client))
    /\ Event.position > PositionLast
    /\ at' = Append(at, Event.position)
    /\ UNCHANGED <<lost, down>>

OpenTaken ==
    /\ Event.kind = "OpenTaken"
    /\ down = "no"
    /\ TakeOver(Fence(Event.token, Event.client))
    /\ UNCHANGED traceVars

FenceSynced ==
    /\ Event.kind = "FenceSynced"
    /\ down = "no"
    /\ \/ Event.token <= fenceLog.token /\ Stays
       \/ \E client \in Clients : SyncFence(Fence(Event.token, client))
    /\ UNCHANGED traceVars

(* It tells of the last sequence. A session that opened twice is answered  *)
(* twice: the second answer is that of taking over from itself.            *)
OpenAnswered ==
    /\ Event.kind = "OpenAnswered"
    /\ down = "no"
    /\ fence = Fence(Event.token, Event.client)
    /\ Event.sequence = SequenceLast(journal, Event.token)
    /\ \/ AnswerOpen
       \/ /\ ~opening /\ owner = Event.client
          /\ \A i \in Durable + 1..Len(journal) : ~IsWrite(journal[i])
          /\ Stays
    /\ UNCHANGED traceVars

Appended ==
    /\ Event.kind = "Appended"
    /\ down = "no"
    /\ Write(Event.token, Event.sequence)
    /\ Event.position > PositionLast
    /\ at' = Append(at, Event.position)
    /\ UNCHANGED <<lost, down>>

JournalSynced ==
    /\ Event.kind = "JournalSynced"
    /\ down = "no"
    /\ LET index == Index(Event.position) IN
        IF index <= synced THEN Stays ELSE SyncJournal(index)
    /\ UNCHANGED traceVars

(* A caller was told of the record at this position.                       *)
ToldOf ==
    /\ Event.kind = "Told"
    /\ \E i \in 1..Durable : at[i] = Event.position /\ IsWrite(journal[i])
    /\ Told(Index(Event.position))
    /\ UNCHANGED <<sequencerVars, fence, owner, opening, crashes, diskVars, toldFence, proofs>>
    /\ UNCHANGED traceVars

WentDown ==
    /\ Event.kind \in {"killed", "power"}
    /\ Stays
    /\ down' = IF down = "no" THEN Event.kind
               ELSE IF down = "killed" /\ Event.kind = "killed" THEN "killed"
               ELSE "again"
    /\ UNCHANGED <<at, lost>>

(* What was written to the fence log may be on disk before its sync.       *)
SyncByChance ==
    /\ down \in {"power", "again"}
    /\ SyncSomeFence
    /\ UNCHANGED traceVars

(* A fence that only the fence log knew stands behind what was kept. Where *)
(* a start was broken off, its records may stand at positions of ours.     *)
Recovered ==
    /\ Event.kind = "Recovered"
    /\ LET most == Index(Event.position) IN
        \E kept \in synced..most :
            /\ down = "again" \/ kept = most
            /\ IF down \in {"power", "again"} THEN LosePower(kept) ELSE kept = Len(journal) /\ Kill
            /\ at' = IF Len(journal') = kept THEN SubSeq(at, 1, kept)
                     ELSE Append(SubSeq(at, 1, kept), Event.position + 1)
    /\ down' = "no"
    /\ UNCHANGED lost

-----------------------------------------------------------------------------

TraceInit ==
    /\ Init
    /\ next = 1
    /\ at = <<>>
    /\ lost = FALSE
    /\ down = "no"

TraceNext ==
    /\ next <= Len(Trace)
    /\ \/ /\ \/ TermBegan \/ SuffixLost \/ LifeBegan \/ FloorRaised
             \/ Issued \/ IssuedElsewhere \/ Revoked \/ LeaseEnded
             \/ FenceIsRaised \/ OpenTaken \/ FenceSynced \/ OpenAnswered
             \/ Appended \/ JournalSynced \/ ToldOf
             \/ WentDown \/ Recovered
          /\ next' = next + 1
       \/ /\ SyncByChance
          /\ next' = next

TraceSpec == TraceInit /\ [][TraceNext]_<<vars, next, traceVars>>

(* What tells two states apart, at the same place in the trace.            *)
TraceView == <<next, sequencer, history, epoch, fence, owner, opening, fenceLog, Len(journal), synced, lost, down>>

(* Says how far it came, and what the model's state was there.             *)
ASSUME TLCSet(1, 0)

Progress ==
    IF next <= TLCGet(1) THEN TRUE
    ELSE /\ TLCSet(1, next)
         /\ PrintT("REACHED " \o ToString(next - 1)
                \o " fence=" \o ToString(fence.token) \o " fenceLog=" \o ToString(fenceLog.token)
                \o " owner=" \o ToString(owner) \o " opening=" \o ToString(opening)
                \o " sequence=" \o ToString(SequenceLast(journal, fence.token))
                \o " records=" \o ToString(Len(journal)) \o " synced=" \o ToString(synced)
                \o " holders=" \o ToString(sequencer.holders) \o " last=" \o ToString(Token(sequencer)))

=============================================================================
