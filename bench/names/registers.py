#!/usr/bin/env python3
"""How long a long register takes and how much memory: added, run, listed, compared, and looked at.

usage: registers.py PROGRAM ROWS

The register has ROWS rows of invented companies in 408 towns, two of them those of the example and says of itself that it is
official and complete; the case is the invented example, whose posts are asked of it. A second one differs in one row of
a thousand. For each command: seconds, seconds of the processor, the most memory; then the size of the catalog.
The page is fetched from `serve` of the case, whose memory is that of the process so far.
"""
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from xref import name, run

STREETS = "Lantern Harbour Mill Orchard Quay Tallow Copper Heron Wicker Amber".split()


def write(path, rows, day, changed):
    dice = random.Random(7)
    towns = [name(dice) for _ in range(400)]
    towns += "Torvelaar Mirkhaven Amsterdam Rotterdam Utrecht Zwolle Arnhem Breda".split()
    with open(path, "w", encoding="utf-8") as out:
        out.write("register,as_of,official,complete,host_state,class,name,seat,address,number\n")
        for number in range(rows):
            street = f"{dice.choice(STREETS)} Street {dice.randint(1, 400)}"
            if changed and number % 1000 == 0:
                street += " bis"
            town, called = dice.choice(towns), name(dice)
            out.write(f"Companies,{day},yes,yes,Veldermark,company,{called},{town},{street},{number}\n")


def main(program, rows):
    program = str(pathlib.Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        case, older, newer = folder / "case", folder / "older.csv", folder / "newer.csv"
        run(program, "demo", "--no-serve", "--dir", case)
        write(older, rows, "2022-01-01", False)
        write(newer, rows, "2024-01-01", True)
        print(f"{rows} rows, {older.stat().st_size / 1e6:.0f} MB")
        for what, words in [
            ("add", ["register", "add", case, older]),
            ("run", ["run", case]),
            ("run again", ["run", case]),
            ("list", ["register", "list", case]),
            ("add another", ["register", "add", case, newer]),
            ("run", ["run", case]),
        ]:
            print(f"{what}: {run(program, *words)[1]}")
        listed = run(program, "register", "list", case)[0].splitlines()
        ids = [line.split()[0] for line in listed if " Companies " in line]
        out, told = run(program, "register", "diff", case, *ids, "--json")
        print(f"diff: {told}, {len(out.splitlines())} changes")
        out, told = run(program, "register", "diff", older, newer, "--json")
        print(f"diff of files: {told}, {len(out.splitlines())} changes")
        size = sum(file.stat().st_size for file in (case / "derived").glob("catalog.sqlite*"))
        print(f"catalog: {size / 1e6:.0f} MB")
        look(program, case, ids[0])


def look(program, case, register):
    child = subprocess.Popen([program, "serve", str(case)], stdout=subprocess.PIPE, text=True)
    try:
        address = next(found[0] for line in child.stdout if (found := re.findall(r"http://\S+", line)))
        for what, words in [("the page", ""), ("a street", "?q=tallow+street+17"), ("a town", "?q=阿姆斯特丹")]:
            begin = time.perf_counter()
            at = urllib.parse.quote(f"register/{register}") + urllib.parse.quote(words, safe="?=&+")
            size = len(urllib.request.urlopen(urllib.parse.urljoin(address, at)).read())
            status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
            peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024
            print(f"{what}: {time.perf_counter() - begin:.1f} s, {size // 1000} kB, {peak} MB")
    finally:
        child.terminate()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]))
