/** What is measured in turns: the writers of a peer, in a process of their own, and the writers of a gateway of ours. */
package io.fencegate.benchmarks.peers.subject;
