#!/usr/bin/env python3
"""How long `xref` of a long list takes and how much memory: once to make its tables, once with them there.

usage: xref.py PROGRAM ROWS

The list has ROWS invented names, nine in ten of syllables, one in ten in Han, and as its last row a body of the
invented example, which has to be met; the case is that example. For each run: seconds, seconds of the processor, the
most memory (resident, mapped files among it), hits; then the size of the tables.
"""
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

SYLLABLES = "ba ce di fo gu ha jin ke lo mar ne os pi qua ro su tal ve wex yor zim dra fle gro kna pli stro".split()
HAN = "澄岚霖屿筠芷珩沅舒棠明光照远航静波涛山海林森云峰河川石岩松柏"
SURNAMES = "王李张刘陈杨黄赵周吴"
MET = "楸墉县公安局"


def name(dice):
    if dice.random() < 0.1:
        return dice.choice(SURNAMES) + "".join(dice.choice(HAN) for _ in range(2))
    word = lambda: "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4))).capitalize()
    return " ".join(word() for _ in range(dice.randint(2, 3)))


def run(program, *words):
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    out = tempfile.TemporaryFile("w+", encoding="utf-8")
    child = subprocess.Popen([program, *map(str, words)], stdout=out)
    peak = 0
    status = pathlib.Path(f"/proc/{child.pid}/status")
    while child.poll() is None:
        for line in status.read_text().splitlines() if status.exists() else ():
            if line.startswith("VmHWM"):
                peak = max(peak, int(line.split()[1]) // 1024)
        time.sleep(0.05)
    out.seek(0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        sys.exit(f"{words[0]} ended with {child.returncode}")
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return out.read(), f"{time.perf_counter() - begin:.1f} s, {processor:.1f} s of the processor, {peak} MB"


def main(program, rows):
    program, dice = str(pathlib.Path(program).resolve()), random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        case, table = folder / "case", folder / "list.csv"
        run(program, "demo", "--no-serve", "--dir", case)
        with open(table, "w", encoding="utf-8") as out:
            out.write("id,name\n")
            for number in range(rows - 1):
                out.write(f"{number},{name(dice)}\n")
            out.write(f"last,{MET}\n")
        print(f"{rows} rows, {table.stat().st_size / 1e6:.0f} MB")
        for what in ("the first time", "again"):
            out, told = run(program, "xref", case, table, "--json")
            lines = out.splitlines()
            assert any(MET in line for line in lines), "the last row is not met"
            print(f"{what}: {told}, {len(lines)} hits")
        size = sum(file.stat().st_size for file in (case / "derived/lists").rglob("*") if file.is_file())
        print(f"tables: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]))
