package io.fencegate.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that this JVM is new enough, and has every flag of {@code tuning/jvm/required.args}. */
final class JvmCheck {
    private static final int JDK_FEATURE_MIN = 17;
    private static final Pattern PACKAGE = Pattern.compile("--add-(opens|exports)=java\\.base/([\\w.]+)=ALL-UNNAMED");
    private static final Pattern PROPERTY = Pattern.compile("-D([\\w.]+)=(.*)");

    private final HostFacts host;

    JvmCheck(final HostFacts host) {
        this.host = host;
    }

    Finding jvm() {
        final List<String> missing = new ArrayList<>();
        for (final String flag : SettingsReader.arguments("jvm/required.args")) {
            if (!holds(flag)) {
                missing.add(flag);
            }
        }
        final boolean old = host.jdkFeature() < JDK_FEATURE_MIN;
        final String found = "jdk=" + host.jdkFeature()
                + (missing.isEmpty() ? " flags=complete" : " missing=" + String.join(",", missing));
        return Finding.of(
                "jvm",
                old || !missing.isEmpty() ? Health.FAIL : Health.OK,
                found,
                "Agrona and Chronicle reach into java.base for mapped memory; without these flags nothing starts, or a"
                        + " journal opens read-only, and Chronicle may call home",
                old
                        ? "apt-get install openjdk-17-jdk-headless"
                        : "start by ./fencegate, or with java @tuning/jvm/required.args");
    }

    private boolean holds(final String flag) {
        final Matcher access = PACKAGE.matcher(flag);
        if (access.matches()) {
            return host.reachable(access.group(2), access.group(1).equals("opens"));
        }
        final Matcher property = PROPERTY.matcher(flag);
        if (property.matches()) {
            return host.property(property.group(1))
                    .filter(property.group(2)::equals)
                    .isPresent();
        }
        throw new IllegalStateException("a flag that cannot be checked: flag=" + flag);
    }
}
