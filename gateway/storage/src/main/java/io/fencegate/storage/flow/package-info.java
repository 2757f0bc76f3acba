/**
 * What becomes of requests: the line's turn, the law, what is journaled before which answer. Pure: time, journal, clients
 * and counters come in as arguments and small ports, so that whoever fills these drives the line that ships.
 */
package io.fencegate.storage.flow;
