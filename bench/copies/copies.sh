#!/bin/bash
# Copies and claims: every line of that table of the bars, and what datasketch, rensa and gaoya make of the same texts in the same run.
# PLAINSIGHT_SHARED=... bench/copies/copies.sh [NUMBER], or `cargo xtask bench copies/copies`; prints the figures that copies.md keeps. Linux.
# NUMBER short texts are compared for time and memory (100000; the bar speaks of 1000000), by the peers too unless SPEED_PEERS is empty.
# PROFILE is release (the default) or dev; PLAINSIGHT and COPIES_SPEED name programs that are built already. The Python peers are run by PEERS_PYTHON (else python3) if it has them:
# pip install datasketch==2.0.0 rensa==0.5.0. gaoya is built beside, with a lock file of its own, unless GAOYA=no.
set -eu
cd "$(dirname "$0")/../.."
shared=${PLAINSIGHT_SHARED:-../shared}
number=${1:-100000}
profile=${PROFILE:-release}
python=${PEERS_PYTHON:-python3}
speed_peers=${SPEED_PEERS-gaoya rensa datasketch}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PLAINSIGHT_SHARED=$(cd "$shared" && pwd)
export PLAINSIGHT_SHARED

folder=${CARGO_TARGET_DIR:-target}/$([ "$profile" = dev ] && echo debug || echo "$profile")
program=${PLAINSIGHT:-}
if [ -z "$program" ]; then
  cargo build -q --profile "$profile" -p plainsight
  program=$folder/plainsight
fi
speed=${COPIES_SPEED:-}
if [ -z "$speed" ]; then
  cargo build -q --profile "$profile" -p plainsight-corroborate --example copies_speed
  speed=$folder/examples/copies_speed
fi
gaoya=
if [ "${GAOYA:-yes}" != no ]; then
  CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/peers cargo build -q --release --manifest-path bench/peers/gaoya/Cargo.toml
  gaoya=${CARGO_TARGET_DIR:-target}/peers/release/peer-gaoya
fi

echo "== the sets"
"$python" bench/copies/measure.py "$program" "$PLAINSIGHT_SHARED" "$work" ${gaoya:+"$gaoya"}

echo "== $number short texts, one thread"
"$speed" "$number" "$work/short.jsonl"
for peer in $speed_peers; do
  case $peer in
    gaoya) if [ -n "$gaoya" ]; then "$gaoya" "$work/short.jsonl" > "$work/pairs"; fi ;;
    *) "$python" bench/peers/copies.py speed "$work/short.jsonl" "$peer" || echo "NOT RUN: $peer" ;;
  esac
done

echo "== rule G1, redone by hand from the printed trace"
cargo test -q -p plainsight-corroborate --profile "$([ "$profile" = dev ] && echo test || echo "$profile")" --test worked_example pencil
