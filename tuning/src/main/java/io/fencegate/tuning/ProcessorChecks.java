package io.fencegate.tuning;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the processors: whether each thread that never sleeps has a core, how fast it runs, and how it tells time. */
final class ProcessorChecks {
    private static final String SYSTEM = "/sys/devices/system/";
    private static final Set<String> NEVER_SLEEPS = Set.of("spin", "noop");
    private static final Set<String> FAST_CLOCKS =
            Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter");

    private final HostFacts host;
    private final Map<String, String> settings;

    ProcessorChecks(final HostFacts host, final Profile profile) {
        this.host = host;
        settings = profile.values();
    }

    Finding cores() {
        final int spinning = spinningThreads();
        final int cores = host.processors();
        final Set<Integer> pinned = cpuList(settings.getOrDefault("threads.cores", ""));
        final Set<Integer> online =
                host.text(SYSTEM + "cpu/online").map(ProcessorChecks::cpuList).orElse(pinned);
        final Set<Integer> isolated =
                host.text(SYSTEM + "cpu/isolated").map(ProcessorChecks::cpuList).orElse(Set.of());
        final Health health;
        if (cores < spinning || !online.containsAll(pinned)) {
            health = Health.FAIL;
        } else if (cores < Math.max(2, spinning + 1) || !isolated.containsAll(pinned)) {
            health = Health.WARN;
        } else {
            health = Health.OK;
        }
        final String mend;
        if (cores <= spinning || !online.containsAll(pinned)) {
            mend = "./fencegate up --profile laptop";
        } else if (cores < 2) {
            mend = "give this machine or container a second core";
        } else {
            mend = "grubby --update-kernel=ALL --args='isolcpus=" + settings.get("threads.cores") + " nohz_full="
                    + settings.get("threads.cores") + "'; reboot";
        }
        return Finding.of(
                "cores",
                health,
                "cores=" + cores + " spinning=" + spinning + " pinned=" + pinned + " isolated=" + isolated,
                "a thread that never sleeps and shares its core stops the others for a whole time slice: milliseconds"
                        + " instead of microseconds",
                mend);
    }

    /** Line and sync agent if they spin on threads of their own; sender, receiver and conductor if they do. */
    private int spinningThreads() {
        int threads = 0;
        if (NEVER_SLEEPS.contains(settings.get("threads.idle"))) {
            threads += "dedicated".equals(settings.get("threads.mode")) ? 2 : 1;
        }
        if ("DEDICATED".equals(settings.get("aeron.threading.mode"))) {
            for (final String agent : new String[] {"conductor", "sender", "receiver"}) {
                threads += NEVER_SLEEPS.contains(settings.get("aeron." + agent + ".idle.strategy")) ? 1 : 0;
            }
        }
        return threads;
    }

    Finding governor() {
        final Optional<String> governor = host.text(SYSTEM + "cpu/cpu0/cpufreq/scaling_governor");
        final boolean sleeps = "backoff".equals(settings.get("threads.idle"));
        final boolean fits = governor.isEmpty() || sleeps || governor.get().equals("performance");
        return Finding.of(
                "governor",
                fits ? Health.OK : Health.WARN,
                "governor=" + governor.orElse("none (a virtual machine)"),
                "a core that saves power answers the first write after a pause many times slower",
                "cpupower frequency-set -g performance");
    }

    Finding clockSource() {
        final String directory = SYSTEM + "clocksource/clocksource0/";
        final String current = host.text(directory + "current_clocksource").orElse("unknown");
        final String available = host.text(directory + "available_clocksource").orElse("");
        final boolean fast = FAST_CLOCKS.contains(current);
        return Finding.of(
                "clock-source",
                fast ? Health.OK : Health.WARN,
                "clocksource=" + current + " available=" + available.replace(' ', ','),
                "driver, journal and line read a clock in every turn; with this one each read is a system call of about"
                        + " a microsecond",
                available.contains("tsc")
                        ? "echo tsc > " + directory + "current_clocksource"
                        : "boot with clocksource=tsc tsc=reliable");
    }

    /** Reads the kernel's form of a set of processors: {@code 0-3,8}. */
    static Set<Integer> cpuList(final String text) {
        final Set<Integer> processors = new TreeSet<>();
        for (final String part : text.split(",")) {
            if (!part.isBlank()) {
                final String[] range = part.strip().split("-");
                final int last = Integer.parseInt(range[range.length - 1]);
                for (int i = Integer.parseInt(range[0]); i <= last; i++) {
                    processors.add(i);
                }
            }
        }
        return processors;
    }
}
