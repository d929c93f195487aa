"""An installation of the tests' own, and a certificate authority that it does not know."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.provenance.credentials import identity
from engine.video.sinks.metadata import Provenance
from tests.engine.provenance.films import marked, write_film

MADE = Provenance("built-in", "comic", {"strength": "0.8", "prompt": "Jane Doe", "seed": "7"})


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Gives the key file of an installation by its name, and makes it the present one."""

    def become(name: str) -> Path:
        path = tmp_path / name / "credentials" / "signing.pem"
        monkeypatch.setattr(identity, "identity_path", lambda: path)
        return path

    become("ours")
    return become


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return write_film(tmp_path / "clip.mp4", marked(12))
