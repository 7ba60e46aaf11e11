#!/usr/bin/env python3
"""Checks this folder: encodings, WARC, quotes, tables, and the swap. Exit 1 with a list if something is wrong.

    python3 check.py               everything below
    python3 check.py --swap DIR    writes the swapped twin of the whole example to DIR (needs warcio)

Standard library and warcio; pdftotext and tesseract are used where they are installed.
"""
import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent

# file -> (encoding of the bytes, label that the page or the server gives, None for none)
ENCODINGS = {"warc-src/psb-list.html": ("gb18030", "gb2312"), "inbox/assistance-centre.html": ("gb18030", "gb2312"),
             "warc-src/hant-notice.html": ("big5", "big5"), "inbox/copy-hant.html": ("big5", None)}
TABLES = ["gazetteer.csv", "registers.csv", "decisions.jsonl", "EXPECTED.json", "delete.json", "warc-src/manifest.json",
          "media-src/letter.txt", "media-src/poster.txt"]
POSTER = ["桐澜市公安局", "蒙特塞海外警务联络点", "2022年9月3日", "00999-6-5550484"]


def load_swap(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return [(row["from"], row["to"]) for row in csv.DictReader(handle)]


def swap(text, pairs):
    """One pass from left to right; where several `from` fit at a place, the longest is taken."""
    table = dict(pairs)
    rule = re.compile("|".join(re.escape(f) for f in sorted(table, key=len, reverse=True)))
    return rule.sub(lambda hit: table[hit.group()], text)


def documents():
    for folder in ("warc-src", "inbox"):
        for path in sorted((HERE / folder).iterdir()):
            if path.suffix in (".html", ".txt"):
                name = f"{folder}/{path.name}"
                yield name, ENCODINGS.get(name, ("utf-8", None))[0]


def swapped_tree(out):
    pairs = load_swap(HERE / "swap.csv")
    for name, encoding in list(documents()) + [(n, "utf-8") for n in TABLES]:
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(swap((HERE / name).read_bytes().decode(encoding), pairs).encode(encoding))
    for name in ("poster.png", "ministry-letter.pdf"):
        shutil.copy(HERE / "twins" / name, out / "inbox" / name)
    import make_warc
    make_warc.build(out / "warc-src", out / "warc-src/manifest.json", out / "crawl.warc.gz")


def plain(html):
    """The text of a page, roughly: tags out, entities back, white space joined."""
    import html as entities
    return re.sub(r"\s+", " ", entities.unescape(re.sub(r"<[^>]+>", " ", html)))


def main():
    wrong = []

    def need(ok, what):
        if not ok:
            wrong.append(what)

    pairs = load_swap(HERE / "swap.csv")
    froms, tos = [f for f, _ in pairs], [t for _, t in pairs]
    need(len(set(froms)) == len(froms) and len(set(tos)) == len(tos), "swap.csv is not one to one")
    texts = {}
    for name, encoding in documents():
        data = (HERE / name).read_bytes()
        texts[name] = data.decode(encoding)
        need("plainsight" in texts[name].lower(), f"{name}: does not say that it is invented")
        if encoding == "utf-8":
            continue
        label = ENCODINGS[name][1]
        found = re.search(r'charset="?([\w-]+)', texts[name])
        need((found.group(1) if found else None) == label, f"{name}: label")
        if label == "gb2312":
            try:
                data.decode("gb2312")
                need(False, f"{name}: no character outside GB2312")
            except UnicodeDecodeError:
                pass

    # tables
    json.loads((HERE / "EXPECTED.json").read_text("utf-8"))
    json.loads((HERE / "delete.json").read_text("utf-8"))
    for name in ("gazetteer.csv", "registers.csv", "swap.csv"):
        with open(HERE / name, encoding="utf-8", newline="") as handle:
            need(all(None not in r and None not in r.values() for r in csv.DictReader(handle)), f"{name}: ragged")
    manifest = json.loads((HERE / "warc-src/manifest.json").read_text("utf-8"))
    uris = {r["uri"]: "warc-src/" + r["file"] for r in manifest["records"]}

    # quotes of the decisions, and every file that is named
    pdf = ""
    if shutil.which("pdftotext"):
        pdf = subprocess.run(["pdftotext", str(HERE / "inbox/ministry-letter.pdf"), "-"], capture_output=True).stdout.decode()
        pdf = re.sub(r"\s+", " ", pdf)
        need(re.sub(r"\s+", " ", (HERE / "media-src/letter.txt").read_text("utf-8")).strip() in pdf, "pdftotext does not give the letter")
    for number, line in enumerate((HERE / "decisions.jsonl").read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        name = uris.get(row["file"], row["file"])
        if name.endswith(".pdf"):
            need(not pdf or row["quote"] in pdf, f"decisions.jsonl:{number}: quote not in the letter")
        else:
            need(row["quote"] in plain(texts[name]), f"decisions.jsonl:{number}: quote not in {name}")
    known = set(uris) | {n for n in texts if n.startswith("inbox/")} | {"inbox/poster.png", "inbox/ministry-letter.pdf"}

    def files(node, where):
        if isinstance(node, dict):
            for key, value in node.items():
                if key in ("documents", "file") or where == "copies":
                    for one in value if isinstance(value, list) else [value]:
                        need(one in known, f"{where}: unknown file {one}")
                files(value, where)
        elif isinstance(node, list):
            for one in node:
                files(one, where)
    expected = json.loads((HERE / "EXPECTED.json").read_text("utf-8"))
    files(expected, "EXPECTED.json")
    keys = {p["key"] for p in expected["posts"]}
    for claim in expected["claims"]:
        need(claim["post"] in keys, f"EXPECTED.json: claim about unknown post {claim['post']}")
    need(set(json.loads((HERE / "delete.json").read_text("utf-8"))) == known, "delete.json does not name every document once")

    # the WARC: same bytes again, digests
    try:
        import make_warc
        with tempfile.TemporaryDirectory() as folder:
            again = pathlib.Path(folder) / "crawl.warc.gz"
            make_warc.build(HERE / "warc-src", HERE / "warc-src/manifest.json", again)
            need(again.read_bytes() == (HERE / "crawl.warc.gz").read_bytes(), "crawl.warc.gz is not what make_warc.py writes")
        from warcio.checker import Checker

        class Ask:
            inputs, verbose = [str(HERE / "crawl.warc.gz")], False
        checker = Checker(Ask)
        checker.process_all()
        need(checker.exit_value == 0, "warcio check fails")
    except ImportError:
        print("warcio is not installed: the WARC was not checked", file=sys.stderr)

    # the pictures
    if shutil.which("tesseract"):
        for name, turn in (("inbox/poster.png", lambda t: t), ("twins/poster.png", lambda t: swap(t, pairs))):
            seen = subprocess.run(["tesseract", str(HERE / name), "-", "-l", "chi_sim"], capture_output=True).stdout.decode()
            seen = re.sub(r"\s+", "", seen)
            for want in POSTER:
                need(turn(want) in seen, f"{name}: tesseract does not read {turn(want)}")

    # the swap: nothing left, still encodable, nothing merged
    for name, encoding in list(documents()) + [(n, "utf-8") for n in TABLES]:
        before = (HERE / name).read_bytes().decode(encoding)
        after = swap(before, pairs)
        try:
            after.encode(encoding)
        except UnicodeEncodeError as error:
            need(False, f"{name}: swapped text leaves {encoding}: {error}")
        rest = after
        for to in sorted(tos, key=len, reverse=True):
            rest = rest.replace(to, "\0")
        for word in froms:
            need(word not in rest, f"{name}: {word} is left after the swap")
        need(swap(after, [(t, f) for f, t in pairs]) == before, f"{name}: the swap cannot be undone")

    for line in wrong:
        print(line)
    print(f"{len(texts) + 2} documents, {len(uris)} of them in the WARC; {len(pairs)} swaps; {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--swap"]:
        swapped_tree(pathlib.Path(sys.argv[2]))
    else:
        sys.exit(main())
