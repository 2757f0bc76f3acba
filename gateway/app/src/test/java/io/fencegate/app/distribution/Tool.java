package io.fencegate.app.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool of this machine, run once. */
record Tool(int exitCode, String printed) {
    private static final long TIMEOUT_SECONDS = 240;

    /** Whether there is such a tool. */
    static boolean exists(final String name) {
        return List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Runs a tool to its end; both streams are kept. */
    static Tool run(final Path log, final String... command) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        final Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + List.of(command) + "\n" + Files.readString(log));
        }
        return new Tool(process.exitValue(), Files.readString(log));
    }
}
