"""Both ends as they are: this program's client at this program's server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import ElsewhereError
from engine.events import SessionState
from engine.remote.address import parse_address
from engine.remote.catalogue import fetch
from engine.remote.pairing import pair, remember, remembered
from engine.session.commands import ApplySettings
from engine.settings import LiveSettings
from tests.engine.remote.conftest import Stage, number_in
from tests.engine.server.peers import Serving, serving


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Serving]:
    """With one place, and paired."""
    with serving(tmp_path / "server", streams=1) as running:
        remember(pair(parse_address(running.url), running.codes.get(timeout=60.0)))
        yield running


def test_a_live_stream_is_bound_and_takes_settings(engine: Serving) -> None:
    stage = Stage(engine.url)
    stage.start()
    stage.until(lambda: len(stage.sink.frames) > 20)
    stage.session.send(ApplySettings(LiveSettings(style="ink", strength=0.5)))
    seen = len(stage.sink.frames)
    stage.until(lambda: len(stage.sink.frames) > seen + 20)
    stage.end()
    numbers = [frame.number for frame in stage.sink.frames]
    assert numbers == sorted(set(numbers))
    assert all(number_in(f.pixels) == f.number % 256 for f in stage.sink.frames)


def test_a_film_comes_back_whole(engine: Serving) -> None:
    stage = Stage(engine.url, count=50, live=False)
    stage.start()
    assert stage.session.wait(100.0)
    assert [frame.number for frame in stage.sink.frames] == list(range(50)), stage.events[-3:]


def test_one_place_is_taken_and_is_free_again_at_once(engine: Serving) -> None:
    first, second, third = (Stage(engine.url) for _ in range(3))
    first.start()
    first.until(lambda: len(first.sink.frames) > 3)
    second.start()
    assert second.session.wait(40.0)
    assert second.told("no place for another stream")
    first.end()
    third.start()
    third.until(lambda: len(third.sink.frames) > 3)
    third.end()


def test_the_styles_are_those_of_the_server(engine: Serving) -> None:
    catalog = fetch(remembered(parse_address(engine.url)))
    assert {"anime", "ink"} <= {style.name for style in catalog.styles}
    assert all(style.thumbnail is not None for style in catalog.styles)


def test_a_token_that_is_taken_back_hides_the_picture(engine: Serving) -> None:
    stage = Stage(engine.url)
    stage.start()
    stage.until(lambda: len(stage.sink.frames) > 5)
    for device in engine.server.access.tokens.devices:
        engine.server.access.tokens.remove(device.id)
    stage.until(lambda: SessionState.RECOVERING in stage.states)
    assert stage.sink.on_show is None
    stage.until(lambda: stage.told("is not paired with this computer"))
    stage.end()
    with pytest.raises(ElsewhereError, match="is not paired"):
        fetch(remembered(parse_address(engine.url)))
