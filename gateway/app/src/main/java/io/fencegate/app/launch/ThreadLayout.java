package io.fencegate.app.launch;

import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.ConfigurationException;
import io.fencegate.app.config.Settings;
import io.fencegate.app.config.ThreadsIdle;
import io.fencegate.app.config.ThreadsMode;
import io.fencegate.storage.Threading;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import net.openhft.affinity.Affinity;

/**
 * Which thread of a gateway runs where, and how it waits there.
 *
 * <p>The main thread; a pinned thread pins itself before its agent starts.
 */
final class ThreadLayout {
    /** Below this many cores a thread that spins starves those that it waits for. */
    private static final int DEDICATED_CORES_MIN = 4;

    private ThreadLayout() {}

    /**
     * The layout that the configuration asks for, on this machine.
     *
     * @param configuration of the threads
     * @return how the gateway's threads wait, and what threads they are
     * @throws ConfigurationException if the settings contradict each other or the machine
     */
    static Threading of(final Configuration configuration) {
        return of(configuration, Runtime.getRuntime().availableProcessors());
    }

    /** The layout on a machine with so many cores. */
    static Threading of(final Configuration configuration, final int processors) {
        final ThreadsIdle idle = configuration.get(Settings.THREADS_IDLE);
        final List<Integer> cores = configuration.get(Settings.THREADS_CORES);
        if (configuration.get(Settings.THREADS_MODE) == ThreadsMode.SHARED) {
            if (idle != ThreadsIdle.BACKOFF || !cores.isEmpty()) {
                throw new ConfigurationException("threads that share their cores back off and are not pinned:"
                        + " threads.mode=shared threads.idle=" + configuration.text(Settings.THREADS_IDLE)
                        + " threads.cores=" + configuration.text(Settings.THREADS_CORES)
                        + "; set threads.mode=dedicated");
            }
            return Threading.SHARED;
        }
        if (processors < DEDICATED_CORES_MIN) {
            throw new ConfigurationException("threads.mode=dedicated needs " + DEDICATED_CORES_MIN
                    + " cores or more: cores=" + processors + "; set threads.mode=shared and threads.idle=backoff,"
                    + " or choose the profile laptop");
        }
        for (final int core : cores) {
            if (core >= processors) {
                throw new ConfigurationException("there is no such core: threads.cores="
                        + configuration.text(Settings.THREADS_CORES) + " cores=" + processors);
            }
        }
        final Threading unpinned = Threading.DEDICATED.withLine(idle::newStrategy);
        return cores.isEmpty() ? unpinned : unpinned.withThreads(task -> pinned(task, cores));
    }

    private static Thread pinned(final Runnable task, final List<Integer> cores) {
        final Map<String, Integer> coreByThread = cores.size() == 1
                ? Map.of(Threading.LINE, cores.get(0))
                : Map.of(Threading.LINE, cores.get(0), Threading.SYNC, cores.get(1));
        return new Thread(() -> {
            final Integer core = coreByThread.get(Thread.currentThread().getName());
            if (core != null) {
                final BitSet mask = new BitSet();
                mask.set(core);
                Affinity.setAffinity(mask);
            }
            task.run();
        });
    }
}
