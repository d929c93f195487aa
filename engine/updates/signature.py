"""Verifies signatures of the program minisign, which anyone can check and make.

Format: https://jedisct1.github.io/minisign/#signature-format. The file's BLAKE2b digest is signed
with Ed25519, and so is the comment that is shown with it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_OF_KEYS, _OF_DIGESTS = b"Ed", b"ED"
_TRUSTED = "trusted comment: "


class UntrustedError(Exception):
    """A signature that is missing, damaged or somebody else's: why, in a few words."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who may sign. number: minisign's own, which only serves a better message."""

    number: bytes
    key: Ed25519PublicKey


def public_key(text: str) -> PublicKey:
    """Read the one line of a `.pub` file that is not a comment. Raises UntrustedError."""
    data = _decoded(text.strip().splitlines()[-1] if text.strip() else "", 42)
    if not data.startswith(_OF_KEYS):
        raise UntrustedError("not a public key of minisign")
    return PublicKey(data[2:10], Ed25519PublicKey.from_public_bytes(data[10:]))


def verify(content: bytes, signature: str, key: PublicKey) -> str:
    """Raise UntrustedError unless `signature` is this key's for this content; its comment."""
    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED):
        raise UntrustedError("not a signature of minisign")
    own, whole = _decoded(lines[1], 74), _decoded(lines[3], 64)
    if not own.startswith(_OF_DIGESTS):
        raise UntrustedError("a signature of an old kind")
    if own[2:10] != key.number:
        raise UntrustedError("signed with another key")
    comment = lines[2].removeprefix(_TRUSTED)
    try:
        key.key.verify(own[10:], hashlib.blake2b(content).digest())
        key.key.verify(whole, own[10:] + comment.encode())
    except InvalidSignature as error:
        raise UntrustedError("the signature is not of this file") from error
    return comment


def _decoded(line: str, length: int) -> bytes:
    try:
        data = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UntrustedError("not a signature of minisign") from error
    if len(data) != length:
        raise UntrustedError("not a signature of minisign")
    return data
