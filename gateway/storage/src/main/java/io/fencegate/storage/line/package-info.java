/** The line: requests in, the law, the journal, answers out; one thread. */
package io.fencegate.storage.line;
