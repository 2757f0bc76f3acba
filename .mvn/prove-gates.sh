#!/usr/bin/env bash
# Proves that each gate of the build bites: breaks its rule in a throw-away clone, and expects the build to fail and to
# name the rule. Prints a table; exit code 1 if a gate let something through. Takes some minutes.
# Usage: .mvn/prove-gates.sh [PATTERN]   only the gates whose name matches
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
only=${1:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$root" "$work/clone" || exit 2
cd "$work/clone" || exit 2
tuning=tuning/src/main/java/io/fencegate/tuning
tuning_test=tuning/src/test/java/io/fencegate/tuning
passed=0
failed=0

# gate NAME EXPECTED-PATTERN COMMAND...: runs the build on what was broken before, then mends it.
gate() {
    local name=$1 expected=$2 verdict
    shift 2
    if "$@" >"$work/output" 2>&1; then
        verdict='LET IT THROUGH'
    elif grep -Eq -- "$expected" "$work/output"; then
        verdict=bites
    else
        verdict="FAILED FOR ANOTHER REASON (wanted: $expected)"
        tail -n 20 "$work/output" >&2
    fi
    if [ "$verdict" = bites ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    printf '%-44s %s\n' "$name" "$verdict"
    git checkout -q . && git clean -fdq
}

wanted() { printf '%s' "$1" | grep -Eq -- "$only"; }

style() { mvn -B -o -q -pl tuning process-sources -Dspotless.check.skip=true -Denforcer.skip=true; }
format() { mvn -B -o -q -pl tuning process-sources -Dcheckstyle.skip=true -Denforcer.skip=true; }
compile() { mvn -B -o -q -pl tuning compile -Dspotless.check.skip=true -Dcheckstyle.skip=true -Denforcer.skip=true; }
enforce() { mvn -B -o -q -pl gateway/core validate; }
enforce_online() { mvn -B -q -pl journal -am process-sources -Dspotless.check.skip=true -Dcheckstyle.skip=true; }
golden() { mvn -B -o -q -pl codecs -am test -Dspotless.check.skip=true -Dcheckstyle.skip=true; }
house() {
    mvn -B -o -q -pl gateway/verification -am test -Dtest="$1" -Dsurefire.failIfNoSpecifiedTests=false \
        -Dspotless.check.skip=true -Dcheckstyle.skip=true
}

# class FILE BODY: a class in a file of its own.
class() { printf 'package io.fencegate.tuning;\n\n/** Broken on purpose. */\n%s\n' "$2" >"$1"; }
lines() { for _ in $(seq "$1"); do printf '%s\n' "$2"; done; }
dependency() {
    local text="<dependency><groupId>$2</groupId><artifactId>$3</artifactId><version>$4</version></dependency>"
    sed -i "0,/<dependencies>/s##<dependencies>$text#" "$1"
}

if wanted spotless; then
    class $tuning/Broken.java 'final class Broken { private   Broken() { } }'
    gate 'spotless: format' 'format violations' format
fi
if wanted 'checkstyle: file'; then
    class $tuning/Broken.java "$(lines 400 '// long')
final class Broken {}"
    gate 'checkstyle: file of more than 400 lines' 'FileLength' style
    class $tuning_test/Broken.java "$(lines 600 '// long')
final class Broken {}"
    gate 'checkstyle: test of more than 600 lines' 'FileLength' style
fi
if wanted 'checkstyle: method'; then
    class $tuning/Broken.java "final class Broken {
    void longer() {
$(lines 60 '        hashCode();')
    }
}"
    gate 'checkstyle: method of more than 60 lines' 'MethodLength' style
fi
if wanted 'checkstyle: parameters'; then
    class $tuning/Broken.java 'final class Broken {
    void eight(int a, int b, int c, int d, int e, int f, int g, int h) {}
}'
    gate 'checkstyle: parameters, more than 7' 'ParameterNumber' style
    class $tuning/Broken.java 'final class Broken {
    void onTen(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) {}
}'
    gate 'checkstyle: parameters of a callback, more than 9' 'ParameterNumber' style
