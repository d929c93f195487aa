"""Checks a file: its credentials and its invisible mark. The file may be anybody's.

It is read in a child process that may take only so much time and memory.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import cattrs

from engine.errors import CredentialError, SourceError
from engine.files.sandbox import run_bounded
from engine.provenance.credentials.identity import existing_identity
from engine.provenance.credentials.reading import Credentials, read_credentials
from engine.provenance.film import Window, windows_of
from engine.provenance.mark.detection import Detection, detect

_LOOKING_S = 60.0
"""Seconds of processor time after which no further window of a film is begun."""
_MOST_S, _MOST_MB = 180, 4096
"""What the child may take at all."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found of the invisible mark. score: see `detection.Detection`; second: where the
    first window begins in which it is. version: None where it cannot be read. looked_at: windows.
    """

    present: bool
    score: float
    version: str | None = None
    second: float | None = None
    mirrored: bool = False
    looked_at: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """What a file says about itself."""

    credentials: Credentials
    mark: Mark

    @property
    def ai_made(self) -> bool:
        """Whether one of them says that this program made it with AI."""
        credentials = self.credentials
        return self.mark.present or (credentials.valid and credentials.ai_made)

    def report(self) -> dict[str, object]:
        """For a JSON file."""
        credentials = asdict(self.credentials)
        credentials["problems"] = list(self.credentials.problems)
        return {"ai_made": self.ai_made, "credentials": credentials, "mark": asdict(self.mark)}


def verify(path: Path, roots: str = "") -> Verification:
    """Check a file. roots: PEM of certificates to trust besides this installation's own.

    Raises SourceError for what is neither a picture nor a video, and ModelError for a file that
    takes too much time or memory.
    """
    if not path.is_file():
        raise SourceError("There is no file {file}.", "Check its name.", file=path)
    work = partial(_examine, roots=_known_root() + roots)
    answer = run_bounded(work, path, seconds=_MOST_S, megabytes=_MOST_MB)
    return cattrs.structure(json.loads(answer), Verification)


def read_roots(path: Path) -> str:
    """Certificates to trust, from a PEM file. Raises SourceError."""
    from cryptography import x509  # noqa: PLC0415 - for this alone

    try:
        text = path.read_text(encoding="ascii")
        x509.load_pem_x509_certificates(text.encode())
    except (OSError, ValueError) as error:
        raise SourceError(
            "{file} holds no certificates.", "Give a PEM file of root certificates.", file=path
        ) from error
    return text


def _known_root() -> str:
    """The root of this installation: what it signed itself it need not doubt."""
    try:
        identity = existing_identity()
    except CredentialError:
        return ""
    return identity.root.decode() if identity is not None and identity.self_made else ""


def _examine(path: Path, roots: str) -> str:
    """What the child does, as JSON."""
    mark = _find_mark(path)
    found = Verification(read_credentials(path, roots), mark)
    return json.dumps(asdict(found))


def _find_mark(path: Path) -> Mark:
    """Look at one window after the other until the mark is found, or the time is used up."""
    best, looked_at = Mark(present=False, score=0.0), 0
    for window in windows_of(path):
        looked_at += 1
        detection = detect(window.film, windows=window.count)
        if detection.score > best.score:
            best = _mark(detection, window)
        if detection.found or time.process_time() > _LOOKING_S:
            break
    return replace(best, looked_at=looked_at)


def _mark(detection: Detection, window: Window) -> Mark:
    if not detection.found:
        return Mark(present=False, score=round(detection.score, 2))
    version = None if detection.payload is None else str(detection.payload)
    second = round(window.start, 2)
    score = round(detection.score, 2)
    return Mark(
        present=True, score=score, version=version, second=second, mirrored=detection.mirrored
    )
