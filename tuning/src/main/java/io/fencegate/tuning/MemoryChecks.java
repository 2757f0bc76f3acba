package io.fencegate.tuning;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks how the kernel treats memory: huge pages, swap, and when it writes dirty pages back. */
final class MemoryChecks {
    private static final String HUGE_PAGES = "/sys/kernel/mm/transparent_hugepage/enabled";
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final long SWAPPINESS_MAX = 10;
    private static final long BACKGROUND_MAX = 1L << 30;

    private final HostFacts host;
    private final boolean server;

    MemoryChecks(final HostFacts host, final Profile profile) {
        this.host = host;
        server = !profile.name().equals(Profile.DEFAULT_NAME);
    }

    Finding hugePages() {
        final String modes = host.text(HUGE_PAGES).orElse("[absent]");
        final Matcher chosen = CHOSEN.matcher(modes);
        final String mode = chosen.find() ? chosen.group(1) : modes;
        return Finding.of(
                "huge-pages",
                mode.equals("always") ? Health.WARN : Health.OK,
                "transparent_hugepage=" + mode,
                "the kernel collapses pages behind the back of whoever runs: pauses of milliseconds on the line, and"
                        + " more memory than was asked for",
                "echo madvise > " + HUGE_PAGES);
    }

    Finding swap() {
        final long swapKb = memory("SwapTotal").orElse(0);
        final long swappiness = number("/proc/sys/vm/swappiness").orElse(0);
        final boolean risk = swapKb > 0 && swappiness > SWAPPINESS_MAX;
        return Finding.of(
                "swap",
                risk ? Health.WARN : Health.OK,
                "swap_kb=" + swapKb + " vm.swappiness=" + swappiness,
                "journal pages push the fence table out to disk, and the next check waits for it: a paused gateway",
                "sysctl -w vm.swappiness=1");
    }

    Finding writeBack() {
        final long bytes = number("/proc/sys/vm/dirty_background_bytes").orElse(0);
        final long ratio = number("/proc/sys/vm/dirty_background_ratio").orElse(0);
        final long background = bytes > 0 ? bytes : memory("MemAvailable").orElse(0) * 1024 / 100 * ratio;
        return Finding.of(
                "write-back",
                server && background > BACKGROUND_MAX ? Health.WARN : Health.OK,
                "dirty_background=" + background + " limit=" + BACKGROUND_MAX,
                "the journal is mapped memory: the more of it the kernel holds back, the longer a sync, and all"
                        + " processes stop when too much has gathered",
                "sysctl -w vm.dirty_background_bytes=268435456 vm.dirty_bytes=1073741824");
    }

    private OptionalLong number(final String path) {
        return host.text(path)
                .filter(text -> text.matches("\\d+"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    private OptionalLong memory(final String name) {
        final Matcher line = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)")
                .matcher(host.text("/proc/meminfo").orElse(""));
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    }
}
