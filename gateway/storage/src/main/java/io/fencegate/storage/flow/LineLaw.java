package io.fencegate.storage.flow;

import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;

/** What the line does with requests, answers and ends of sessions in one of its states. The line's thread. */
public interface LineLaw {
    /**
     * A turn of the duty cycle begins.
     *
     * @param nowNs of a clock that only rises, in nanoseconds
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    void onTurn(long nowNs, long epochNs);

    /** Takes requests. @return never another one */
    RequestHandler requests();

    /** Takes answers that may leave. @return never another one */
    Outlet outlet();

    /** Everything up to here is durable at the gateway's level. @return position of the journal */
    long durablePosition();

    /** Every fence up to here is on disk. @return offset of the fence log */
    long fenceOffsetSynced();

    /**
     * A session ends.
     *
     * @param session that ends
     * @param reason why
     */
    void onEnd(Session session, SessionEnd reason);
}
