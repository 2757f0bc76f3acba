package io.fencegate.tuning;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The machine and the JVM that this code runs on. Any thread. */
public final class LinuxHost implements HostFacts {
    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Optional<String> text(final String path) {
        try {
            return Optional.of(Files.readString(Path.of(path)).strip());
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
