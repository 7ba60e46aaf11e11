#!/usr/bin/env python3
"""Makes the tables by which names are recognised (src/names/): characters.csv, foreign.txt, latin.txt.

usage: make.py DICT TRANSLIT SIMPLIFIED PEOPLE

DICT: dict.txt of jieba (github fxsjy/jieba, MIT): a word, how often it was counted, its kind.
TRANSLIT: train.jsonl of NETransliteration-COLING2018 (github steveash, commit 5d5f59e; names of
persons in Wikidata, CC0-1.0): {"latin", "hanzi", "count"}.
SIMPLIFIED: crates/text/data/TSCharacters.txt. PEOPLE: crates/find/src/people.rs, which has the surnames.
"""
import collections
import json
import re
import sys

# Pairs and names that were seen less often say nothing.
LEAST_PAIR = 3
LEAST_NAME = 2
SHORTEST_NAME = 3
HAN = re.compile("[\u4e00-\u9fff]+")


def surnames(path):
    source = open(path, encoding="utf-8").read()
    single = set(re.search(r'const SURNAMES: &str = "(.*?)"', source).group(1))
    double = re.search(r"const DOUBLE: &\[&str\] = &\[(.*?)\];", source, re.S).group(1)
    return single, set(re.findall(r'"([^"]+)"', double))


def chinese(path, single, double):
    """How often each character is a surname, the first and the second of a given name, the only one."""
    counts = collections.defaultdict(lambda: [0, 0, 0, 0])
    for line in open(path, encoding="utf-8"):
        word, _, kind = line.split()
        if kind != "nr":
            continue
        if word[:2] in double and len(word) in (3, 4):
            surname, given = word[:2], word[2:]
        elif word[0] in single and len(word) in (2, 3):
            surname, given = word[0], word[1:]
        else:
            continue
        counts[surname][0] += 1
        if len(given) == 1:
            counts[given][3] += 1
        else:
            counts[given[0]][1] += 1
            counts[given[1]][2] += 1
    return counts


def foreign(rows, simplified):
    """How often a character follows another in foreign names; ^ is the beginning, $ the end."""
    single, pairs = collections.Counter(), collections.Counter()
    for row in rows:
        name = "".join(simplified.get(c, c) for c in row["hanzi"])
        if HAN.fullmatch(name):
            single.update(name)
            pairs.update(a + b for a, b in zip("^" + name, name + "$"))
    return single, pairs


def main(dictionary, translit, characters, people):
    simplified = {}
    for line in open(characters, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 2:
            simplified[cells[0]] = cells[1].split(" ")[0]
    rows = [json.loads(line) for line in open(translit, encoding="utf-8")]
    counts = chinese(dictionary, *surnames(people))
    single, pairs = foreign(rows, simplified)
    with open("characters.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("character,surname,first,second,only,foreign\n")
        for c in sorted(set(counts) | set(single)):
            out.write(",".join([c, *map(str, counts[c] if c in counts else [0] * 4), str(single[c])]) + "\n")
    with open("foreign.txt", "w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{pair} {n}\n" for pair, n in sorted(pairs.items()) if n >= LEAST_PAIR)
    names = collections.Counter()
    for row in rows:
        names[row["latin"]] += row["count"]
    with open("latin.txt", "w", encoding="utf-8", newline="\n") as out:
        kept = (name for name, n in sorted(names.items()) if n >= LEAST_NAME and len(name) >= SHORTEST_NAME)
        out.writelines(f"{name}\n" for name in kept)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
