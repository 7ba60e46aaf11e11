"""The table "Copies and claims" of the bars, line by line: Plainsight, and what datasketch, rensa and gaoya make of the same texts.

python3 bench/copies/measure.py PROGRAM SHARED WORK [GAOYA]
PROGRAM is plainsight; GAOYA the program of bench/peers/gaoya, if it is built. bench/copies/copies.sh calls it.
"""
import importlib.util, json, os, subprocess, sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
import copies as peers

program, shared, work = sys.argv[1:4]
gaoya = sys.argv[4] if len(sys.argv) > 4 else None
sets = f"{shared}/data/copies"
there = lambda name: importlib.util.find_spec(name) is not None
loaded = importlib.util.spec_from_file_location("score", f"{sets}/score.py")
score = importlib.util.module_from_spec(loaded)
loaded.loader.exec_module(score)


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]


def write(path, lines):
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return path


def ours(docs, *words):
    given = write(f"{work}/in.jsonl", docs)
    out = subprocess.run([program, "copies", *words, given], stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def tell(name, method, result):
    kinds = "".join(f"\n      {kind}: {part:.4f}" for kind, part in result.get("linked_by_edit", {}).items())
    print(
        f"{name} | {method} | ARI {result['ari']:.4f} | origins {result['predicted_origins']} of {result['gold_origins']}, "
        f"ratio {result['origins_ratio']:.3f} | largest mix {result['largest_mix']} | pairs P {result['pairs_precision']:.4f} "
        f"R {result['pairs_recall']:.4f}{kinds}"
    )


def folded(docs):
    return [(doc["id"], peers.letters(doc["text"])) for doc in docs]


def of_peers(docs):
    """(method, pairs): each library's pairs as they come, and those whose Jaccard index is 0.5 in truth."""
    texts = folded(docs)
    found = []
    if there("datasketch"):
        found.append(("datasketch 0.5", peers.datasketch(texts, 0.5)))
    if there("rensa"):
        found.append(("rensa, 32 bands", peers.rensa(texts, 32)))
    if gaoya:
        file = write(f"{work}/folded.jsonl", [{"id": name, "text": text} for name, text in texts])
        found.append(("gaoya, 25 x 5", peers.gaoya(file, gaoya)))
    for method, pairs in found:
        yield method, pairs
        yield f"{method}, verified", peers.verified(texts, pairs, 0.5)


def clusters(name, docs, gold, extra):
    tell(name, "Plainsight", score.clusters(gold, ours([{**doc, **extra} for doc in docs])))
    if any(doc.get("site") for doc in docs):
        bare = [{key: value for key, value in doc.items() if key != "site"} | extra for doc in docs]
        tell(name, "Plainsight, without site", score.clusters(gold, ours(bare)))
    for method, pairs in of_peers(docs):
        tell(name, method, score.clusters(gold, [{"a": a, "b": b} for a, b in pairs]))


for name, extra in (("edits-built", {}), ("ocr-newspapers", {"ocr": True}), ("revisions-zh-law", {})):
    clusters(name, rows(f"{sets}/{name}/docs.jsonl"), rows(f"{sets}/{name}/gold.jsonl"), extra)

docs = rows(f"{sets}/edits-built/docs.jsonl")
for how, given in (("", docs), (", without site", [{k: v for k, v in d.items() if k != "site"} for d in docs])):
    quoted = score.partial(rows(f"{sets}/edits-built/partial.jsonl"), ours(given, "--pairs"))
    print(
        f"quoted paragraphs | Plainsight{how} | {quoted['found']} of {quoted['gold_pairs']} found, "
        f"{quoted['pair_recall']:.4f} | span F1 {quoted['span_f1']:.4f}"
    )
print("quoted paragraphs | datasketch, rensa, gaoya | give no spans")

docs = rows(f"{sets}/translations-news/docs.jsonl")
language = {doc["id"]: doc["lang"].split("-")[0] for doc in docs}
story = {doc["id"]: doc["origin"] for doc in docs}
links = [link for link in ours(docs, "--pairs") if link["how"] != "partial"]
across = sum(language[link["a"]] != language[link["b"]] for link in links)
right = {s["a"] for s in ours(docs, "--suggest") if s["rank"] <= 3 and story[s["a"]] == story[s["b"]]}
print(
    f"translations-news | Plainsight | copy links between languages {across} | right story among the first three "
    f"{len(right) / len(docs):.4f} ({len(right)} of {len(docs)})"
)
for method, pairs in of_peers(docs):
    across = sum(language[a] != language[b] for a, b in pairs)
    print(f"translations-news | {method} | links between languages {across}, of one language {len(pairs) - across} | no suggestions")

# Invented text: one story as forty-one papers print it, each with a line of its own.
STORY = (
    "The ferry to the islands was late again on Monday morning, and the harbour master blamed a rope that had been left in the water "
    "by a careless crew; passengers were given tea and a form to fill in, which most of them used to complain about the tea. "
)
wire = [
    {"id": f"paper-{n:02}", "site": f"paper {n}", "text": f"{STORY}\nPrinted by paper number {n} of the coast."}
    for n in range(41)
]
print(f"41 sites, one wire story | Plainsight | clusters {len({c['cluster'] for c in ours(wire)})}")
for method, pairs in of_peers(wire):
    union = score.UF()
    for a, b in pairs:
        union.join(a, b)
    print(f"41 sites, one wire story | {method} | clusters {len({union.find(doc['id']) for doc in wire})}")

pairs = [pair for pair in rows(f"{sets}/paraphrase-human/pairs.jsonl") if pair["label"] == "paraphrase"]
docs = [{"id": f"{pair['id']}-{side}", "text": pair[f"text_{side}"]} for pair in pairs for side in "ab"]
cluster = {row["id"]: row["cluster"] for row in ours(docs)}
seen = sum(cluster[f"{pair['id']}-a"] == cluster[f"{pair['id']}-b"] for pair in pairs)
print(f"paraphrase-human | Plainsight | {seen} of {len(pairs)} accepted paraphrases are seen as copies")
for method, found in of_peers(docs):
    pairs_found = {frozenset(pair) for pair in found}
    seen = sum(frozenset((f"{pair['id']}-a", f"{pair['id']}-b")) in pairs_found for pair in pairs)
    print(f"paraphrase-human | {method} | {seen} of {len(pairs)}")

docs = rows(f"{sets}/reuse-human/docs.jsonl")
gold = rows(f"{sets}/reuse-human/pairs.jsonl")
links = [(link["a"], link["b"], link["score"]) for link in ours(docs, "--pairs")]
scored = [{"a": a, "b": b, "score": part} for one, other, part in links for a, b in ((one, other), (other, one))]
print(f"reuse-human | Plainsight, score of a link | {json.dumps(score.reuse(gold, scored))}")

# 1,000 quotes, and the same with one changed character.
texts = [doc["text"] for doc in rows(f"{sets}/edits-built/docs.jsonl") if doc["lang"].startswith("zh")]
asked = []
for number, text in enumerate(texts * 2):
    start, length = number * 7 % 90, 12 + number % 20
    quote = text[start : start + length]
    if len(quote) == length and "\n" not in quote and len(asked) < 2000:
        changed = list(quote)
        changed[number % length] = "㐁" if changed[number % length] == "㐀" else "㐀"
        asked += [{"id": f"true-{number}", "text": text, "quote": quote}, {"id": f"changed-{number}", "text": text, "quote": "".join(changed)}]
given = write(f"{work}/quotes.jsonl", asked)
said = [json.loads(line) for line in subprocess.run([program, "quote", given], stdout=subprocess.PIPE, text=True).stdout.splitlines()]
count = lambda kind, verdict: sum(row["id"].startswith(kind) and row["verdict"] == verdict for row in said)
print(f"quote gate | Plainsight | of {len(asked) // 2} true quotes {count('true', 'exact')} found, of as many changed ones {count('changed', 'missing')} refused")
