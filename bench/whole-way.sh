#!/bin/bash
# The whole way over real input: every file of data/warc and every page of data/reading/pages, in --release.
# PLAINSIGHT_SHARED=... bench/whole-way.sh [WORK-FOLDER], or `cargo xtask bench whole-way`; prints the figures that whole-way.md keeps. Linux (reads /proc).
set -eu
cd "$(dirname "$0")/.."
shared=${PLAINSIGHT_SHARED:-../shared}
work=${1:-$(mktemp -d)}
export PLAINSIGHT_CONFIG="$work/configuration"
mkdir -p "$PLAINSIGHT_CONFIG"
program=${PLAINSIGHT:-}
if [ -z "$program" ]; then
  cargo build --release -q -p plainsight
  program=${CARGO_TARGET_DIR:-target}/release/plainsight
fi

# measured NAME COMMAND...: wall and CPU seconds (its children too) and the peak memory of the program itself.
measured() {
  local name=$1; shift
  python3 - "$name" "$@" <<'PY'
import os, resource, subprocess, sys, time
name, command = sys.argv[1], sys.argv[2:]
start, peak = time.time(), 0
child = subprocess.Popen(command, stdout=open(os.devnull if name.startswith("quiet") else f"{os.environ['WORK']}/{name}.out", "w"))
while child.poll() is None:
    try:
        for line in open(f"/proc/{child.pid}/status"):
            if line.startswith("VmHWM"):
                peak = int(line.split()[1])
    except OSError:
        pass
    time.sleep(0.01)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{name}: exit {child.returncode}, wall {time.time()-start:.2f} s, CPU {used.ru_utime:.2f} user {used.ru_stime:.2f} sys, peak {peak/1024:.0f} MiB")
PY
}
export WORK="$work"
rm -rf "$work/case" "$work/demo"

"$program" --version
ls -l "$program" | awk '{printf "binary: %.1f MB\n", $5/1e6}'
"$program" new "$work/case" --lens overseas-posts > /dev/null
measured add "$program" add "$work/case" "$shared/data/warc" "$shared/data/reading/pages" --json || true
measured run "$program" run "$work/case" --json
cat "$work/run.out"
measured again "$program" run "$work/case" --json
measured findings "$program" findings "$work/case" --json
echo "posts found: $(wc -l < "$work/findings.out")"

python3 - "$program" "$work/case" <<'PY'
import json, os, re, sqlite3, subprocess, sys, time
program, case = sys.argv[1:]
db = sqlite3.connect(f"{case}/derived/catalog.sqlite")
one = lambda sql: db.execute(sql).fetchone()
texts = [t for (t,) in db.execute("select text from documents")]
size = sum(len(t.encode()) for t in texts)
index = sum(e.stat().st_size for e in os.scandir(f"{case}/derived/index"))
print(f"documents {len(texts)}, of them without text {sum(not t.strip() for t in texts)}, captures {one('select count(*) from captures')[0]}")
silent = one("select count(*) from documents d where trim(text, ' ' || char(9,10,13)) = '' and not exists (select 1 from complaints c where c.document = d.id)")[0]
placeless = one("select count(*) from complaints where place is null or place = ''")[0]
print(f"without text and without complaint {silent}, complaints without place {placeless}, complaints {one('select count(*) from complaints')[0]}")
print(f"text {size/1e6:.2f} MB, index {index/1e6:.2f} MB, {index/size:.2f} of the text; catalog {os.path.getsize(case + '/derived/catalog.sqlite')/1e6:.1f} MB")
titles = db.execute("select id, title from documents where title is not null order by id").fetchall()
ask = [(i, max(w, key=len)) for i, t in titles if (w := [x for x in re.findall(r"[^\W_]+", t) if len(x) >= 2])]
ask = ask[:: max(1, len(ask) // 200)][:200]
took, lost = [], []
for document, word in ask:
    start = time.time()
    out = subprocess.run([program, "search", case, word, "--substring", "--limit", "2000", "--json"], capture_output=True, text=True).stdout
    took.append(time.time() - start)
    if document not in {json.loads(line)["document"] for line in out.splitlines()}:
        lost.append((document, word))
took.sort()
print(f"search, {len(ask)} title words, a process each: p50 {took[len(took)//2]*1000:.0f} ms, p95 {took[int(len(took)*.95)]*1000:.0f} ms; not found: {lost}")
PY

measured demo-first "$program" demo --no-serve --dir "$work/demo"
measured demo-second "$program" demo --no-serve --dir "$work/demo"

python3 - "$program" "$work/demo" <<'PY'
import re, subprocess, sys, time, urllib.request
program, case = sys.argv[1:]
start = time.time()
child = subprocess.Popen([program, "serve", case], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
try:
    for line in child.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line):
            break
    page = urllib.request.urlopen(found.group(0), timeout=20).read()
    first = time.time() - start
    time.sleep(2)
    held = next(l for l in open(f"/proc/{child.pid}/status") if l.startswith("VmRSS")).split()[1]
    print(f"serve: first page after {first:.2f} s ({len(page)} bytes), idle memory {int(held)/1024:.0f} MiB")
finally:
    child.terminate()
PY

# The same input through a pipeline of Python libraries, in the same run; and ours again as far as that one goes: no OCR, no PDF.
if python3 -c 'import datasketch, fastwarc, jieba, py3langid, trafilatura' 2> /dev/null; then
  rm -rf "$work/plain" "$work/peer.sqlite"
  "$program" new "$work/plain" --lens overseas-posts > /dev/null
  measured add-plain "$program" add "$work/plain" "$shared/data/warc" "$shared/data/reading/pages" --json || true
  measured run-plain env PATH= "$program" run "$work/plain" --json
  cat "$work/run-plain.out"
  measured peer python3 bench/peers/pipeline.py "$shared/data" "$work/peer.sqlite" 2> "$work/peer.err"
  cat "$work/peer.out"
else
  echo "NOT RUN: the pipeline of Python libraries; pip install -r bench/peers/requirements.txt"
fi
