package io.fencegate.verification.cable;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.app.process.Facts;
import io.fencegate.tuning.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A media driver in a process of its own, whose cable is cut and mended by lines on standard input. Whoever shares its
 * directory stays connected to it: what is cut is the network, as when a switch dies. The driver ends with its standard
 * input.
 *
 * <p>The main thread reads; the driver runs on a thread of its own.
 */
public final class CableDriver {
    /** Order: nothing goes in or out from here on. */
    public static final String CUT = "cut";

    /** Order: everything goes in and out again. */
    public static final String MEND = "mend";

    private CableDriver() {}

    /**
     * Serves until standard input ends.
     *
     * @param args its directory, and the client liveness timeout in milliseconds
     * @throws IOException if standard input cannot be read
     */
    public static void main(final String[] args) throws IOException {
        aeronSettings().forEach(System::setProperty);
        final Cable cable = new Cable();
        final MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(args[0])
                .clientLivenessTimeoutNs(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[1])))
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .sendChannelEndpointSupplier(
                        (channel, status, driver) -> new CableSendEndpoint(cable, channel, status, driver))
                .receiveChannelEndpointSupplier((channel, dispatcher, status, driver) ->
                        new CableReceiveEndpoint(cable, channel, dispatcher, status, driver));
        try (MediaDriver driver = MediaDriver.launch(context);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(Facts.of("ready").with("aeronDirectory", driver.aeronDirectoryName()));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                switch (Facts.parse(order).word()) {
                    case CUT -> cable.cut();
                    case MEND -> cable.mend();
                    default -> throw new IllegalArgumentException("no such order: " + order);
                }
                System.out.println(Facts.of("done").with("cut", cable.isCut()).with("atNs", System.nanoTime()));
            }
        }
    }

    /** Buffers as small as those of the system's other drivers. */
    private static Map<String, String> aeronSettings() {
        final Map<String, String> settings = Profile.named("laptop").values();
        settings.keySet().removeIf(name -> !name.startsWith("aeron."));
        return settings;
    }
}
