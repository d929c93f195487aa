"""Signs completed files: pictures and MP4 or MOV within, Matroska by a file beside it.

The library would copy a whole film to put the credentials in front. They are appended instead,
in the box that the standard has for them (C2PA 2.2, A.5): a film of gigabytes is read once, its
own bytes stay where they are, and whatever fails leaves it as it was.
"""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from engine.errors import CredentialError
from engine.files.atomic import write_bytes
from engine.provenance.credentials.history import Change, Made
from engine.provenance.credentials.identity import Identity, own_identity
from engine.provenance.credentials.statement import statement_of

logger = logging.getLogger(__name__)

FILMS = {".mp4": "video/mp4", ".m4v": "video/x-m4v", ".mov": "video/quicktime"}
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
BESIDE = frozenset({".mkv"})
"""Films in which no credentials can be."""
SIDECAR = ".c2pa"
ANY_BYTES = "application/octet-stream"

SETTINGS: dict[str, object] = {
    "core": {"backing_store_memory_threshold_in_mb": 16},
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
}
"""The library's: little memory, no thumbnail, no network."""

_BOX_ID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_PURPOSE = b"\0\0\0\0manifest\0" + bytes(8)
"""Version and flags, what the box holds, and no offset of a Merkle box."""


def sign(
    path: Path, made: Made, *, marked: bool, changes: Sequence[Change] = ()
) -> CredentialError | None:
    """Sign a completed file; gives the reason where that fails, and the file is as it was.

    marked: pictures in it bear the invisible mark. changes: of the settings, while it was made.
    It never raises: a recording is worth more than its signature.
    """
    try:
        _sign(path, statement_of(made, marked=marked, changes=changes))
    except CredentialError as error:
        logger.warning("%s is not signed: %s", path.suffix, error)
        return error
    except Exception as error:  # noqa: BLE001 - whatever a foreign library raises
        logger.warning("%s is not signed: %r", path.suffix, error)
        return CredentialError(
            "{file} is complete, but could not be signed: {reason}.",
            "See what is wrong: python main.py doctor",
            file=path.name,
            reason=getattr(error, "strerror", None) or error,
        )
    return None


def sidecar_of(path: Path) -> Path:
    """Where the credentials of a film are that cannot hold them."""
    return path.with_suffix(SIDECAR)


def _sign(path: Path, statement: Mapping[str, object]) -> None:
    suffix = path.suffix.lower()
    identity = own_identity()
    if suffix in FILMS:
        with path.open("r+b") as file:
            end = _end_of_boxes(file)
            credentials = _build(identity, statement, FILMS[suffix], file, _Nowhere())
            _append(file, end, credentials)
    elif suffix in BESIDE:
        sidecar_of(path).unlink(missing_ok=True)
        with path.open("rb") as file:
            credentials = _build(identity, statement, ANY_BYTES, file, _Nowhere())
        write_bytes(sidecar_of(path), credentials, private=True)
    elif suffix in PICTURES:
        picture, signed = io.BytesIO(path.read_bytes()), io.BytesIO()
        _build(identity, statement, PICTURES[suffix], picture, signed, embed=True)
        write_bytes(path, signed.getvalue(), private=True)
    else:
        raise CredentialError(
            "{file} is complete, but files of its kind cannot be signed.",
            "Use {endings}.",
            file=path.name,
            endings=", ".join([*FILMS, *BESIDE, *PICTURES]),
        )


def _build(
    identity: Identity,
    statement: Mapping[str, object],
    media_type: str,
    source: BinaryIO,
    target: BinaryIO | io.RawIOBase,
    *,
    embed: bool = False,
) -> bytes:
    """The signed credentials; with `embed`, a copy of the file with them goes to `target`."""
    import c2pa  # noqa: PLC0415 - loads a large library

    signer_info = c2pa.C2paSignerInfo(
        identity.algorithm.encode(), identity.chain, identity.key, None
    )
    source.seek(0)
    context = c2pa.Context.from_dict(SETTINGS)
    with (
        c2pa.Signer.from_info(signer_info) as signer,
        c2pa.Builder(dict(statement), context) as builder,
    ):
        if not embed:
            builder.set_no_embed()
        return bytes(builder.sign(signer, media_type, source, target))


def _append(file: BinaryIO, end: int, credentials: bytes) -> None:
    """Put the box behind everything else, or leave the file as it was."""
    body = _BOX_ID + _PURPOSE + credentials
    box = (8 + len(body)).to_bytes(4, "big") + b"uuid" + body
    try:
        file.seek(end)
        file.write(box)
        file.flush()
        os.fsync(file.fileno())
    except OSError:
        _quietly(lambda: os.truncate(file.fileno(), end))
        raise


def _end_of_boxes(file: BinaryIO) -> int:
    """Where the last box ends, which must be the end. Raises CredentialError."""
    size = file.seek(0, os.SEEK_END)
    at = 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if length < 8 or at + length > size:
            raise CredentialError(
                "The film is not complete, and was not signed.", "Record it again."
            )
        at += length
    return at


def _quietly(deed: Callable[[], None]) -> None:
    try:
        deed()
    except OSError:
        logger.exception("a torn end of a film could not be taken back")


class _Nowhere(io.RawIOBase):
    """Takes what is written and forgets it: only the credentials are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._at = self._size = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, _buffer: object) -> int:
        return 0

    def write(self, data: object) -> int:
        count = len(memoryview(data))  # type: ignore[arg-type]
        self._at += count
        self._size = max(self._size, self._at)
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at
