"""The connection to OBS, without OBS."""

from __future__ import annotations

from typing import Any

import pytest

from engine.obs import link as module
from engine.obs.link import ObsLink, ObsState, ObsWish
from tests.engine.virtual_camera.helpers import wait_until

pytest.importorskip("simpleobsws")


def test_an_answer_that_nobody_understands_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOKS_EVERY_S", 0.05)
    tried: list[ObsWish] = []

    async def serve(_self: ObsLink, wanted: ObsWish, _stopping: Any) -> None:
        tried.append(wanted)
        raise KeyError("currentProgramSceneName")

    monkeypatch.setattr(ObsLink, "_serve", serve)
    link = ObsLink()
    link.wish(ObsWish(port=1))
    wait_until(lambda: len(tried) > 2)
    assert link.status.state is ObsState.WAITING
    link.close()
