------------------------------ MODULE Fencing ------------------------------
(***************************************************************************)
(* One resource, its sequencer and its gateway, in the asynchronous model  *)
(* with crash-recovery nodes. Safety only: nothing here needs a clock.     *)
(*                                                                         *)
(* There are no clients and there is no network. Whoever calls may ask for *)
(* anything at any time, in any order and as often as it likes: an Open    *)
(* of any grant that was ever acknowledged, a Write of any sequence, a     *)
(* RaiseFloor with any proof that was ever given. A client that is paused  *)
(* for a year, a message that is lost, doubled, late or out of order, a    *)
(* client that lies: each is one of these calls at some time. What callers *)
(* cannot make is a seal; the one that tries is Forge. Requests that are   *)
(* refused change nothing and are no actions, but for the proof that a     *)
(* refusal carries.                                                        *)
(*                                                                         *)
(* Time decides nothing: a lease may end at any moment, by release, by     *)
(* revocation, or by expiry, whatever the clocks did.                      *)
(*                                                                         *)
(* Broken names one rule that is left out, to show that the checker would  *)
(* find its absence. "nothing" is the product.                             *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Clients,      \* who may hold the lease
    TermMax,      \* leadership terms of one life of the sequencer: 0 to this
    SerialMax,    \* grants of one term: 1 to this
    OffsetMax,    \* steps of the term offset: 0 to this
    LivesMax,     \* lives of the sequencer; amnesia ends one
    SequenceMax,  \* writes under one token
    CrashesMax,   \* crashes of the gateway
    Durability,   \* "disk": what was told survives power loss; "process": it survives kill -9
    Nobody,       \* no client
    Broken        \* the rule that is left out

VARIABLES
    sequencer,    \* replicated state: term, serial, offset, holders (the leases: one, or none)
    history,      \* what of it outlives an election, after each entry of this life's log
    life,         \* number of this life of the sequencer
    epoch,        \* rises with each life, and when a raised floor is lost
    grants,       \* the grants that were acknowledged, in order
    fence,        \* in memory: the highest token seen, and its client
    owner,        \* the client whose session may write
    opening,      \* whether the owner's Open is not answered yet
    fenceLog,     \* on disk: the fence as it was synced last
    journal,      \* the records, in order of their positions
    synced,       \* how many of them are on disk
    told,         \* the records of which an answer told
    toldFence,    \* the highest token of which an OPENED told
    proofs,       \* the fences that the gateway proved
    crashes       \* how many crashes there were

sequencerVars == <<sequencer, history, life, epoch, grants>>
diskVars == <<fenceLog, journal, synced>>
toldVars == <<told, toldFence, proofs>>
gatewayVars == <<fence, owner, opening, crashes, diskVars, toldVars>>
vars == <<sequencerVars, gatewayVars>>


-----------------------------------------------------------------------------
(* Tokens. The offset counts multiples of more terms than a life can have, *)
(* so that two leadership terms never give one sum.                        *)

OffsetStep == IF Broken = "offset steps span all terms" THEN 1 ELSE TermMax + 1

Token(state) ==
    LET term == IF Broken = "terms are in tokens" THEN 0 ELSE state.offset * OffsetStep + state.term IN
    IF Broken = "the term outweighs the serial"
    THEN state.serial * (OffsetMax + 1) * OffsetStep + term
    ELSE term * (SerialMax + 1) + state.serial

NextToken(state) == Token([state EXCEPT !.serial = @ + 1])

FirstState == [term |-> 0, serial |-> 0, offset |-> 0, holders |-> {}]

-----------------------------------------------------------------------------
(* The sequencer.                                                          *)

(* A new leader has a new term, and counts from 1. A bare counter goes on. *)
Remains(state) ==
    [state EXCEPT !.term = 0, !.serial = IF Broken = "terms are in tokens" THEN @ ELSE 0]

Log(state) ==
    /\ sequencer' = state
    /\ history' = history \union {Remains(state)}

NextSerial ==
    IF sequencer.serial < SerialMax THEN sequencer.serial + 1
    ELSE IF Broken = "serials do not wrap" THEN 1
    ELSE 0

Grant(client, holders) ==
    /\ NextSerial # 0                                   \* else TOKENS_EXHAUSTED
    /\ Len(grants) < LivesMax * (TermMax + 1) * SerialMax
    /\ Log([sequencer EXCEPT !.serial = NextSerial, !.holders = holders])
    /\ grants' = Append(grants, [token |-> Token(sequencer'), client |-> client, life |-> life, epoch |-> epoch])
    /\ UNCHANGED <<life, epoch, gatewayVars>>

