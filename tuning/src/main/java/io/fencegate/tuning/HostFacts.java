package io.fencegate.tuning;

import java.nio.file.Path;
import java.util.Optional;

/** What the checks want to know about this machine and this JVM: a port, so that tests can make up a host. */
public interface HostFacts {
    /** Processors that this process may use. @return at least 1 */
    int processors();

    /**
     * Reads a small file below {@code /proc} or {@code /sys}.
     *
     * @param path absolute
     * @return its text without the space around it, or nothing if there is no such file or it cannot be read
     */
    Optional<String> text(String path);

    /**
     * The file system that holds a path, or would hold it once it is created.
     *
     * @param path of a file or directory, which need not exist
     * @return type and space, or nothing if that cannot be told
     */
    Optional<Volume> volume(Path path);

    /** Feature version of the JDK. @return such as 17 */
    int jdkFeature();

    /**
     * Whether code on the class path may look into a package of {@code java.base}.
     *
     * @param packageName such as {@code jdk.internal.misc}
     * @param deeply true for private members by reflection ({@code --add-opens}), false for what is public
     *     ({@code --add-exports})
     * @return whether it may
     */
    boolean reachable(String packageName, boolean deeply);

    /**
     * A system property of this JVM.
     *
     * @param name of the property
     * @return its value, or nothing
     */
    Optional<String> property(String name);

    /**
     * A mounted file system.
     *
     * @param type such as {@code ext4}
     * @param totalBytes its size
     * @param usableBytes what this process may still take
     */
    record Volume(String type, long totalBytes, long usableBytes) {}
}
