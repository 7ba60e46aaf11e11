"""The way that a newsroom would script in Python today: FastWARC, trafilatura, py3langid, jieba, datasketch, SQLite FTS5.

python3 bench/peers/pipeline.py SHARED OUT.sqlite
prints what it did, with CPU seconds a step. The same input as bench/whole-way.sh: every WARC of data/warc (ARC, WACZ and
zstd with a dictionary are not read by FastWARC) and every page of data/reading/pages. One process; no OCR, no PDF.
"""
import gzip, json, os, re, sqlite3, sys, time
import jieba, py3langid
from datasketch import MinHash, MinHashLSH
from fastwarc.warc import ArchiveIterator, WarcRecordType
from trafilatura import bare_extraction

shared, out = sys.argv[1:]
spent, lost = {}, []


def timed(step, work, *arguments, **named):
    start = time.process_time()
    try:
        return work(*arguments, **named)
    finally:
        spent[step] = spent.get(step, 0) + time.process_time() - start


def bodies():
    """(address, bytes of a page) of every HTML response or resource, and of every single page."""
    for folder, _, names in sorted(os.walk(f"{shared}/warc")):
        for name in sorted(names):
            if not re.search(r"\.warc(\.gz|\.lz4|\.zst)?$", name):
                continue
            try:
                stream = ArchiveIterator(f"{folder}/{name}", parse_http=True,
                                         record_types=WarcRecordType.response | WarcRecordType.resource)
                while (record := timed("read records", next, stream, None)) is not None:
                    kind = (record.http_content_type or record.headers.get("Content-Type") or "").lower()
                    if "html" in kind:
                        yield record.headers.get("WARC-Target-URI"), timed("read records", record.reader.read)
            except Exception as fault:
                lost.append((name, f"{type(fault).__name__}: {fault}"))
    for folder, _, names in sorted(os.walk(f"{shared}/reading/pages")):
        for name in sorted(names):
            if name.endswith(".gz"):
                with gzip.open(f"{folder}/{name}") as page:
                    yield name, timed("read records", page.read)


terms = {line.split(",")[0] for line in open(f"{os.path.dirname(os.path.abspath(__file__))}/../../lenses/overseas-posts/terms.csv", encoding="utf-8")}
for term in terms:
    jieba.add_word(term)
timed("start", jieba.initialize)
db = sqlite3.connect(out)
db.execute("create virtual table pages using fts5(address, title, day, language, words, mentions)")
hashes = MinHashLSH(threshold=0.55, num_perm=128)
documents = empty = copies = mentions = 0
for address, body in bodies():
    documents += 1
    try:
        page = timed("text and date", bare_extraction, body, url=address, with_metadata=True)
    except Exception as fault:
        lost.append((address, f"{type(fault).__name__}: {fault}"))
        page = None
    if page is None or not page.text:
        empty += 1
        continue
    language = timed("language", py3langid.classify, page.text)[0]
    words = timed("words", jieba.lcut, page.text) if language == "zh" else timed("words", re.findall, r"\w+", page.text)
    found = [word for word in words if word in terms]
    mentions += len(found)
    grams = {page.text[at:at + 5] for at in range(max(1, len(page.text) - 4))}
    sketch = MinHash(num_perm=128)
    timed("copies", sketch.update_batch, [gram.encode() for gram in grams])
    copies += bool(timed("copies", hashes.query, sketch))
    timed("copies", hashes.insert, documents, sketch)
    timed("index", db.execute, "insert into pages values (?,?,?,?,?,?)",
          (address, page.title, page.date, language, " ".join(words), " ".join(found)))
timed("index", db.commit)
total = time.process_time()
print(json.dumps({"documents": documents, "without text": empty, "stopped": len(lost), "mentions": mentions, "with a copy before": copies,
                  "CPU seconds": round(total, 2), "documents per CPU-second": round(documents / total, 1),
                  "steps": {step: round(seconds, 2) for step, seconds in spent.items()}}, indent=1))
for name, fault in lost:
    print("stopped:", name, fault, file=sys.stderr)
