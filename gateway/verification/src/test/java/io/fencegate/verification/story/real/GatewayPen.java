package io.fencegate.verification.story.real;

import io.fencegate.core.grant.Grant;
import io.fencegate.verification.story.Call;
import io.fencegate.verification.story.Told;

/** How an actor speaks to a gateway that runs. One thread. */
interface GatewayPen extends AutoCloseable {
    /** Opens. @return what the gateway answered */
    Told open(Grant grant);

    /** Writes. @return what the gateway answered */
    Told write(Call call);

    /** Reads. @param resource as the gateway knows it @return what the gateway answered */
    Told read(String resource);

    /** The gateway was killed: what was known of sessions is no more. */
    void onGatewayStopped();

    @Override
    void close();
}
