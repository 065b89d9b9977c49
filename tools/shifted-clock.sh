#!/usr/bin/env bash
# Runs a command as if it were another day, at one of the moments at which tests that hang on the clock fail:
# `tools/shifted-clock.sh new-year npm test`. Needs a C compiler; the machine's own clock, and the times of its files, stay
# as they are.
set -euo pipefail

# Names, and the moment at which the command starts: in that time zone, which is then the command's own.
moments='
saturday-night  UTC                 2026-12-05 23:30
new-year        UTC                 2026-12-31 23:50
leap-day        UTC                 2028-02-29 12:00
summer-time     Europe/Berlin       2027-03-28 01:50
months-end      Pacific/Kiritimati  2027-01-31 23:40
'
read -r _ zone at <<<"$(grep "^${1:-none} " <<<"$moments")" || true
if [ -z "$zone" ] || [ $# -lt 2 ]; then
  echo "usage: tools/shifted-clock.sh MOMENT COMMAND..., where MOMENT is the first word of one of:$moments" >&2
  exit 2
fi
shift

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cc -O2 -Wall -shared -fPIC -o "$folder/shifted-clock.so" "$(dirname "${BASH_SOURCE[0]}")/shifted-clock.c" -ldl
# Engines run as another user where root starts them.
chmod 755 "$folder"

# A shift, not a moment: each process that starts later would begin at the moment again.
export SHIFTED_CLOCK=$(($(TZ="$zone" date -d "$at" +%s) - $(date +%s)))
export TZ="$zone" LD_PRELOAD="$folder/shifted-clock.so"
date >&2
"$@"
