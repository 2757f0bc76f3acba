package io.fencegate.verification.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in Markdown, and what it promises the reader to find: relative links, paths, and commands. */
final class Document {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```[^\\n]*\\n(.*?)^ *```");
    private static final Pattern PATH =
            Pattern.compile("(?:\\.{1,2}/)?(?:[\\w.-]|\\{[\\w.,/-]+})+(?:/(?:[\\w.-]|\\{[\\w.,/-]+})*)+"
                    + "|\\.?\\w[\\w-]*\\.(?:md|xml|args)");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?:^|/)[A-Z]+(?:/.*|$)");
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern COMMAND = Pattern.compile("\\./fencegate((?: +[^\\s|;&)`>#]+)*)");
    private static final Pattern MODULES = Pattern.compile("-pl ([\\w/,-]+)");

    private final Path root;
    private final Path file;
    private final String text;

    Document(final Path root, final Path file) throws IOException {
        this.root = root;
        this.file = file;
        text = Files.readString(file);
    }

    /** Everything named here that does not exist. */
    List<String> broken(final Function<List<String>, String> refusal) {
        final List<String> broken = new ArrayList<>();
        all(LINK, text).forEach(link -> checkLink(link, broken));
        for (final String code : code()) {
            checkCommands(code, refusal, broken);
            for (final String word : code.split("[\\s=\"'`;|()]+")) {
                checkPath(word.replaceAll("[,:.]+$", ""), broken);
            }
            for (final String modules : all(MODULES, code)) {
                for (final String module : modules.split(",")) {
                    if (!Files.exists(root.resolve(module).resolve("pom.xml"))) {
                        broken.add(file + " names a module that does not exist: " + module);
                    }
                }
            }
        }
        return broken;
    }

    private List<String> code() {
        final List<String> code = new ArrayList<>(all(BLOCK, text));
        code.addAll(all(SPAN, BLOCK.matcher(text).replaceAll("")));
        return code;
    }

    private void checkLink(final String link, final List<String> broken) {
        if (link.matches("[a-z]+:.*") || link.startsWith("#")) {
            return;
        }
        if (!Files.exists(file.resolveSibling(link.replaceAll("#.*", "")))) {
            broken.add(file + " links to a file that does not exist: " + link);
        }
    }

    /** A word is a path if it looks like one and begins where this file, its parent or the root has something. */
    private void checkPath(final String word, final List<String> broken) {
        if (!PATH.matcher(word).matches()) {
            return;
        }
        for (final String path : unfold(PLACEHOLDER.matcher(word).replaceAll(""))) {
            final Path relative = Path.of(path).normalize();
            if (relative.isAbsolute() || relative.toString().isEmpty() || madeLater(relative)) {
                continue;
            }
            final Path first = relative.getName(0);
            final boolean ours = path.startsWith(".")
                    || relative.getNameCount() == 1 && !path.endsWith("/")
                    || Files.exists(root.resolve(first))
                    || Files.exists(file.resolveSibling(first));
            if (ours && !Files.exists(root.resolve(relative)) && !Files.exists(file.resolveSibling(relative))) {
                broken.add(file + " names a path that does not exist: " + path);
            }
        }
    }

    private static boolean madeLater(final Path path) {
        for (final Path name : path) {
            if (Set.of("target", ".m2").contains(name.toString())) {
                return true;
            }
        }
        return false;
    }

    private void checkCommands(
            final String code, final Function<List<String>, String> refusal, final List<String> broken) {
        final String joined = code.replaceAll("\\\\\\n\\s*", " ");
        for (final String line : joined.split("\\n")) {
            for (final String command : all(COMMAND, line)) {
                final String problem = refusal.apply(List.of(command.strip().split(" +")));
                if (problem != null) {
                    broken.add(file + " names a command that does not exist: ./fencegate" + command + ": " + problem);
                }
            }
        }
    }

    /** Unfolds {@code a/{b,c}/d} into the paths that it stands for. */
    private static List<String> unfold(final String word) {
        final Matcher braces = BRACES.matcher(word);
        if (!braces.find()) {
            return List.of(word);
        }
        final List<String> words = new ArrayList<>();
        for (final String choice : braces.group(1).split(",")) {
            words.addAll(unfold(word.substring(0, braces.start()) + choice + word.substring(braces.end())));
        }
        return words;
    }

    private static List<String> all(final Pattern pattern, final String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
