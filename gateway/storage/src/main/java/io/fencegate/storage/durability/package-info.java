/** What is on disk, and the thread that brings it there. */
package io.fencegate.storage.durability;
