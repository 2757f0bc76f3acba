package io.fencegate.tuning;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host whose facts a test chooses. It begins as a machine on which every check of every profile is content. */
final class MadeUpHost implements HostFacts {
    static final Path JOURNAL = Path.of("/data/journal");

    private final Map<String, String> texts = new HashMap<>();
    private final Map<Path, Volume> volumes = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Set<String> unreachable = new HashSet<>();
    private int processors = 16;
    private int jdkFeature = 17;

    MadeUpHost() {
        text("/sys/devices/system/cpu/online", "0-15");
        text("/sys/devices/system/cpu/isolated", "2-7");
        text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
        text("/sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        text("/sys/devices/system/clocksource/clocksource0/available_clocksource", "tsc hpet acpi_pm");
        text("/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        text("/proc/meminfo", "MemTotal:  65536000 kB\nMemAvailable:   60000000 kB\nSwapTotal:   0 kB");
        text("/proc/sys/vm/swappiness", "60");
        text("/proc/sys/vm/dirty_background_bytes", "268435456");
        text("/proc/sys/vm/dirty_background_ratio", "0");
        text("/proc/sys/net/core/rmem_max", "4194304");
        text("/proc/sys/net/core/wmem_max", "4194304");
        volume(Path.of("/dev/shm"), new Volume("tmpfs", 8L << 30, 8L << 30));
        volume(JOURNAL, new Volume("ext4", 500L << 30, 400L << 30));
        SettingsReader.arguments("jvm/required.args").stream()
                .filter(flag -> flag.startsWith("-D"))
                .map(flag -> flag.substring(2).split("="))
                .forEach(flag -> properties.put(flag[0], flag[1]));
    }

    MadeUpHost text(final String path, final String text) {
        texts.put(path, text);
        return this;
    }

    MadeUpHost volume(final Path path, final Volume volume) {
        volumes.put(path, volume);
        return this;
    }

    MadeUpHost without(final String path) {
        texts.remove(path);
        return this;
    }

    MadeUpHost withoutProperty(final String name) {
        properties.remove(name);
        return this;
    }

    MadeUpHost closed(final String packageName) {
        unreachable.add(packageName);
        return this;
    }

    MadeUpHost processors(final int count) {
        processors = count;
        return text("/sys/devices/system/cpu/online", "0-" + (count - 1));
    }

    MadeUpHost jdkFeature(final int feature) {
        jdkFeature = feature;
        return this;
    }

    @Override
    public int processors() {
        return processors;
    }

    @Override
    public Optional<String> text(final String path) {
        return Optional.ofNullable(texts.get(path));
    }

    @Override
    public Optional<Volume> volume(final Path path) {
        return Optional.ofNullable(volumes.get(path));
    }

    @Override
    public int jdkFeature() {
        return jdkFeature;
    }

    @Override
    public boolean reachable(final String packageName, final boolean deeply) {
        return !unreachable.contains(packageName);
    }

    @Override
    public Optional<String> property(final String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
