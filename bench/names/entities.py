#!/usr/bin/env python3
"""Named entities by class: what `plainsight find --names` and, in Chinese, jieba find in sets with gold spans.

usage: entities.py PROGRAM NAMES SET...

PROGRAM: the plainsight that is measured. NAMES: data/names of the sets beside the project, whose score.py
counts (a span is right if its borders and its class are). SET: files of NAMES/ner without `.jsonl`.
jieba's tags nr, nrt, nrfg are persons, ns places, nt bodies.
"""
import importlib.util
import json
import pathlib
import subprocess
import sys
import time

CLASSES = {"person": "PER", "place": "LOC", "organisation": "ORG"}
TAGS = {"nr": "PER", "nrt": "PER", "nrfg": "PER", "ns": "LOC", "nt": "ORG"}


def text_of(row):
    return row["text"] if "text" in row else " ".join(row["tokens"])


def by_tokens(row, spans):
    """Spans in tokens; one that cuts a token is wrong and stays so."""
    starts, ends, at = {}, {}, 0
    for number, token in enumerate(row["tokens"]):
        starts[at], ends[at + len(token)] = number, number + 1
        at += len(token) + 1
    return [[starts.get(s, -1), ends.get(e, -1), k] for s, e, k in spans]


def plainsight(program, rows):
    lines = "".join(json.dumps({"id": r["id"], "text": text_of(r)}, ensure_ascii=False) + "\n" for r in rows)
    done = subprocess.run([program, "find", "--names"], input=lines, capture_output=True, text=True, check=True)
    found = {}
    for line in done.stdout.splitlines():
        line = json.loads(line)
        found[line["id"]] = [[n["start"], n["end"], CLASSES[n["kind"]]] for n in line["names"]]
    return found


def jieba(rows):
    import jieba.posseg as posseg

    posseg.lcut("热身")
    found = {}
    for row in rows:
        at, found[row["id"]] = 0, []
        for word in posseg.cut(row["text"]):
            if word.flag in TAGS:
                found[row["id"]].append([at, at + len(word.word), TAGS[word.flag]])
            at += len(word.word)
    return found


def main(program, names, sets):
    names = pathlib.Path(names)
    spec = importlib.util.spec_from_file_location("score", names / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    for name in sets:
        rows = score.load(names / "ner" / f"{name}.jsonl")
        peers = [("plainsight", lambda: plainsight(program, rows))]
        if "text" in rows[0]:
            peers.append(("jieba", lambda: jieba(rows)))
        for peer, find in peers:
            begin = time.perf_counter()
            try:
                found = find()
            except ImportError as error:
                print(f"== {name}, {peer}: NOT RUN, {error}")
                continue
            seconds = time.perf_counter() - begin
            if "tokens" in rows[0]:
                found = {row["id"]: by_tokens(row, found[row["id"]]) for row in rows}
            letters = sum(len(text_of(row)) for row in rows)
            print(f"== {name}, {peer}: {len(rows)} texts, {letters / seconds:.0f} characters/s")
            score.ner(rows, [{"id": key, "spans": spans} for key, spans in found.items()])


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