(* At once, or when the client's turn in the queue comes.                  *)
Acquire(client) ==
    /\ sequencer.holders = {} \/ Broken = "a lease has one holder"
    /\ Grant(client, sequencer.holders \union {client})

(* Release or expiry.                                                      *)
EndLease(client) ==
    /\ client \in sequencer.holders
    /\ Log([sequencer EXCEPT !.holders = @ \ {client}])
    /\ UNCHANGED <<life, epoch, grants, gatewayVars>>

(* An operator ends the lease, and gets a token that has none.             *)
Revoke(operator) ==
    /\ sequencer.holders # {}
    /\ Grant(operator, {})

(* A new leader. Of what was acknowledged any suffix may be gone, if a     *)
(* majority lost power; the leader's term is new all the same. (The state  *)
(* may even become one that was lost before: more than can happen.)        *)
Elect(term) ==
    /\ term > sequencer.term
    /\ \E state \in history :
        /\ sequencer' = [state EXCEPT !.term = term]
        /\ epoch' = IF state.offset < sequencer.offset THEN epoch + 1 ELSE epoch
    /\ UNCHANGED <<history, life, grants, gatewayVars>>

(* The sequencer is rebuilt from nothing.                                  *)
Forget ==
    /\ life < LivesMax
    /\ life' = life + 1
    /\ epoch' = epoch + 1
    /\ sequencer' = FirstState
    /\ history' = {Remains(FirstState)}
    /\ UNCHANGED <<grants, gatewayVars>>

(* Somebody shows a proof of a token that the sequencer could issue yet.   *)
RaiseFloor(proof, offset) ==
    LET raised == [sequencer EXCEPT !.offset = offset] IN
    /\ offset > sequencer.offset
    /\ proof.token >= NextToken(sequencer)
    /\ NextToken(raised) > proof.token
    /\ NextToken([raised EXCEPT !.offset = @ - 1]) <= proof.token
    /\ Log(raised)
    /\ UNCHANGED <<life, epoch, grants, gatewayVars>>

-----------------------------------------------------------------------------
(* The gateway.                                                            *)

NoFence == [token |-> 0, client |-> Nobody]

Fence(token, client) == [token |-> token, client |-> client]

FenceRaised(f) == [kind |-> "FenceRaised", token |-> f.token, client |-> f.client, sequence |-> 0, after |-> 0]

IsFence(record) == record.kind = "FenceRaised"

IsWrite(record) == record.kind = "Accepted"

SequenceLast(records, token) ==
    LET of(i) == IsWrite(records[i]) /\ records[i].token = token IN
    IF \E i \in 1..Len(records) : of(i)
    THEN records[CHOOSE i \in 1..Len(records) : of(i) /\ \A j \in i + 1..Len(records) : ~of(j)].sequence
    ELSE 0

(* The seal verifies, and the token is above the fence.                    *)
RaiseFence(f) ==
    /\ f.token > fence.token
    /\ fence' = f
    /\ journal' = Append(journal, FenceRaised(f))
    /\ owner' = f.client
    /\ opening' = TRUE
    /\ proofs' = proofs \union {f}
    /\ UNCHANGED <<sequencerVars, crashes, fenceLog, synced, told, toldFence>>

(* The seal verifies, and the token is the fence: the holder takes over.   *)
TakeOver(f) ==
    /\ f.token = fence.token
    /\ f.client = fence.client \/ Broken = "a token binds its client"
    /\ owner' = f.client
    /\ opening' = TRUE
    /\ UNCHANGED <<sequencerVars, fence, crashes, diskVars, toldVars>>

Open(f) == RaiseFence(f) \/ TakeOver(f)

Granted(token, client) ==
    \E i \in 1..Len(grants) :
        /\ grants[i].token = token
        /\ grants[i].client = client \/ Broken = "a seal binds its client"

OpenGranted ==
    \E i \in 1..Len(grants), client \in Clients :
        /\ Granted(grants[i].token, client)
        /\ Open(Fence(grants[i].token, client))

Forge ==
    /\ Broken = "seals are verified"
    /\ \E client \in Clients : Open(Fence(fence.token + 1, client))

(* A sync covers what was raised before it began, not always the newest.   *)
SyncFence(f) ==
    /\ \E i \in 1..Len(journal) : IsFence(journal[i]) /\ Fence(journal[i].token, journal[i].client) = f
    /\ f.token > fenceLog.token
    /\ fenceLog' = f
    /\ UNCHANGED <<sequencerVars, fence, owner, opening, crashes, journal, synced, toldVars>>

SyncSomeFence == \E i \in 1..Len(journal) : SyncFence(Fence(journal[i].token, journal[i].client))

(* Of how many records an answer may tell.                                 *)
Durable ==
    IF Durability = "process" \/ Broken = "no answer precedes its sync" THEN Len(journal) ELSE synced

Told(position) == told' = IF position > Len(told) THEN SubSeq(journal, 1, position) ELSE told

(* It tells of the fence and of the last accepted record.                  *)
AnswerOpen ==
    /\ opening
    /\ fenceLog = fence \/ Broken = "a fence is synced before its open is answered"
    /\ \A i \in Durable + 1..Len(journal) : ~IsWrite(journal[i])
    /\ opening' = FALSE
    /\ toldFence' = IF fence.token > toldFence THEN fence.token ELSE toldFence
    /\ Told(Durable)
    /\ UNCHANGED <<sequencerVars, fence, owner, crashes, diskVars, proofs>>

Accept(token, sequence) ==
    /\ sequence <= SequenceMax
    /\ journal' = Append(journal,
        [kind |-> "Accepted", token |-> token, client |-> owner, sequence |-> sequence, after |-> toldFence])
    /\ UNCHANGED <<sequencerVars, fence, owner, opening, crashes, fenceLog, synced, toldVars>>

