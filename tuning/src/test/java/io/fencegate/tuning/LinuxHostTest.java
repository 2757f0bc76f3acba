package io.fencegate.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is read off the machine is read whole. */
@EnabledOnOs(OS.LINUX)
class LinuxHostTest {
    private final LinuxHost host = new LinuxHost();

    @Test
    void aKernelParameterIsReadToItsEnd() {
        assertEquals(Optional.of("Linux"), host.text("/proc/sys/kernel/ostype"));
    }

    @Test
    void aFileThatIsNotThereHasNoText() {
        assertEquals(Optional.empty(), host.text("/proc/sys/kernel/no-such-parameter"));
    }
}
