/** The peers' servers: processes on free ports of the loopback interface, with their data in a directory that goes with them. */
package io.fencegate.benchmarks.peers.server;
