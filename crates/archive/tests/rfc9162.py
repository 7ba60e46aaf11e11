"""Checks proofs of RFC 9162 by walking down the tree, as its definitions do.

usage: rfc9162.py CHAIN < PROOFS; a proof a line:
    {"kind": "inclusion", "index": 0, "path": [hex, ...]}
    {"kind": "consistency", "old": 3, "path": [hex, ...]}
Written for the tests; knows nothing of the program but the form of its lines.
"""
import hashlib
import json
import sys


def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\x01" + left + right)


def half(size):
    return 1 << (size - 1).bit_length() - 1


def tree(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    return node(tree(leaves[: half(len(leaves))]), tree(leaves[half(len(leaves)):]))


def included(leaf, index, size, path):
    if size == 1:
        assert not path and index == 0, "the path is too long"
        return leaf
    k = half(size)
    if index < k:
        return node(included(leaf, index, k, path[:-1]), path[-1])
    return node(path[-1], included(leaf, index - k, size - k, path[:-1]))


def grown(old, size, path, whole, old_root):
    """The old and the new root that a path leads to."""
    if old == size:
        assert len(path) == (0 if whole else 1), "the path has a wrong length"
        return (old_root, old_root) if whole else (path[0], path[0])
    k = half(size)
    if old <= k:
        before, after = grown(old, k, path[:-1], whole, old_root)
        return before, node(after, path[-1])
    before, after = grown(old - k, size - k, path[:-1], False, old_root)
    return node(path[-1], before), node(path[-1], after)


with open(sys.argv[1], "rb") as chain:
    leaves = [sha(b"\x00" + line) for line in chain.read().split(b"\n")[:-1]]
count = 0
for line in sys.stdin:
    proof = json.loads(line)
    path = [bytes.fromhex(one) for one in proof["path"]]
    if proof["kind"] == "inclusion":
        leads_to = included(leaves[proof["index"]], proof["index"], len(leaves), path)
        assert leads_to == tree(leaves), f"{line} leads elsewhere"
    else:
        old_root = tree(leaves[: proof["old"]])
        assert grown(proof["old"], len(leaves), path, True, old_root) == (old_root, tree(leaves)), line
    count += 1
print(count)
