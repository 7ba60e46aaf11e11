#!/bin/bash
# Named entities: figures by class on the developers' sets, and what jieba finds of the same texts in the same run.
# PLAINSIGHT_SHARED=... bench/names/entities.sh [PROFILE], or `cargo xtask bench entities.sh`; PROFILE is release (the default) or
# dev. jieba is run by the Python in PEERS_PYTHON (else python3) if it has it: pip install jieba.
set -eu
cd "$(dirname "$0")/../.."
shared=${PLAINSIGHT_SHARED:-../shared}
profile=${1:-release}
cargo build -q --profile "$profile"
folder=${CARGO_TARGET_DIR:-target}/$([ "$profile" = dev ] && echo debug || echo "$profile")
"${PEERS_PYTHON:-python3}" bench/names/entities.py "$folder/plainsight" "$shared/data/names" \
  weibo.dev weibo.train msra.dev cluener.dev conll2002_nl.dev conll2002_es.dev
