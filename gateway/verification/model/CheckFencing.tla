---------------------------- MODULE CheckFencing ----------------------------
(* What the checker needs beside the model, to look at fewer states.       *)
EXTENDS Fencing, TLC

(* One client is as good as another.                                       *)
Symmetry == Permutations(Clients)

=============================================================================
