package io.fencegate.app.demo;

import io.fencegate.app.process.Facts;
import io.fencegate.core.grant.Grant;
import java.io.IOException;

/**
 * What a client of the story writes to, once behind a gateway and once not.
 *
 * <p>One thread.
 */
interface DemoStorage extends AutoCloseable {
    /**
     * Makes ready to write under a grant.
     *
     * @param grant of the lease
     * @return what was found
     * @throws IOException if the storage is not there
     */
    Facts open(Grant grant) throws IOException;

    /**
     * Writes one line.
     *
     * @param text of the line
     * @return what became of it
     * @throws IOException if the storage is not there
     */
    Facts write(String text) throws IOException;

    @Override
    void close();
}
