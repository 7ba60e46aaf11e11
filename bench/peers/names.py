#!/usr/bin/env python3
"""F1 at 0.7 and pairs a second of rapidfuzz and of nomenklatura's matchers over a set of pairs.

usage: names.py PAIRS.jsonl      (lines as `plainsight match` takes them, with `match`)

A peer that is not installed is named as not run. Entities get ids of their own:
nomenklatura keeps answers by id.
"""
import json
import sys
import time

rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]


def properties(side):
    return {"name": [side]} if isinstance(side, str) else side


def sides(row):
    a, b = row.get("a", row.get("query")), row.get("b", row.get("candidate"))
    return properties(a), properties(b)


def measure(name, score):
    """`score` takes a row's number and answers 0 to 1; the first round warms up."""
    scores = [score(n) for n in range(len(rows))]
    begin = time.perf_counter()
    for _ in range(3):
        for n in range(len(rows)):
            score(n)
    speed = 3 * len(rows) / (time.perf_counter() - begin)
    yes = [s >= 0.7 for s in scores]
    right = sum(y and r["match"] for y, r in zip(yes, rows))
    wrong = sum(y and not r["match"] for y, r in zip(yes, rows))
    missed = sum(r["match"] for r in rows) - right
    f1 = 2 * right / (2 * right + wrong + missed) if right else 0.0
    print(f"{name}: F1={f1:.3f} {speed:.0f} pairs/s")


def names(side):
    whole = side.get("name", []) + side.get("alias", [])
    parts = [side[key][0] for key in ("firstName", "middleName", "fatherName", "lastName") if side.get(key)]
    return whole or [" ".join(parts)]


try:
    from rapidfuzz import fuzz, utils
except ImportError:
    print("rapidfuzz: NOT RUN, it is not installed")
else:
    pairs = [[names(side) for side in sides(row)] for row in rows]

    def token_set(n):
        a, b = pairs[n]
        return max(fuzz.token_set_ratio(x, y, processor=utils.default_process) for x in a for y in b) / 100

    measure("rapidfuzz token_set_ratio", token_set)

try:
    from followthemoney import model
    from nomenklatura.matching import get_algorithm
    from nomenklatura.matching.types import ScoringConfig
except ImportError as error:
    print(f"nomenklatura: NOT RUN, {error}")
else:
    def entity(key, schema, side):
        return model.get_proxy({"id": key, "schema": schema, "properties": side})

    schema = [row["schema"] if model.get(row["schema"]) and model.get(row["schema"]).matchable else "Organization" for row in rows]
    pairs = [[entity(f"{n}-{m}", schema[n], side) for m, side in enumerate(sides(row))] for n, row in enumerate(rows)]
    for name in ("logic-v1", "logic-v2"):
        algorithm = get_algorithm(name)
        config = ScoringConfig.defaults()
        measure(f"nomenklatura {name}", lambda n: algorithm.compare(*pairs[n], config).score)
