package io.fencegate.tuning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The machine and the JVM that this code runs on. Any thread. */
public final class LinuxHost implements HostFacts {
    private static final int TEXT_LENGTH_MAX = 64 * 1024;

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Optional<String> text(final String path) {
        // In one read: a file of /proc/sys tells its value to the first one only, and has no length to go by.
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return Optional.of(new String(in.readNBytes(TEXT_LENGTH_MAX), StandardCharsets.UTF_8).strip());
        } catch (final IOException ignored) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Volume> volume(final Path path) {
        Path existing = path.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return Optional.empty();
        }
        try {
            final FileStore store = Files.getFileStore(existing);
            return Optional.of(new Volume(store.type(), store.getTotalSpace(), store.getUsableSpace()));
        } catch (final IOException ignored) {
            return Optional.empty();
        }
    }

    @Override
    public int jdkFeature() {
        return Runtime.version().feature();
    }

    @Override
    public boolean reachable(final String packageName, final boolean deeply) {
        final Module base = Object.class.getModule();
        final Module ours = LinuxHost.class.getModule();
        if (!base.getPackages().contains(packageName)) {
            return false;
        }
        return deeply ? base.isOpen(packageName, ours) : base.isExported(packageName, ours);
    }

    @Override
    public Optional<String> property(final String name) {
        return Optional.ofNullable(System.getProperty(name));
    }
}