fi
if wanted 'checkstyle: record'; then
    class $tuning/Broken.java 'record Broken(
        int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m) {}'
    gate 'checkstyle: record of more than 12 fields' 'RecordComponentNumber' style
fi
if wanted 'checkstyle: words'; then
    for word in FIXME TODO; do
        class $tuning/Broken.java "final class Broken {
    // $word: later
}"
        gate "checkstyle: words: $word" "No $word in the tree" style
    done
fi
if wanted 'checkstyle: offer'; then
    class $tuning/Broken.java 'final class Broken {
    void send(java.util.Queue<String> queue) {
        queue.offer("lost");
    }
}'
    gate 'checkstyle: offer whose result is ignored' 'The result of an offer is ignored' style
fi
if wanted 'checkstyle: names'; then
    for suffix in Manager Util Helper Impl; do
        class $tuning/Broken$suffix.java "final class Broken$suffix {}"
        gate "checkstyle: names: …$suffix" 'No Manager, Util, Helper or Impl' style
    done
fi
if wanted 'checkstyle: javadoc'; then
    printf 'package io.fencegate.tuning;\n\nfinal class Broken {}\n' >$tuning/Broken.java
    gate 'checkstyle: javadoc of a type' 'MissingJavadocType' style
fi
if wanted 'compiler'; then
    class $tuning/Broken.java 'final class Broken {
    java.util.List raw;
}'
    gate 'compiler: -Xlint:all -Werror' 'Werror|rawtypes' compile
fi
if wanted 'enforcer: import'; then
    dependency gateway/core/pom.xml io.aeron aeron-client '${aeron.version}'
    gate 'enforcer: import rule (core knows Aeron)' 'aeron-client.*banned|Found Banned Dependency: io.aeron' enforce
fi
if wanted 'enforcer: telephone'; then
    dependency journal/pom.xml net.openhft chronicle-analytics 2026.2
    gate 'enforcer: telephone (needs the network)' 'chronicle-analytics.*banned|Banned Dependency: net.openhft:chron' \
        enforce_online
fi
if wanted 'golden'; then
    sed -i 's/name="Write" id="3"/name="Write" id="13"/' codecs/src/main/sbe/fencegate-wire.xml
    gate 'golden bytes: a format that changed' 'There are test failures|COMPILATION' golden
fi
if wanted 'ArchUnit'; then
    sed -i '0,/^public .*{$/s//&\n    static final long STARTED = System.nanoTime();\n/' \
        gateway/core/src/main/java/io/fencegate/core/grant/Token.java
    gate 'ArchUnit: purity (core reads the clock)' "Rule 'the law is pure: core' was violated" \
        house 'HouseTest#theLawIsPure'
    sed -i '0,/^public .*{$/s//&\n    static final Object FENCE = io.fencegate.core.fence.FenceTable.NO_HANDLE;\n    static io.fencegate.core.fence.FenceTable fences;\n/' \
        gateway/client/src/main/java/io/fencegate/client/FencegateClient.java
    gate 'ArchUnit: imports (client knows the fence)' "Rule 'imports of client flow one way' was violated" \
        house 'HouseTest#importsFlowOneWay'
    sed -i '0,/^public .*{$/s//&\n    static io.fencegate.core.fence.FenceTable fences;\n/' \
        gateway/core/src/main/java/io/fencegate/core/grant/Token.java
    gate 'ArchUnit: cycles (grant and fence)' "Rule 'no cycles in core' was violated" \
        house 'HouseTest#packagesFormNoCycles'
fi
if wanted 'documents'; then
    printf '\nSee `tuning/no-such-file.md`.\n' >>tuning/README.md
    gate 'documents: a path that does not exist' 'names a path that does not exist' house DocumentsTest
    printf '\nRun `./fencegate nonsense`.\n' >>tuning/README.md
    gate 'documents: a command that does not exist' 'names a command that does not exist' house DocumentsTest
fi

printf '%s gates bite, %s do not\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
