#!/usr/bin/env python3
"""Checks the ledger of a Plainsight case with nothing but Python's own library.

    python3 verify_ledger.py CASE/ledger [KEPT_HEAD]

KEPT_HEAD is a copy of ledger/head.txt that you kept; the ledger has to extend
it. Prints a line for each fault and ends with 1 if there is one. It follows
docs/evidence.md and shares no code with Plainsight. Signatures are named, not
checked: Python's library has no Ed25519; evidence.md shows how openssl does it.
"""
import base64
import hashlib
import hmac
import json
import os
import re
import sys

KEYS = ["number", "time", "author", "kind", "previous", "commitment"]
BODY = re.compile(rb'\{"salt":"([0-9a-f]{64})","body":(.*)\}\n', re.DOTALL)
faults = []


def fault(place, what):
    faults.append(place)
    print(f"{place}: {what}")


def leaf(line):
    return hashlib.sha256(b"\x00" + line).digest()


def root(leaves):
    """The Merkle tree hash of RFC 9162, 2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def head(path):
    """Origin, size and root of a checkpoint; lines of signatures are named."""
    with open(path, encoding="utf-8", newline="\n") as file:
        text, empty, signatures = file.read().partition("\n\n")
    for line in signatures.splitlines():
        print(f"{path}: NOT CHECKED here: the signature by {line.split(' ')[1]}")
    origin, size, hash_ = (text if empty else text.removesuffix("\n")).split("\n")
    if not origin.startswith("plainsight/") or not re.fullmatch("0|[1-9][0-9]*", size):
        raise ValueError("not origin, size and root")
    return origin, int(size), base64.b64decode(hash_, validate=True)


def check_head(path, leaves):
    """The head's root is that of the first `size` lines; gives its origin."""
    try:
        origin, size, hash_ = head(path)
    except (OSError, ValueError, IndexError) as error:
        return fault(path, f"no checkpoint: {error}")
    if size > len(leaves):
        fault(path, f"over {size} entries, the chain has {len(leaves)}: its end is lost")
    elif root(leaves[:size]) != hash_:
        fault(path, f"its root is not that of the first {size} entries")
    return origin


def check_line(number, line, before):
    """The line says its number, names the hash before, and has one spelling."""
    place = f"chain.jsonl, line {number}"
    try:
        entry = json.loads(line)
        spelt = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    except ValueError as error:
        return fault(place, f"no JSON: {error}")
    if not isinstance(entry, dict) or list(entry) != KEYS or spelt != line:
        return fault(place, "not the six keys in their order, without spaces")
    if entry["number"] != number:
        return fault(place, f"says number {entry['number']}")
    if entry["previous"] != (before.hex() if before else None):
        fault(place, "does not name the hash of the line before")
    return entry


def check_bodies(folder, entries):
    """Each body agrees with its commitment, or a later `forget` names its entry."""
    missing, forgotten = [], set()
    for entry in entries:
        place = f"bodies/{entry['number']:06}.json"
        try:
            with open(os.path.join(folder, place), "rb") as file:
                found = BODY.fullmatch(file.read())
        except OSError:
            missing.append((entry["number"], place))
            continue
        mac = found and hmac.new(bytes.fromhex(found[1].decode()), found[2], hashlib.sha256)
        if not found or mac.hexdigest() != entry["commitment"]:
            fault(place, "does not agree with the commitment in the chain")
        elif entry["kind"] == "forget":
            numbers = json.loads(found[2]).get("entries", [])
            forgotten.update(number for number in numbers if number < entry["number"])
    for number, place in missing:
        if number not in forgotten:
            fault(place, "missing, and no forget entry names it")


def main(folder, *kept):
    with open(os.path.join(folder, "chain.jsonl"), "rb") as file:
        *lines, torn = file.read().split(b"\n")
    if torn:
        fault("chain.jsonl", "the last line is torn: it was never acknowledged")
    leaves = [leaf(line) for line in lines]
    entries = [check_line(n + 1, line, leaves[n - 1] if n else None) for n, line in enumerate(lines)]
    check_bodies(folder, [entry for entry in entries if entry])
    origins = {check_head(path, leaves) for path in [os.path.join(folder, "head.txt"), *kept]}
    if len(origins) > 1:
        fault("the kept head", "not a head of this case")
    print(f"{len(lines)} entries, head {root(leaves).hex()}, {len(faults)} faults")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
    sys.exit(1 if faults else 0)
