"""Near copies as libraries find them: datasketch and rensa here, gaoya through its own program.

python3 bench/peers/copies.py speed FILE PEER   one peer over many texts: time and peak memory
Imported by bench/copies/measure.py for the sets. All get the same folded letters and the same shingles (5 Han or 9 other
characters, which the notes found best for them), since a library as it comes cuts words at spaces, and Chinese has none.
"""
import json, os, resource, subprocess, sys, time, unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def table():
    simple = {}
    for line in open(f"{ROOT}/crates/text/data/TSCharacters.txt", encoding="utf-8"):
        if "\t" in line and not line.startswith("#"):
            traditional, values = line.rstrip("\n").split("\t")
            simple[traditional] = values.split()[0]
    return simple


SIMPLE = table()
FOLDED = {}


def fold(character):
    if character not in FOLDED:
        plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", character).lower())
        kept = (c for c in plain if not unicodedata.combining(c) and c.isalnum())
        FOLDED[character] = "".join(SIMPLE.get(c, c) for c in kept)
    return FOLDED[character]


def letters(text):
    return "".join(map(fold, text))


def shingles(folded):
    han = sum("\u3400" <= c <= "\u9fff" or c >= "\U00020000" for c in folded)
    size = min(5 if han * 2 > len(folded) else 9, len(folded))
    return {folded[at : at + size] for at in range(len(folded) - size + 1)} if folded else set()


def datasketch(texts, threshold):
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=threshold, num_perm=128), []
    for name, folded in texts:
        if not folded:
            continue
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles(folded)])
        pairs += [(other, name) for other in index.query(sketch)]
        index.insert(name, sketch)
    return pairs


def rensa(texts, bands):
    from rensa import RMinHash, RMinHashLSH

    index, pairs, names = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=bands), [], []
    for name, folded in texts:
        if not folded:
            continue
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(list(shingles(folded)))
        pairs += [(names[other], name) for other in index.query(sketch)]
        index.insert(len(names), sketch)
        names.append(name)
    return pairs


def gaoya(folded_file, program):
    out = subprocess.run([program, folded_file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=True)
    print(out.stderr.strip())
    return [(row["a"], row["b"]) for row in map(json.loads, out.stdout.splitlines())]


def verified(texts, pairs, least):
    folded = dict(texts)
    known = {}
    of = lambda name: known.setdefault(name, shingles(folded[name]))
    alike = lambda a, b: len(of(a) & of(b)) >= least * len(of(a) | of(b))
    return [(a, b) for a, b in pairs if alike(a, b)]


if __name__ == "__main__":
    _, _, file, peer = sys.argv
    texts = []
    for line in open(file, encoding="utf-8"):
        row = json.loads(line)
        texts.append((row["id"], row["text"]))
    start = time.time()
    pairs = datasketch(texts, 0.5) if peer == "datasketch" else rensa(texts, 16)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{peer}: {len(texts)} texts, {len(pairs)} pairs, {time.time() - start:.1f} s, peak {peak:.0f} MiB, candidates only")
