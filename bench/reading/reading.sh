#!/bin/bash
# Reading: our figures and those of the peers for every line of the bars' table of reading, per set and per page type, in one run.
# PLAINSIGHT_SHARED=... bench/reading/reading.sh [PROFILE [WORK-FOLDER]], or `cargo xtask bench reading/reading`; PROFILE is release (the default)
# or dev. The peers in Python are installed at the versions of requirements.txt into WORK-FOLDER/venv; the crates are those we build with.
set -eu
cd "$(dirname "$0")/../.."
shared=${PLAINSIGHT_SHARED:-../shared}
profile=${1:-release}
work=${2:-$(mktemp -d)}
sets=$(cd "$shared/data/reading" && pwd)
mkdir -p "$work"
cargo build -q --workspace --profile "$profile" --example measure --example readers
examples=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json,sys; print(json.load(sys.stdin)["target_directory"])')/$([ "$profile" = dev ] && echo debug || echo "$profile")/examples
if [ ! -x "$work/venv/bin/python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q -r bench/reading/requirements.txt
fi
python="$work/venv/bin/python"
TIMEFORMAT='%U %S'

# of SET: the files of its pages, one a line.
of() { python3 -c 'import gzip,json,sys; d, s = sys.argv[1:]; [print(*p, sep="/") for p in sorted({(d, r["page"]) if "page" in r else (d, s, r["file"]) for r in map(json.loads, gzip.open(f"{d}/{s}/truth.jsonl.gz", "rt"))})]' "$sets" "$1"; }
score() { python3 "$sets/score.py" "$@" 2> "$work/notes"; }
# timed NAME COMMAND...: documents of aeb per CPU-second, start of the process included.
timed() {
  local name=$1; shift
  local used; used=$( { time "$@" > "$work/$name.aeb" 2> /dev/null; } 2>&1 )
  echo "$name: $used" | awk -v n="$(of aeb | wc -l)" '{printf "%s\t%.0f documents per CPU-second\n", $1, n / ($2 + $3)}'
}

pages=$(for set in zh aeb wcxb trafilatura htmldate; do of $set; done | sort -u)
aeb=$(of aeb)
readers="plainsight trafilatura-crate dom_smoothie-crate trafilatura-python resiliparse-python htmldate-python"
command_of() {
  case $1 in
    plainsight) echo "$examples/measure" ;;
    *-crate) echo "$examples/readers ${1%-crate}" ;;
    *-python) echo "$python bench/peers/reading.py ${1%-python}" ;;
  esac
}
for reader in $readers; do
  # shellcheck disable=SC2046,SC2086
  $(command_of $reader) $pages > "$work/$reader.out" 2> "$work/$reader.err" || echo "$reader stopped with $?"
done

for reader in $readers; do
  [ $reader = htmldate-python ] && continue
  echo "== $reader: main text"
  for set in zh aeb; do echo "$set $(score text "$sets/$set/truth.jsonl.gz" "$work/$reader.out")"; done
  score text "$sets/wcxb/truth.jsonl.gz" "$work/$reader.out" --by page_type | sed 's/^/wcxb /'
  echo "trafilatura $(score seg "$sets/trafilatura/truth.jsonl.gz" "$work/$reader.out")"
done
for reader in plainsight htmldate-python trafilatura-python trafilatura-crate dom_smoothie-crate; do
  echo "== $reader: day of publication"
  for set in htmldate zh wcxb; do echo "$set $(score date "$sets/$set/truth.jsonl.gz" "$work/$reader.out")"; done
done
echo "== plainsight: date expressions, language, encoding; resiliparse: encoding"
python3 - "$sets" "$work" <<'PY'
import gzip, json, sys
for name, keys in (("datetext", {"text": "input", "ref": "reference", "lang": "lang"}), ("langid", {"text": "text"})):
    with open(f"{sys.argv[2]}/{name}.in", "w") as out:
        for row in map(json.loads, gzip.open(f"{sys.argv[1]}/{name}/truth.jsonl.gz", "rt")):
            print(json.dumps({"id": row["id"], **{k: row.get(v) for k, v in keys.items()}}), file=out)
PY
"$examples/measure" --expr < "$work/datetext.in" > "$work/datetext.out"
score expr "$sets/datetext/truth.jsonl.gz" "$work/datetext.out" --by lang
"$examples/measure" --lang < "$work/langid.in" > "$work/langid.out"
score lang "$sets/langid/truth.jsonl.gz" "$work/langid.out"
# shellcheck disable=SC2046
"$examples/measure" $(of encoding) > "$work/encoding.out"
score enc "$sets/encoding/truth.jsonl.gz" "$work/encoding.out"
# shellcheck disable=SC2046
"$python" bench/peers/reading.py resiliparse-encoding $(of encoding) > "$work/encoding.peer"
score enc "$sets/encoding/truth.jsonl.gz" "$work/encoding.peer"
echo "== speed on aeb, one thread; everything on is plainsight's only way"
for reader in $readers; do
  # shellcheck disable=SC2046,SC2086
  timed $reader $(command_of $reader) $aeb
done
echo "== one page of 8,000 nested div, CPU seconds of the process"
python3 -c 'import gzip,sys; gzip.open(sys.argv[1], "wt").write("<html><body>" + "<div>" * 8000 + "de kern" + "</div>" * 8000)' "$work/deep.html.gz"
for reader in $readers; do
  # shellcheck disable=SC2046
  { time timeout 60 $(command_of $reader) "$work/deep.html.gz" > /dev/null 2>&1 || true; } 2>&1 | sed "s/^/$reader: /"
done
