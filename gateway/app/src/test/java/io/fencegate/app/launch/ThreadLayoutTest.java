package io.fencegate.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.ConfigurationException;
import io.fencegate.app.config.Settings;
import io.fencegate.app.config.Source;
import io.fencegate.storage.Threading;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.junit.jupiter.api.Test;

/** Which thread runs where is configuration, and what would starve the machine is refused. */
class ThreadLayoutTest {
    @Test
    void theDefaultsShareAndBackOff() {
        assertSame(Threading.SHARED, ThreadLayout.of(configured(Map.of()), 2));
    }

    @Test
    void fewCoresRefuseALineOfTheirOwn() {
        final Configuration dedicated = configured(Map.of("threads.mode", "dedicated"));

        final String message = assertThrows(ConfigurationException.class, () -> ThreadLayout.of(dedicated, 3))
                .getMessage();

        assertTrue(message.contains("cores=3"), message);
    }

    @Test
    void sharedThreadsNeitherSpinNorArePinned() {
        final Configuration spinning = configured(Map.of("threads.idle", "spin"));
        final Configuration pinned = configured(Map.of("threads.cores", "1"));

        assertThrows(ConfigurationException.class, () -> ThreadLayout.of(spinning, 8));
        assertThrows(ConfigurationException.class, () -> ThreadLayout.of(pinned, 8));
    }

    @Test
    void aCoreThatDoesNotExistIsRefused() {
        final Configuration pinned = configured(Map.of("threads.mode", "dedicated", "threads.cores", "2,8"));

        assertThrows(ConfigurationException.class, () -> ThreadLayout.of(pinned, 8));
    }

    @Test
    void theLineSpinsOnItsCoreAndOtherThreadsRunAnywhere() throws InterruptedException {
        final Configuration pinned =
                configured(Map.of("threads.mode", "dedicated", "threads.idle", "spin", "threads.cores", "0"));

        final Threading threading = ThreadLayout.of(pinned, 4);

        assertInstanceOf(BusySpinIdleStrategy.class, threading.line().get());
        final BitSet firstCore = new BitSet();
        firstCore.set(0);
        assertEquals(firstCore, affinityOf(threading, Threading.LINE));
        assertEquals(Affinity.getAffinity(), affinityOf(threading, Threading.ADMISSION));
    }

    private static BitSet affinityOf(final Threading threading, final String name) throws InterruptedException {
        final AtomicReference<BitSet> affinity = new AtomicReference<>();
        final Thread thread = threading.threads().newThread(() -> affinity.set(Affinity.getAffinity()));
        thread.setName(name);
        thread.start();
        thread.join();
        return affinity.get();
    }

    private static Configuration configured(final Map<String, String> values) {
        return Configuration.of(Settings.all(), List.of(new Source("test", values)));
    }
}