(* The owner's session writes with the token of the fence, and counts.     *)
Write(token, sequence) ==
    /\ owner # Nobody
    /\ ~opening
    /\ \/ /\ token = fence.token
          /\ sequence = SequenceLast(journal, token) + 1
       \/ /\ Broken = "no gap is accepted"
          /\ token = fence.token
          /\ sequence = SequenceLast(journal, token) + 2
       \/ /\ Broken = "no sequence is accepted twice"
          /\ token = fence.token
          /\ sequence = SequenceLast(journal, token)
       \/ /\ Broken = "recovery reads the sequences"
          /\ crashes > 0
          /\ token = fence.token
          /\ sequence = 1
       \/ /\ Broken = "tokens below the fence are refused"
          /\ \E proof \in proofs : token = proof.token
          /\ sequence = SequenceLast(journal, token) + 1
    /\ Accept(token, sequence)

WriteSome == \E f \in proofs \union {fence}, sequence \in 1..SequenceMax : Write(f.token, sequence)

SyncJournal(position) ==
    /\ position \in synced + 1..Len(journal)
    /\ synced' = position
    /\ UNCHANGED <<sequencerVars, fence, owner, opening, crashes, fenceLog, journal, toldVars>>

(* ACCEPTED, DUPLICATE or a read tells of what is durable, all of it here: *)
(* who is told less has less to lose.                                      *)
Tell ==
    /\ Told(Durable)
    /\ UNCHANGED <<sequencerVars, fence, owner, opening, crashes, diskVars, toldFence, proofs>>

FenceIn(records) ==
    LET of(i) == IsFence(records[i]) IN
    IF \E i \in 1..Len(records) : of(i)
    THEN LET i == CHOOSE i \in 1..Len(records) : of(i) /\ \A j \in i + 1..Len(records) : ~of(j)
         IN Fence(records[i].token, records[i].client)
    ELSE NoFence

(* The gateway crashes and recovers; the journal ends at this position.    *)
(* The gateway serves with the higher fence of journal and fence log, and  *)
(* brings what only one of them knew into the other.                       *)
Recover(position) ==
    LET kept == SubSeq(journal, 1, position)
        journaled == FenceIn(kept)
        recovered ==
            IF journaled.token >= fenceLog.token \/ Broken = "recovery reads the fence log"
            THEN journaled ELSE fenceLog
    IN /\ crashes < CrashesMax
       /\ crashes' = crashes + 1
       /\ fence' = recovered
       /\ fenceLog' = recovered
       /\ journal' = IF recovered = journaled THEN kept ELSE Append(kept, FenceRaised(recovered))
       /\ synced' = position
       /\ owner' = Nobody
       /\ opening' = FALSE
       /\ UNCHANGED <<sequencerVars, toldFence, proofs>>

(* kill -9: the page cache stays.                                          *)
Kill ==
    /\ Recover(Len(journal))
    /\ UNCHANGED told

(* Of what was not synced any suffix is gone. It was told of only where    *)
(* this fault is beyond what the durability level promises.                *)
LosePower(position) ==
    /\ position \in (IF Broken = "what is synced survives" THEN 0 ELSE synced)..Len(journal)
    /\ Recover(position)
    /\ told' = IF Durability = "process" /\ position < Len(told) THEN SubSeq(told, 1, position) ELSE told

-----------------------------------------------------------------------------

Init ==
    /\ sequencer = FirstState
    /\ history = {Remains(FirstState)}
    /\ life = 1
    /\ epoch = 1
    /\ grants = <<>>
    /\ fence = NoFence
    /\ owner = Nobody
    /\ opening = FALSE
    /\ fenceLog = NoFence
    /\ journal = <<>>
    /\ synced = 0
    /\ told = <<>>
    /\ toldFence = 0
    /\ proofs = {}
    /\ crashes = 0

Next ==
    \/ \E client \in Clients : Acquire(client) \/ EndLease(client) \/ Revoke(client)
    \/ \E term \in 1..TermMax : Elect(term)
    \/ Forget
    \/ \E proof \in proofs, offset \in 1..OffsetMax : RaiseFloor(proof, offset)
    \/ OpenGranted
    \/ Forge
    \/ SyncSomeFence
    \/ AnswerOpen
    \/ WriteSome
    \/ \E position \in 1..Len(journal) : SyncJournal(position)
    \/ Tell
    \/ Kill
    \/ \E position \in 0..Len(journal) : LosePower(position)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What holds, always.                                                     *)

