#!/usr/bin/env bash
# Runs a command as if it were another day, at one of the moments at which tests that hang on the clock fail:
# `tools/shifted-clock.sh new-year npm test`. Needs the package faketime; the machine's own clock stays as it is.
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
library="$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -n 1)" || true
if [ -z "$zone" ] || [ $# -lt 2 ]; then
  echo "usage: tools/shifted-clock.sh MOMENT COMMAND..., where MOMENT is the first word of one of:$moments" >&2
  exit 2
fi
if [ -z "$library" ]; then
  echo 'The package faketime is not installed: apt-get install faketime' >&2
  exit 2
fi
shift

# A shift, not a moment: each process that starts later would begin at the moment again. Timers and durations go by the
# monotonic clock, which stays. The times of files are the system's, and are not shifted.
seconds=$(($(TZ="$zone" date -d "$at" +%s) - $(date +%s)))
export TZ="$zone" LD_PRELOAD="$library" FAKETIME="$(printf '%+d' "$seconds")s"
export FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1
date >&2
exec "$@"
