/**
 * Which answer may leave, and when; who is heard and who is not. Pure: time, durable positions and identity come in as
 * arguments.
 */
package io.fencegate.storage.session;
