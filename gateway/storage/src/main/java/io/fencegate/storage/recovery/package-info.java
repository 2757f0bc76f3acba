/** From the journal back to the fence table. */
package io.fencegate.storage.recovery;
