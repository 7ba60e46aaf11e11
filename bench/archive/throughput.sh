#!/bin/bash
# Reading, verifying and packing a WARC, CPU beside libdeflate's inflate of the same file and beside other tools.
# PLAINSIGHT_SHARED=... PLAINSIGHT_ORACLES=<environment with warcio, fastwarc, wacz> bench/archive/throughput.sh [MEGABYTES] [WORK-FOLDER]
# Builds in --release; real files of data/warc are repeated up to the size; prints the figures that throughput.md keeps.
# With 2000 and more the slow peers are left out: that run is for the peak of memory. Linux.
set -eu
cd "$(dirname "$0")/../.."
shared=${PLAINSIGHT_SHARED:-../shared}
megabytes=${1:-330}
work=${2:-}
own=
if [ -z "$work" ]; then
  work=$(mktemp -d)
  own=$work
fi
trap '[ -z "$own" ] || rm -rf "$own"' EXIT
cargo build --release -q -p plainsight-archive --example throughput
export THROUGHPUT="${CARGO_TARGET_DIR:-target}/release/examples/throughput"

python3 - "$shared/data/warc" "$megabytes" "$work" <<'PY'
import os, resource, subprocess, sys
warc, megabytes, work = sys.argv[1], int(sys.argv[2]), sys.argv[3]
program = os.environ["THROUGHPUT"]
oracles = os.environ.get("PLAINSIGHT_ORACLES", "")
names = ["aut/example.docs.warc.gz", "jwat/IAH-20080430204825-00000-blackbook.warc.gz", "pywb/iana.warc.gz",
         "resiliparse/warcfile.warc.gz", "ukwa/BL-20140325121225068-00000-32090_opera_8443.warc.gz",
         "ukwa/BL-20140325122341434-00000-32090_opera_8443.warc.gz", "pywb/dupes.warc.gz", "warcio/example.warc.gz",
         "derived/chinese-charsets-1.1.warc.gz", "commoncrawl/whirlwind.warc.gz"]
data = b"".join(open(os.path.join(warc, name), "rb").read() for name in names)
big, places, out = (os.path.join(work, name) for name in ("big.warc.gz", "places", "out.wacz"))
with open(big, "wb") as file:
    for _ in range(max(1, megabytes * 1_000_000 // len(data))):
        file.write(data)
with open(places, "w") as file:
    subprocess.run([program, "places", big], stdout=file, check=True)
with open(places) as file:
    print(f"{os.path.getsize(big) / 1e6:.1f} MB compressed, {sum(1 for _ in file)} records")

def tool(name):
    path = os.path.join(oracles, "bin", name)
    return path if oracles and os.path.exists(path) else None

def once(command):
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1); os.dup2(null, 2)
        os.execv(command[0], command)
    _, status, used = os.wait4(pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)

def least(command, rounds):
    runs = [once(command) for _ in range(rounds)]
    return min(run[0] for run in runs), max(run[1] for run in runs), runs[0][2]

small = megabytes < 2000
rows = [("libdeflate, member by member: the floor", [program, "floor", big, places], 3),
        ("read all records", [program, "read", big], 3),
        ("verify", [program, "verify", big], 3),
        ("make a WACZ", [program, "wacz", big, out], 3),
        ("verify that WACZ", [program, "verify", out], 3)]
if not small:
    rows = [(name, command, 1) for name, command, _ in rows]
else:
    for name, arguments in [("fastwarc", ["check"]), ("warcio", ["check"]), ("cdxj-indexer", ["-s"])]:
        if tool(name):
            rows.append((" ".join([name] + arguments), [tool(name)] + arguments + [big], 1))
        else:
            print(f"NOT RUN: {name}: not in PLAINSIGHT_ORACLES")
    if tool("wacz"):
        rows.append(("wacz create", [tool("wacz"), "create", "-o", os.path.join(work, "peer.wacz"), big], 1))
floor = None
for name, command, rounds in rows:
    seconds, peak, status = least(command, rounds)
    floor = floor or seconds
    print(f"{name}: {seconds:.2f} s CPU, {seconds / floor:.2f} of the floor, peak {peak:.0f} MiB, exit {status}", flush=True)
PY
