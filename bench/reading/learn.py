#!/usr/bin/env python3
"""Learns the trees of crates/read/data/main_text.trees.

usage: learn.py LESSONS.jsonl DATA [--write TREES]

LESSONS.jsonl is what `measure --lessons FILE…` prints for the pages of the reading set; DATA is that set's folder
(its README names the licences: MIT, CC BY 4.0, Apache-2.0). Needs lightgbm and numpy at the versions of requirements.txt.

Without --write it prints how well trees do that were learned from one half of the pages and asked about the other, both
ways round; a half is a whole site (SHA-256 of the host's name). With --write it learns from all pages and writes the trees.

A block's truth is the share of its words that an alignment of page and true text finds. The trafilatura set knows a few
segments of each page, the htmldate set none; there the truth is what Python's trafilatura keeps, at a lower weight, but for
blocks that hold a known segment. A block weighs its words by those of its page's true text, since the score of each page
counts once; sets and kinds of pages that are few here weigh more.
"""
import bisect
import difflib
import gzip
import hashlib
import json
import logging
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlparse

import lightgbm
import numpy as np
import trafilatura

SETS = ["zh", "aeb", "wcxb", "trafilatura", "htmldate"]
WEIGHTS = {"zh": 2.0, "aeb": 1.5, "wcxb": 1.5, "wcxb article": 1.0, "trafilatura": 0.3, "htmldate": 0.3}
CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")
ROUNDS = 100
SETTINGS = dict(
    objective="cross_entropy", learning_rate=0.06, num_leaves=24, min_data_in_leaf=30, feature_fraction=0.35,
    bagging_fraction=0.7, bagging_freq=1, lambda_l2=5, min_sum_hessian_in_leaf=0.05, verbose=-1, num_threads=1, seed=1,
    deterministic=True, max_bin=63,
)


def tokens(text):
    return TOKEN.findall(unicodedata.normalize("NFKC", text or "").lower())


def squash(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "").lower())


def shingles(words):
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words)


def gram_f1(given, true):
    a, b = shingles(given), shingles(true)
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def align(page, true):
    """Marks the tokens of `page` that stand in `true` in the same order: anchors of rare runs first, gaps after."""
    hit = bytearray(len(page))

    def gaps(p0, p1, t0, t1, n):
        if p1 <= p0 or t1 <= t0:
            return
        if n < 2 or (n <= 4 and (p1 - p0) * (t1 - t0) <= 40_000):
            if (p1 - p0) * (t1 - t0) <= 4_000_000:
                for a, _, k in difflib.SequenceMatcher(None, page[p0:p1], true[t0:t1], False).get_matching_blocks():
                    hit[p0 + a : p0 + a + k] = b"\1" * k
            return
        in_page, in_true = {}, {}
        for places, words, start, end in ((in_page, page, p0, p1), (in_true, true, t0, t1)):
            for i in range(start, end - n + 1):
                run = tuple(words[i : i + n])
                places[run] = -1 if run in places else i
        points = sorted((i, in_true[r]) for r, i in in_page.items() if i >= 0 and in_true.get(r, -1) >= 0)
        less = n // 2 if n > 4 else n - 1
        if not points:
            return gaps(p0, p1, t0, t1, less)
        last, ends, before = [], [], [-1] * len(points)  # the longest rising run of anchors
        for j, (_, t) in enumerate(points):
            k = bisect.bisect_left(last, t)
            last[k : k + 1], ends[k : k + 1] = [t], [j]
            before[j] = ends[k - 1] if k else -1
        j, anchors = ends[-1], []
        while j >= 0:
            anchors.append(points[j])
            j = before[j]
        at_p, at_t = p0, t0
        for i, t in reversed(anchors):
            if i < at_p or t < at_t:
                continue
            a, b = i, t
            while a > at_p and b > at_t and page[a - 1] == true[b - 1]:
                a, b = a - 1, b - 1
            gaps(at_p, a, at_t, b, less)
            while i < p1 and t < t1 and page[i] == true[t]:
                i, t = i + 1, t + 1
            hit[a:i] = b"\1" * (i - a)
            at_p, at_t = i, t
        gaps(at_p, p1, at_t, t1, less)

    gaps(0, len(page), 0, len(true), 8)
    return hit


