#!/usr/bin/env bash
# Builds what is committed a second time, in another folder, and compares tar.gz and .deb byte by
# byte with those of gateway/app/target. Run `mvn package` first, with the same JDK and umask.
set -euo pipefail
cd "$(dirname "$0")/.."

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git clone -q . "$copy/again"
(cd "$copy/again" && mvn -B -ntp -q -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true \
  -pl gateway/app -am package)
different=0
for again in "$copy"/again/gateway/app/target/fencegate[-_]*.{tar.gz,deb}; do
  first=gateway/app/target/$(basename "$again")
  if cmp "$first" "$again"; then
    printf 'the same bytes: %s %s\n' "$(sha256sum <"$again" | cut -c1-16)" "$first"
  else
    different=1
  fi
done
exit $different
