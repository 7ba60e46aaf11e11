"""A small OpenTimestamps calendar for tests: not the reference server.

It speaks the reference server's two addresses over the reference library,
keeps everything in memory, and "mines" a block of its own on request, with a
target that costs nothing. It prints its address and then serves.

POST /digest            the digest of a file; answers a pending proof
GET  /timestamp/HEX     the proof of a commitment, once there is a block; else 404
POST /mine              makes a block of all commitments; answers "HEIGHT HEADER"
"""

import hashlib
import os
import struct
from http.server import BaseHTTPRequestHandler, HTTPServer

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

HEIGHT = 4242
TIME = 1651820889  # 2022-05-06T07:08:09Z
EASY = 0x207FFFFF  # as test networks have it

waiting = {}
proved = {}


def serialized(stamp):
    out = BytesSerializationContext()
    stamp.serialize(out)
    return out.getbytes()


def twice(data):
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


def mine():
    """A block whose one transaction holds the first commitment that waits."""
    commitment, stamp = next(iter(waiting.items()))
    upgraded = Timestamp(commitment)
    block = upgraded.ops.add(OpPrepend(b"before")).ops.add(OpAppend(b"behind")).ops.add(OpSHA256()).ops.add(OpSHA256())
    block.attestations.add(BitcoinBlockHeaderAttestation(HEIGHT))
    proved[commitment] = serialized(upgraded)
    for number in range(1 << 20):
        header = struct.pack("<i32s32sIII", 4, bytes(32), block.msg, TIME, EASY, number)
        if twice(header)[::-1] <= bytes.fromhex("7fffff").ljust(32, b"\0"):
            return f"{HEIGHT} {header.hex()}\n".encode()
    raise SystemExit("no block")


class Calendar(BaseHTTPRequestHandler):
    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/mine":
            return self.answer(200, mine())
        stamp = Timestamp(body)
        pending = stamp.ops.add(OpAppend(os.urandom(8))).ops.add(OpSHA256())
        pending.attestations.add(PendingAttestation(address))
        waiting[pending.msg] = pending
        self.answer(200, serialized(stamp))

    def do_GET(self):
        commitment = bytes.fromhex(self.path.removeprefix("/timestamp/"))
        if commitment in proved:
            self.answer(200, proved[commitment])
        else:
            self.answer(404, b"not yet")

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Calendar)
address = f"http://127.0.0.1:{server.server_port}"
print(address, flush=True)
server.serve_forever()
