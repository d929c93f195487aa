"""The map names only places that exist."""

import re

import pytest

from tools.site import ROOT

MAP = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
BASES = (
    "",
    "engine/",
    "engine/cluster/",
    "engine/model/",
    "engine/model/styles/",
    "engine/model/acceleration/",
    "engine/model_store/",
    "engine/remote/",
    "engine/remote/stream/",
    "engine/server/",
    "engine/session/",
    "engine/video/",
    "engine/video/film/",
    "engine/video/sources/",
    "engine/virtual_camera/",
    "gui/widgets/picture/",
)
NAMED = sorted(set(re.findall(r"`([\w/]+(?:\.py|/))`", MAP)))


@pytest.mark.parametrize("named", NAMED)
def test_every_place_on_the_map_exists(named: str) -> None:
    assert any((ROOT / base / named).exists() for base in BASES)
