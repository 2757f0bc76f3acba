/** Clients that come and go: everything that talks to the media driver, on a thread of its own. */
package io.fencegate.storage.admission;
