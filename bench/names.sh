#!/bin/bash
# Names: the figures of the developers' sets, the speed, and what rapidfuzz and nomenklatura say of the same pairs in the same run.
# PLAINSIGHT_SHARED=... bench/names.sh [PROFILE], or `cargo xtask bench names`; PROFILE is release (the default) or dev. The peers are
# run by the Python in PEERS_PYTHON (else python3) if it has them: pip install rapidfuzz nomenklatura.
set -eu
cd "$(dirname "$0")/.."
shared=${PLAINSIGHT_SHARED:-../shared}
profile=${1:-release}
PLAINSIGHT_SHARED=$(cd "$shared" && pwd)
export PLAINSIGHT_SHARED
cargo test -q -p plainsight-resolve --profile "$([ "$profile" = dev ] && echo test || echo "$profile")" --test sets -- --nocapture
cargo build -q -p plainsight-resolve --profile "$profile" --example names_speed
folder=${CARGO_TARGET_DIR:-target}/$([ "$profile" = dev ] && echo debug || echo "$profile")
for set in domain_pairs name_bench entity_checks; do
  echo "== $set"
  "$folder/examples/names_speed" "$PLAINSIGHT_SHARED/data/names/pairs/$set.jsonl"
  "${PEERS_PYTHON:-python3}" bench/peers/names.py "$PLAINSIGHT_SHARED/data/names/pairs/$set.jsonl"
done
echo "== one name among ${MILLIONS:=1} million (MILLIONS=4 for the bar)"
cargo build -q -p plainsight-resolve --profile "$profile" --example names_among
"$folder/examples/names_among" "$PLAINSIGHT_SHARED/data/names/pairs/name_bench.jsonl" "$MILLIONS"
