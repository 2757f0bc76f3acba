/** From the journal back to the fence table. Pure: what the journal remembers comes in as calls. */
package io.fencegate.storage.recovery;