class Page:
    def __init__(self, which, row, blocks):
        self.set, self.row, self.blocks = which, row, blocks
        self.x = np.array([np.array(b["row"].split(" "), np.float32) for b in blocks], np.float32)
        self.letters = np.array([b["letters"] for b in blocks], float)
        self.words = np.array([b["words"] for b in blocks], float)
        self.tokens = [tokens(b["text"]) for b in blocks]
        site = urlparse(row.get("url") or "").netloc or row["page"]
        self.half = int(hashlib.sha256(site.encode()).hexdigest(), 16)

    def label(self, teacher=None):
        """Truth and weight of each block; `teacher` is another reader's text, where the set has no whole one."""
        n = len(self.blocks)
        lengths = np.array([len(t) for t in self.tokens], float)
        if teacher is None:
            self.true = tokens(self.row["text"])
            hit, at = align([t for ts in self.tokens for t in ts], self.true), 0
            self.y = np.zeros(n)
            for i, ts in enumerate(self.tokens):
                self.y[i] = sum(hit[at : at + len(ts)]) / len(ts) if ts else 0.0
                at += len(ts)
            total = len(self.true)
        else:
            self.y = shares(teacher, self.blocks)
            total = (self.y * lengths).sum()
        self.weight = lengths / (total + 30)
        kind = f"{self.set} {self.row.get('page_type')}"
        self.weight *= min(1, 3 / max(1e-9, self.weight.sum())) * WEIGHTS.get(kind, WEIGHTS[self.set])
        wanted, chrome = ([squash(s) for s in self.row.get(k) or []] for k in ("with", "without"))
        for i, block in enumerate(self.blocks if teacher is not None else []):
            text = squash(block["text"])
            a, b = sum(s in text for s in wanted), sum(s in text for s in chrome)
            if bool(a) != bool(b):
                self.y[i], self.weight[i] = float(a > 0), max(self.weight[i], (a + b) * 0.19)

    def context(self, p):
        """The numbers that `context.rs` adds for the second look."""
        n, length = len(p), self.letters
        pad = np.concatenate([np.zeros(4), p, np.zeros(4)])
        out = [p] + [pad[4 + k : 4 + k + n] for k in (-4, -3, -2, -1, 1, 2, 3, 4)]
        for reach in (100.0, 600.0, 3000.0):
            for order in (range(n), range(n - 1, -1, -1)):
                faded, total, weight = np.zeros(n), 0.0, 0.0
                for i in order:
                    faded[i] = total / (weight + 20)
                    fade = 0.5 ** (length[i] / reach)
                    total, weight = total * fade + p[i] * length[i], weight * fade + length[i]
                out.append(faded)
        ups = [b["up"] for b in self.blocks]
        holders = defaultdict(lambda: [0.0, 0.0])
        for key, i in [(("shape", b["shape"]), i) for i, b in enumerate(self.blocks)] + [
            (e, i) for i in range(n) for e in set(ups[i])
        ]:
            holders[key][0] += p[i] * length[i]
            holders[key][1] += length[i]

        def others(key, i):
            return (holders[key][0] - p[i] * length[i]) / (holders[key][1] - length[i] + 10)

        for step in (1, 2, 3, 4):
            out.append(np.array([others(ups[i][min(step, len(ups[i]) - 1)], i) for i in range(n)]))
        out.append(np.array([others(("shape", b["shape"]), i) for i, b in enumerate(self.blocks)]))
        total = float((p * length).sum())
        whole = max(1.0, float(length.sum()))
        out += [np.cumsum(p * length) / max(1.0, total), np.full(n, math.log1p(total))]
        out += [np.full(n, total / whole), np.full(n, float((p * (1 - p) * length).sum()) / whole)]
        return np.stack(out, 1).astype(np.float32)

    def pick(self, p):
        """As `whole_tables` and `pick.rs`."""
        p = p.copy()
        runs = defaultdict(list)
        for i, b in enumerate(self.blocks):
            if b["table"] is not None:
                runs[b["table"]].append(i)
        for rows in runs.values():
            if len(rows) > 1:
                p[rows] = (p[rows] * self.words[rows]).sum() / max(1.0, self.words[rows].sum())
        order = np.argsort(-p, kind="stable")
        taken = np.cumsum(self.words[order])
        cases = [self.words[p >= (n + 0.5) / 20].sum() for n in range(20)]
        f1 = sum(np.minimum(taken, c) / (taken + c + 1e-9) for c in cases)
        chosen = np.zeros(len(p), bool)
        chosen[order[: int(np.argmax(f1)) + 1]] = True
        return chosen


def shares(text, blocks):
    """How much of each block a reader kept, as `voices.rs` asks."""
    text, lines = plain(text), {plain(line) for line in text.split("\n")}
    kept = {text[i : i + 8] for i in range(len(text) - 7)}
    out = []
    for block in (plain(b["text"]) for b in blocks):
        runs = [block[i : i + 8] for i in range(len(block) - 7)]
        out.append(sum(r in kept for r in runs) / len(runs) if runs else float(block in lines))
    return np.array(out)