(* S1 uniqueness: no two grants of one life bear the same token.           *)
S1 == \A j \in 2..Len(grants) : \A i \in 1..j - 1 :
    grants[i].life = grants[j].life => grants[i].token # grants[j].token

(* S2 monotonic sequence: tokens rise with the grants, unless a raised     *)
(* floor was lost between.                                                 *)
S2 == \A j \in 2..Len(grants) : \A i \in 1..j - 1 :
    grants[i].epoch = grants[j].epoch => grants[i].token < grants[j].token

(* S3 fencing: tokens in the journal never fall, and none is below a fence *)
(* of which an OPENED told before.                                         *)
S3 ==
    /\ \A i \in 2..Len(journal) : journal[i - 1].token <= journal[i].token
    /\ \A i \in 1..Len(journal) : IsWrite(journal[i]) => journal[i].token >= journal[i].after

(* S4 exactly once: accepted sequences of a token are 1, 2, 3 ...          *)
S4 == \A i \in 1..Len(journal) :
    IsWrite(journal[i]) =>
        journal[i].sequence = SequenceLast(SubSeq(journal, 1, i - 1), journal[i].token) + 1

(* S5 durability: what was told is there, where it was, as it was.         *)
S5 ==
    /\ Len(told) <= Len(journal)
    /\ \A i \in 1..Len(told) : told[i] = journal[i]

(* S6 no forgery: no fence rises but by a grant of the sequencer.          *)
S6 == \A i \in 1..Len(journal) :
    IsFence(journal[i]) =>
        \E j \in 1..Len(grants) : grants[j].token = journal[i].token /\ grants[j].client = journal[i].client

(* Even across lives of the sequencer one token has one writer.            *)
Binding == \A j \in 2..Len(journal) : \A i \in 1..j - 1 :
    (IsWrite(journal[i]) /\ IsWrite(journal[j]) /\ journal[i].token = journal[j].token)
        => journal[i].client = journal[j].client

(* As the sequencer sees it. What two clients believe is their affair.     *)
OneHolder == Cardinality(sequencer.holders) <= 1

=============================================================================
