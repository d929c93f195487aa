import time
from collections.abc import Iterator

import pytest

from engine.errors import SourceError
from engine.frames import Size
from engine.video.sources.screen import ScreenSource
from tests.engine.video.sources.displays import virtual_display


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with virtual_display(monkeypatch) as name:
        yield name


@pytest.mark.usefixtures("display")
def test_the_screen_is_filmed_at_its_size_and_the_rate_asked_for() -> None:
    source = ScreenSource(fps=20.0)
    source.open()
    began = time.monotonic()
    frames = [frame for _ in range(4) if (frame := source.read()) is not None]
    assert 0.14 < time.monotonic() - began < 3.0
    assert source.size == Size(640, 480)
    assert [frame.number for frame in frames] == [0, 1, 2, 3]
    assert frames[0].pixels.shape == (480, 640, 3)
    source.close()


@pytest.mark.usefixtures("display")
def test_a_screen_that_is_not_there_is_refused() -> None:
    source = ScreenSource(9)
    with pytest.raises(SourceError, match="There is no screen 9"):
        source.open()


def test_without_a_display_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(SourceError, match="cannot be recorded"):
        ScreenSource().open()
