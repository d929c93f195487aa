"""Reads the credentials of a file: whether they hold, who vouches for them, what they say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from engine.paths import APP_NAME
from engine.provenance.credentials.signing import (
    ANY_BYTES,
    BESIDE,
    FILMS,
    PICTURES,
    SETTINGS,
    sidecar_of,
)
from engine.provenance.credentials.statement import SOURCE_TYPE

if TYPE_CHECKING:
    from c2pa import Reader

_FORMATS = {**FILMS, **PICTURES, ".webp": "image/webp", ".avi": "video/avi", ".gif": "image/gif"}
_UNTRUSTED = "signingCredential.untrusted"
_PURPOSES = "1.3.6.1.5.5.7.3.4\n1.3.6.1.5.5.7.3.36\n"
"""Certificates for e-mail and for documents may sign, as C2PA has it."""
_MOST_SIDECAR = 16 << 20
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was found. valid: nothing has been altered since they were signed. trusted: valid, and
    a root that is trusted here vouches for the signer. ai_made: they say so, and name this
    program. problems: codes of the C2PA standard for what does not hold.
    """

    present: bool = False
    valid: bool = False
    trusted: bool = False
    ai_made: bool = False
    signer: str = ""
    issuer: str = ""
    program: str = ""
    version: str = ""
    source_type: str = ""
    problems: tuple[str, ...] = ()


def read_credentials(path: Path, roots: str = "") -> Credentials:
    """The credentials in a file or beside it. roots: PEM of certificates that are trusted.

    No network is used. Credentials that cannot be parsed are present, but not valid.
    """
    import c2pa  # noqa: PLC0415 - loads a large library

    try:
        with ExitStack() as stack:
            reader = _reader(path, roots, stack)
            if reader is None:
                return Credentials()
            return _summary(json.loads(reader.json()))
    except c2pa.C2paError.ManifestNotFound:
        return Credentials()
    except c2pa.C2paError.NotSupported:
        return Credentials()
    except c2pa.C2paError as error:
        return Credentials(present=_mentions(path), problems=(str(error)[:200],))


def _reader(path: Path, roots: str, stack: ExitStack) -> Reader | None:
    import c2pa  # noqa: PLC0415

    suffix, beside = path.suffix.lower(), sidecar_of(path)
    context = stack.enter_context(c2pa.Context.from_dict(_settings(roots)))
    file = stack.enter_context(path.open("rb"))
    if suffix in _FORMATS:
        reader = c2pa.Reader.try_create(_FORMATS[suffix], file, context=context)
    elif suffix in BESIDE and beside.is_file() and beside.stat().st_size <= _MOST_SIDECAR:
        reader = c2pa.Reader(ANY_BYTES, file, beside.read_bytes(), context=context)
    else:
        return None
    return None if reader is None else stack.enter_context(reader)


def _settings(roots: str) -> dict[str, object]:
    verify = {**cast("dict[str, object]", SETTINGS["verify"]), "verify_trust": True}
    trust = {"user_anchors": roots, "trust_config": _PURPOSES} if roots else {}
    return {**SETTINGS, "verify": verify, **({"trust": trust} if trust else {})}


def _summary(found: Mapping[str, object]) -> Credentials:
    """What the library's report says, with every part of it checked for its kind."""
    state = found.get("validation_state")
    valid = state in ("Valid", "Trusted")
    manifest = _mapping(_mapping(found.get("manifests")).get(str(found.get("active_manifest"))))
    generator = _first(manifest.get("claim_generator_info"))
    signature = _mapping(manifest.get("signature_info"))
    source_type, program = _source_type(manifest), str(generator.get("name", ""))
    problems = [str(_mapping(each).get("code")) for each in _list(found.get("validation_status"))]
    return Credentials(
        present=True,
        valid=valid,
        trusted=state == "Trusted",
        ai_made=source_type == SOURCE_TYPE and program == APP_NAME,
        signer=_short(signature.get("common_name")),
        issuer=_short(signature.get("issuer")),
        program=_short(program),
        version=_short(generator.get("version")),
        source_type=_short(source_type),
        problems=tuple(code[:100] for code in problems if code != _UNTRUSTED)[:_MOST_PROBLEMS],
    )


def _source_type(manifest: Mapping[str, object]) -> str:
    """The digital source type of the first action that has one."""
    for assertion in _list(manifest.get("assertions")):
        data = _mapping(_mapping(assertion).get("data"))
        for action in _list(data.get("actions")):
            found = _mapping(action).get("digitalSourceType")
            if found:
                return str(found)
    return ""


def _mentions(path: Path) -> bool:
    """Whether a file holds something of the form of credentials, though none that can be read."""
    with path.open("rb") as file:
        head = file.read(1 << 20)
        file.seek(max(file.seek(0, 2) - (1 << 20), 0))
        return b"jumdc2pa" in head or b"jumdc2pa" in file.read()


def _short(value: object) -> str:
    return str(value or "")[:200]


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _first(value: object) -> Mapping[str, object]:
    return _mapping(next(iter(_list(value)), None))
