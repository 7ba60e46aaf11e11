#!/bin/bash
# Captures of pages of 50 kB from a server on the loopback device: pages a second and CPU a page,
# beside `wget --warc-file` and warcio's `capture_http` in the same run, and every byte against what the server logged.
# PLAINSIGHT_ORACLES=<environment with warcio> bench/collect/captures.sh [PAGES]
# Builds in --release, unless PROGRAM names a built one; prints the figures that captures.md keeps. Linux.
set -eu
cd "$(dirname "$0")/../.."
pages=${1:-1000}
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
program=${PROGRAM:-}
if [ -z "$program" ]; then
  cargo build --release -q -p plainsight
  program=${CARGO_TARGET_DIR:-target}/release/plainsight
fi
python3 bench/collect/server.py "$work" &
server=$!
while [ ! -s "$work/port" ]; do sleep 0.1; done
port=$(cat "$work/port")
for number in $(seq "$pages"); do echo "http://127.0.0.1:$port/page-$number"; done > "$work/list.txt"
export XDG_CONFIG_HOME="$work/config" HOME="$work"
"$program" new "$work/case" > "$work/said"
PROGRAM="$program" WORK="$work" PAGES="$pages" python3 bench/collect/measure.py
