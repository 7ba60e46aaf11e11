#!/usr/bin/env python3
"""Makes cantonese.txt: which characters have which Cantonese reading.

usage: make_cantonese.py UCD      (a folder with Unihan_Readings.txt and Unihan_OtherMappings.txt, Unicode 14 or later)

Readings are `kCantonese` of the Unihan database (Jyutping) without tones, of the 8,105 characters of the
Table of General Standard Chinese Characters (`kTGH`) and of the traditional ones that fold to them.
One line a reading: the reading, a space, its characters in order of code points.
"""
import collections
import pathlib
import re
import sys

ucd = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent

# As lens/data/make.py does: the first simplified character of a row of OpenCC's table.
FOLD = {}
for line in (here / "../../text/data/TSCharacters.txt").read_text(encoding="utf-8").splitlines():
    if "\t" in line and not line.startswith("#"):
        key, values = line.split("\t")
        FOLD[key] = values.split(" ")[0]


def field(file, name):
    for line in open(ucd / file, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 3 and cells[1] == name:
            yield chr(int(cells[0][2:], 16)), cells[2]


standard = {c for c, _ in field("Unihan_OtherMappings.txt", "kTGH")}
readings = collections.defaultdict(set)
for c, values in field("Unihan_Readings.txt", "kCantonese"):
    plain = FOLD.get(c, c)
    if plain in standard:
        for value in values.split():
            readings[re.sub(r"\d", "", value)].add(plain)
with open(here / "cantonese.txt", "w", encoding="utf-8") as out:
    for reading in sorted(readings):
        out.write(f"{reading} {''.join(sorted(readings[reading]))}\n")
