/** What a start costs: a journal read back beside a raw reader, and how long until a gateway answers. */
package io.fencegate.benchmarks.recovery;
