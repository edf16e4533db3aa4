"""Verifies the transparency log over HTTP with hashlib and the package cryptography; it shares no code with the product.

    verifier.py LOG KEY checkpoint
    verifier.py LOG KEY inclusion ENTRY INDEX|COMMITMENT
    verifier.py LOG KEY consistency CHECKPOINT-FILE
    verifier.py LOG KEY proof ENTRY PROOF-FILE

It prints what it has verified; it exits with 1 if that is wrong.
"""

import base64
import hashlib
import sys
import urllib.error
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Refused(Exception):
    pass


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def get(url):
    try:
        with urllib.request.urlopen(url) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        raise Refused(f"status {error.code}") from error


def open_checkpoint(note, verifier_key):
    """The size and the root, if the key has signed them (c2sp.org/signed-note)."""
    name, key_id, encoded = verifier_key.split("+", 2)
    typed = base64.b64decode(encoded, validate=True)
    if typed[0] != 1 or sha256(name.encode(), b"\n", typed)[:4].hex() != key_id:
        raise Refused("no Ed25519 verifier key")
    text, separator, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines() if separator else []:
        dash, signer, value = line.split(" ")
        signature = base64.b64decode(value, validate=True)
        if (dash, signer, signature[:4].hex()) != ("\u2014", name, key_id):
            continue
        try:
            Ed25519PublicKey.from_public_bytes(typed[1:]).verify(signature[4:], text.encode())
        except InvalidSignature as error:
            raise Refused("wrong signature") from error
        origin, size, root = text.split("\n")[:3]
        if origin != name:
            raise Refused("checkpoint of another log")
        return int(size), base64.b64decode(root, validate=True)
    raise Refused("no signature by this key")


def split_proof(text, heads, verifier_key):
    first, _, checkpoint = text.partition("\n\n")
    lines = first.split("\n")
    proof = [base64.b64decode(line, validate=True) for line in lines[heads:]]
    if any(len(one) != 32 for one in proof):
        raise Refused("no hash")
    return lines[:heads], proof, open_checkpoint(checkpoint, verifier_key)


def root_of_inclusion(index, size, leaf, proof):
    """RFC 6962, 2.1.1, from the root down."""
    if size == 1:
        if proof:
            raise Refused("proof too long")
        return leaf
    if not proof:
        raise Refused("proof too short")
    split = 1 << (size - 1).bit_length() - 1
    *below, sibling = proof
    if index < split:
        return sha256(b"\1", root_of_inclusion(index, split, leaf, below), sibling)
    return sha256(b"\1", sibling, root_of_inclusion(index - split, size - split, leaf, below))


def roots_of_consistency(old, size, proof, is_known, old_root):
    """RFC 6962, 2.1.2: the roots of the old and of the new tree, from the root down."""
    if old == size:
        if is_known and not proof:
            return old_root, old_root
        if is_known or len(proof) != 1:
            raise Refused("proof of another length")
        return proof[0], proof[0]
    if not proof:
        raise Refused("proof too short")
    split = 1 << (size - 1).bit_length() - 1
    *below, sibling = proof
    if old <= split:
        old_hash, new_hash = roots_of_consistency(old, split, below, is_known, old_root)
        return old_hash, sha256(b"\1", new_hash, sibling)
    old_hash, new_hash = roots_of_consistency(old - split, size - split, below, False, old_root)
    return sha256(b"\1", sibling, old_hash), sha256(b"\1", sibling, new_hash)


def verify_inclusion(entry, text, verifier_key):
    (form, index_line), proof, (size, root) = split_proof(text, 2, verifier_key)
    if form != "c2sp.org/tlog-proof@v1" or not index_line.startswith("index "):
        raise Refused("no proof of this form")
    index = int(index_line.removeprefix("index "))
    if index >= size or root_of_inclusion(index, size, sha256(b"\0", entry.encode()), proof) != root:
        raise Refused("the proof does not lead to the root")
    return f"leaf {index} of {size}"


def verify_consistency(log, kept, verifier_key):
    old, old_root = open_checkpoint(kept, verifier_key)
    try:
        text = get(f"{log}/consistency?from={old}")
    except Refused as refused:
        raise Refused(f"the log does not continue this checkpoint: {refused}") from refused
    (head,), proof, (size, root) = split_proof(text, 1, verifier_key)
    if head != f"old {old}":
        raise Refused("proof of another size")
    if roots_of_consistency(old, size, proof, True, old_root) != (old_root, root):
        raise Refused("the proof does not lead to both roots")
    return f"{size} leaves continue {old}"


def main(log, verifier_key, command, *rest):
    if command == "checkpoint":
        size, _ = open_checkpoint(get(f"{log}/checkpoint"), verifier_key)
        return f"checkpoint of {size} leaves"
    if command == "inclusion":
        by = "commitment" if len(rest[1]) == 64 else "index"
        return verify_inclusion(rest[0], get(f"{log}/inclusion?{by}={rest[1]}"), verifier_key)
    if command == "proof":
        return verify_inclusion(rest[0], open(rest[1], encoding="utf-8").read(), verifier_key)
    if command == "consistency":
        return verify_consistency(log, open(rest[0], encoding="utf-8").read(), verifier_key)
    raise Refused("unknown command")


try:
    print(main(*sys.argv[1:]))
except (Refused, ValueError) as refused:
    print("refused:", refused)
    sys.exit(1)
