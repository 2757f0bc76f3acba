package io.fencegate.client;

import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.lease.WatchListener;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what listeners are told, a line each. */
class Told implements LeaseListener, WatchListener {
    final List<String> lines = new ArrayList<>();
    LeaseLoss loss;

    long count(final String line) {
        return lines.stream().filter(line::equals).count();
    }

    List<String> only(final String... beginnings) {
        return lines.stream()
                .filter(line -> Arrays.stream(beginnings).anyMatch(line::startsWith))
                .toList();
    }

    @Override
    public void onRenewed(final Lease lease) {
        lines.add("renewed");
    }

    @Override
    public void onDanger(final Lease lease, final long remainingNs) {
        lines.add("danger");
    }

    @Override
    public void onUnconfirmed(final Lease lease) {
        lines.add("unconfirmed");
    }

    @Override
    public void onLost(final LeaseLoss lost) {
        lines.add("lost");
        loss = lost;
    }

    @Override
    public void onWatching(final long revision) {
        lines.add("watching " + revision);
    }

    @Override
    public void onEvent(final LeaseEvent event) {
        lines.add("event " + event.revision());
    }

    @Override
    public void onGap() {
        lines.add("gap");
    }

    @Override
    public void onRefused(final LeaseVerdict verdict) {
        lines.add("refused " + verdict);
    }
}
