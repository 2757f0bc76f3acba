package io.fencegate.verification.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a README names exists: links, paths, modules, commands and their options; and it stays short. */
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final int MODULE_LINES_MAX = 60;

    /** The law stands in words beside its code: rules, tables and guarantees need more room than a module's purpose. */
    private static final Path LAW = ROOT.resolve("gateway/core");

    private static final int LAW_LINES_MAX = 160;

    private final Commands commands = new Commands();

    @Test
    void everythingThatADocumentNamesExists() throws IOException {
        final List<String> broken = new ArrayList<>();
        for (final Path file : documents()) {
            broken.addAll(new Document(ROOT, file).broken(commands::refusal));
        }
        assertEquals(List.of(), broken, () -> String.join("\n", broken));
    }

    @Test
    void everyModuleHasAShortReadme() throws IOException {
        for (final Path module : modules()) {
            final Path readme = module.resolve("README.md");
            assertTrue(Files.isRegularFile(readme), () -> "no README.md in " + module);
            final int lines = Files.readAllLines(readme).size();
            final int most = module.equals(LAW) ? LAW_LINES_MAX : MODULE_LINES_MAX;
            assertTrue(lines <= most, () -> readme + " has " + lines + " lines");
        }
    }

    @Test
    void whatDoesNotExistIsNoticed(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("README.md");
        Files.writeString(file, """
                A [link](missing.md), a [good one](../%s), and one [outside](https://example.org/x).
                The path `tuning/missing.args`, `tuning/profiles/NAME/jvm.args`, `tuning/profile/NAME`, the path `tuning/{jvm,profiles,nothing}/`, and `missing.md`.
                Run `./fencegate nonsense`, `./fencegate doctor --nonsense` or `./fencegate doctor --json`.
                ```
                mvn -pl gateway/core,gateway/nothing -am test
                $ ./fencegate bench nothing --resources 10
                ```
                """.formatted(directory.getFileName()));
        final List<String> broken = new Document(ROOT, file).broken(commands::refusal);
        final String all = String.join("\n", broken);
        final List<String> wanted = List.of(
                "links to a file that does not exist: missing.md",
                "names a path that does not exist: tuning/missing.args",
                "names a path that does not exist: tuning/profile",
                "names a path that does not exist: tuning/nothing/",
                "names a path that does not exist: missing.md",
                "no such command: nonsense",
                "no such option: --nonsense",
                "names a module that does not exist: gateway/nothing",
                "no such option: --resources");
        wanted.forEach(problem -> assertTrue(all.contains(problem), () -> problem + " is missing in:\n" + all));
        assertEquals(wanted.size(), broken.size(), all);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
                    .toList();
        }
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> poms = Files.walk(ROOT, 3)) {
            return poms.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .map(Path::getParent)
                    .filter(module -> !module.equals(ROOT))
                    .toList();
        }
    }
}
