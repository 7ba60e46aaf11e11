#!/usr/bin/env python3
"""Reads pages with a Python reader and prints a JSON line for each, for the scorer of the reading set.

usage: reading.py trafilatura|resiliparse|htmldate FILE…
       reading.py resiliparse-encoding FILE…

Each gets the raw bytes where it takes bytes. A page on which a reader stops counts as empty.
"""
import gzip
import json
import logging
import sys
from pathlib import Path

logging.disable(logging.CRITICAL)


def decoded(raw):
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return bytes_to_str(raw, detect_encoding(raw) or "utf-8")


def trafilatura(raw):
    from trafilatura import bare_extraction

    document = bare_extraction(raw, include_comments=False, with_metadata=True)
    return {"text": document.text, "date": document.date} if document else {}


def resiliparse(raw):
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(decoded(raw), main_content=True, alt_texts=False)}


def htmldate(raw):
    from htmldate import find_date

    return {"date": find_date(raw, original_date=True)}


def resiliparse_encoding(raw):
    from resiliparse.parse.encoding import detect_encoding

    return {"encoding": detect_encoding(raw)}


reader = globals()[sys.argv[1].replace("-", "_")]
for path in map(Path, sys.argv[2:]):
    raw = path.read_bytes()
    raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
    try:
        found = reader(raw)
    except Exception as why:
        print(f"{path.name}: {why}", file=sys.stderr)
        found = {}
    print(json.dumps({"id": path.name.split(".")[0], **found}, ensure_ascii=False))
