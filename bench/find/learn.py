#!/usr/bin/env python3
"""Learns the weights of crates/find/src/frames/weights.rs: logistic regression over towns.

    post_rows crates/find/tests/lens crates/find/tests/lens-more SHARED/data/reading/pages > rows.jsonl
    bench/find/learn.py rows.jsonl [--write] [--wrong]

A town of a marked document is right if a marked post lies in it; of a real page none is. Towns of one document
stay together in each of ten parts; what is printed was judged by weights learned from the other nine. `--wrong` names the towns
judged wrong. Needs numpy.
"""

import json
import os
import pathlib
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
TO = ROOT / "crates/find/src/frames/weights.rs"
# A town too many accuses somebody, one too few is missed: where both are found, the first weighs as much as this many.
DEAR = 1.5
# What `weights.rs` takes for enough.
ENOUGH = 1.0
RIDGE = float(os.environ.get("RIDGE", "2"))


def marked(folder):
    """The places of the marked posts of each document of a folder."""
    with open(ROOT / folder / "keys.jsonl", encoding="utf-8") as keys:
        rows = [json.loads(line) for line in keys]
    return {row["file"]: [p.lower() for post in row["posts"] for p in post.get("place") or []] for row in rows}


def is_in(texts, places):
    """Whether a town, as written, is one of the places."""
    forms = [text.lower() for text in texts]
    return any(form == place or place in form and len(place) > 1 or form in place and len(form) > 1
               for form in forms for place in places)


def fitted(x, y, weight):
    w = np.zeros(x.shape[1])
    for _ in range(80):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (weight * (p - y)) + RIDGE * w
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(w))
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    return w


def main(path, write):
    keys, rows = {}, []
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        folder = row["folder"]
        real = not (ROOT / folder / "keys.jsonl").is_file()
        if not real and folder not in keys:
            keys[folder] = marked(folder)
        row["y"] = not real and is_in(row["texts"], keys[folder][row["file"]])
        row["real"], row["document"] = real, folder + row["file"]
        rows.append(row)
    names = sorted({name for row in rows for name in row["cues"]})
    x = np.array([[row["cues"].get(name, 0) for name in names] for row in rows])
    y = np.array([row["y"] for row in rows], float)
    real = np.array([row["real"] for row in rows])
    ruled = np.array([row["ruled"] for row in rows])
    # All real pages together weigh as much as the wrong towns of the marked ones.
    wrong = ((y == 0) & ~real).sum()
    weight = np.where(y > 0, 1.0, DEAR) * np.where(real, wrong / max(1, real.sum()), 1.0)
    documents = sorted({row["document"] for row in rows})
    np.random.RandomState(7).shuffle(documents)
    part = {document: number % 10 for number, document in enumerate(documents)}
    part = np.array([part[row["document"]] for row in rows])
    points = np.zeros(len(rows))
    for number in range(10):
        w = fitted(x[part != number], y[part != number], weight[part != number])
        points[part == number] = x[part == number] @ w
    print(f"{len(rows)} towns, {int(y.sum())} with a post, {int(real.sum())} of real pages; by rule {int((ruled & (y > 0)).sum())} right, {int((ruled & (y == 0)).sum())} wrong")
    for least in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
        said = (points >= least) | ruled
        right, all_said = (said & (y > 0)).sum(), (said & ~real).sum()
        alone = (points >= least) & ~ruled & ~real
        print(f"from {least}: with the rules precision {right / max(1, all_said):.3f}, recall {right / y.sum():.3f}, "
              f"F1 {2 * right / (all_said + y.sum()):.3f}; weighed alone {int((alone & (y > 0)).sum())} right, {int((alone & (y == 0)).sum())} wrong; "
              f"of real pages {int(((points >= least) & real).sum())} (best {points[real].max() if real.any() else 0:.1f})")
    w = fitted(x, y, weight)
    for name, value in sorted(zip(names, w), key=lambda pair: -pair[1]):
        print(f"{value:6.2f} {name}")
    if "--wrong" in sys.argv:
        for row, p in zip(rows, points):
            if not row["ruled"] and (p >= ENOUGH) != row["y"]:
                print(row["file"], row["key"], "missed" if row["y"] else "WRONG", round(float(p), 2))
    if write:
        lines = "".join(f'    ("{name}", {value:.2f}),\n' for name, value in zip(names, w))
        text = TO.read_text(encoding="utf-8")
        head = text[: text.index("/// Each cue")]
        TO.write_text(head + "/// Each cue and its weight, in logarithms of odds.\n"
                      f"pub(super) const WEIGHTS: [(&str, f32); {len(names)}] = [\n{lines}];\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], "--write" in sys.argv)