def plain(text):
    return "".join(c for c in text.lower() if c.isalnum())


def load(lessons, data):
    logging.disable(logging.CRITICAL)
    blocks = {}
    for line in open(lessons, encoding="utf-8"):
        page = json.loads(line)
        blocks[page["id"]] = page["blocks"]
    pages, taken = [], set()
    for which in SETS:
        for line in gzip.open(Path(data) / which / "truth.jsonl.gz", "rt", encoding="utf-8"):
            row = json.loads(line)
            found = blocks.get(row["page"].rsplit("/", 1)[-1].split(".", 1)[0])
            taught = which in ("trafilatura", "htmldate")
            if found is None or not (row.get("text") or taught) or (which == "htmldate" and row["page"] in taken):
                continue
            taken.add(row["page"])
            page = Page(which, row, found)
            teacher = None
            if taught:
                raw = gzip.decompress((Path(data) / row["page"]).read_bytes())
                teacher = trafilatura.extract(raw, include_comments=False, fast=True)
                if not teacher or not found:
                    continue
            page.label(teacher)
            pages.append(page)
    return pages


def fit(pages, rows):
    x = np.concatenate([rows(p) for p in pages])
    y, w = (np.concatenate([getattr(p, name) for p in pages]) for name in ("y", "weight"))
    used = w > 0
    data = lightgbm.Dataset(x[used], y[used], weight=w[used] / w[used].mean())
    return lightgbm.train(SETTINGS, data, ROUNDS)


def learn(pages):
    """Both looks. The second learns from first looks by trees that had not seen the page."""
    pages = [p for p in pages if p.blocks]
    for part in range(3):
        trees = fit([p for p in pages if p.half // 7 % 3 != part], lambda p: p.x)
        for page in pages:
            if page.half // 7 % 3 == part:
                page.more = np.concatenate([page.x, page.context(trees.predict(page.x))], 1)
    return fit(pages, lambda p: p.x), fit(pages, lambda p: p.more)


def ask(page, trees):
    if not page.blocks:
        return []
    first = trees[0].predict(page.x)
    return page.pick(trees[1].predict(np.concatenate([page.x, page.context(first)], 1)))


def report(pages, halves):
    """Scores of pages by trees learned from the other half."""
    scores, segments = defaultdict(list), Counter()
    for page in (p for p in pages if p.set != "htmldate"):
        chosen = ask(page, halves[1 - page.half % 2])
        half = "second" if page.half % 2 else "first"
        if page.set == "trafilatura":
            text = squash("\n".join(b["text"] for b, c in zip(page.blocks, chosen) if c))
            for kind in ("with", "without"):
                for segment in page.row.get(kind) or []:
                    for group in (half, "all"):
                        segments[group, kind, squash(segment) in text] += 1
            continue
        given = [t for ts, c in zip(page.tokens, chosen) if c for t in ts]
        page.f1 = gram_f1(given, page.true)
        kinds = [page.set] + ([f"wcxb {page.row['page_type']}"] if page.row.get("page_type") else [])
        for kind in kinds:
            for group in (half, "all"):
                scores[kind, group].append(page.f1)
    for kind, group in sorted(scores):
        values = scores[kind, group]
        print(f"{kind}\t{group}\tpages={len(values)}\tgramF1={sum(values) / len(values):.4f}")
    for group in ("all", "first", "second"):
        right, missed = segments[group, "with", True], segments[group, "with", False]
        print(f"trafilatura\t{group}\tsegF1={2 * right / (2 * right + missed + segments[group, 'without', True]):.4f}")


def write(trees, path):
    def line(node):
        if "leaf_value" in node:
            return [f"={node['leaf_value']:.5g}"]
        question = f"{node['split_feature']}:{float(np.float32(node['threshold'])):.7g}"
        return [question] + line(node["left_child"]) + line(node["right_child"])

    with open(path, "w", encoding="ascii") as out:
        out.write("# Learned by bench/reading/learn.py; one tree a line, see crates/read/src/page/main_text/forest.rs\n")
        for number, forest in enumerate(trees):
            out.write("second\n" if number else "")
            for tree in forest.dump_model()["tree_info"]:
                out.write(" ".join(line(tree["tree_structure"])) + "\n")


def main():
    args = sys.argv[1:]
    pages = load(args[0], args[1])
    if "--write" in args:
        write(learn(pages), args[args.index("--write") + 1])
    else:
        report(pages, [learn([p for p in pages if p.half % 2 == half]) for half in (0, 1)])


if __name__ == "__main__":
    main()
