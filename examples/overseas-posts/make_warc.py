#!/usr/bin/env python3
"""Writes crawl.warc.gz from the files in warc-src/, always to the same bytes.

    python3 make_warc.py [--src warc-src] [--manifest warc-src/manifest.json] [--out crawl.warc.gz]

Needs warcio (pip install warcio). Dates stand in the manifest; record ids are UUIDs of version 5
made from the date and address, so that nothing depends on the clock or on chance.
"""
import argparse
import io
import json
import pathlib
import uuid

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = pathlib.Path(__file__).resolve().parent


def record_id(kind, uri, date):
    return "<urn:uuid:%s>" % uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {date} {uri}")


def build(src, manifest, out):
    plan = json.loads(pathlib.Path(manifest).read_text("utf-8"))
    with open(out, "wb") as handle:
        writer = WARCWriter(handle, gzip=True, warc_version="WARC/1.1")
        info = "software: warcio\r\nformat: WARC File Format 1.1\r\ndescription: invented pages for the Plainsight example\r\n"
        writer.write_record(writer.create_warc_record(
            "crawl.warc.gz", "warcinfo", payload=io.BytesIO(info.encode()), length=len(info),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": plan["date"], "WARC-Filename": "crawl.warc.gz",
                               "WARC-Record-ID": record_id("warcinfo", "crawl.warc.gz", plan["date"])}))
        for page in plan["records"]:
            uri, date = page["uri"], page["date"]
            host, path = uri.split("://", 1)[1].split("/", 1)
            body = (pathlib.Path(src) / page["file"]).read_bytes()
            response_id = record_id("response", uri, date)
            http = StatusAndHeaders("200 OK", [("Server", "example"), ("Content-Type", page["content_type"]),
                                               ("Content-Length", str(len(body)))], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(
                uri, "response", payload=io.BytesIO(body), length=len(body), http_headers=http,
                warc_headers_dict={"WARC-Date": date, "WARC-Record-ID": response_id}))
            ask = StatusAndHeaders(f"GET /{path} HTTP/1.1", [("Host", host), ("User-Agent", "example-crawler/1.0")],
                                   is_http_request=True)
            writer.write_record(writer.create_warc_record(
                uri, "request", http_headers=ask,
                warc_headers_dict={"WARC-Date": date, "WARC-Record-ID": record_id("request", uri, date),
                                   "WARC-Concurrent-To": response_id}))


if __name__ == "__main__":
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--src", default=HERE / "warc-src")
    args.add_argument("--manifest", default=HERE / "warc-src" / "manifest.json")
    args.add_argument("--out", default=HERE / "crawl.warc.gz")
    a = args.parse_args()
    build(a.src, a.manifest, a.out)
