package io.fencegate.core.lease;

import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client and what it asked, for the twin of the lease table. */
final class Caller {
    final Map<Long, Asked> asked = new LinkedHashMap<>();
    final List<Asked> answered = new ArrayList<>();
    final Map<Long, LeaseEnd> ended = new LinkedHashMap<>();
    Principal principal;
    long id;
    long forgotten;

    /** From the forgotten one down, as far as an unsigned int counts. */
    boolean isForgotten(final long requestId) {
        return Long.compareUnsigned(forgotten - requestId, 0xFFFF_FFFFL) <= 0;
    }

    long touch;
    long touchedMs;
}
