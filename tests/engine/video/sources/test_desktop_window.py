from collections.abc import Iterator

import pytest

from engine.errors import SourceError
from engine.frames import Pixels, Size, size_of
from engine.video.sources.desktop_window import WindowSource, list_windows
from tests.engine.video.sources.displays import PaintedWindow, virtual_display, x11_library

x11_library()

RED, BLUE = 0xFF0000, 0x0000FF


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with virtual_display(monkeypatch) as name:
        yield name


@pytest.fixture
def window(display: str) -> PaintedWindow:
    return PaintedWindow("Slides", RED)


@pytest.fixture
def source(window: PaintedWindow) -> Iterator[WindowSource]:
    source = WindowSource("Slides", fps=60.0)
    source.open()
    yield source
    source.close()


def picture(source: WindowSource) -> Pixels:
    frame = source.read()
    assert frame is not None
    return frame.pixels


def colours(pixels: Pixels) -> set[tuple[int, ...]]:
    return {tuple(colour) for row in pixels[::7, ::7] for colour in row.tolist()}


def test_windows_are_listed_by_their_titles(window: PaintedWindow) -> None:
    PaintedWindow("Terminal", BLUE)
    assert [found.title for found in list_windows()] == ["Slides", "Terminal"]


def test_without_a_display_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(SourceError, match="no X11 display"):
        list_windows()
    with pytest.raises(SourceError, match="no X11 display"):
        WindowSource("Slides").open()


def test_a_window_is_filmed_in_its_own_size_and_colours(source: WindowSource) -> None:
    assert source.size == Size(100, 80)
    assert colours(picture(source)) == {(255, 0, 0)}


def test_what_lies_over_the_window_is_not_seen(source: WindowSource) -> None:
    PaintedWindow("Secrets", BLUE, size=(300, 300))
    assert colours(picture(source)) == {(255, 0, 0)}


def test_a_window_is_followed_when_it_is_moved_and_grows(
    source: WindowSource, window: PaintedWindow
) -> None:
    window.place(x=200, y=150, width=220, height=120)
    grown = picture(source)
    assert size_of(grown) == source.size == Size(220, 120)
    assert colours(grown) == {(255, 0, 0)}


def test_a_window_half_off_the_screen_is_whole(source: WindowSource, window: PaintedWindow) -> None:
    window.place(x=590, y=440, width=100, height=80)
    assert colours(picture(source)) == {(255, 0, 0)}


def test_frames_come_at_the_rate_asked_for(source: WindowSource) -> None:
    frames = [frame for _ in range(4) if (frame := source.read()) is not None]
    assert [frame.number for frame in frames] == [0, 1, 2, 3]
    assert 0.04 < frames[-1].captured_at - frames[0].captured_at < 2.0


def test_a_window_that_is_closed_is_said(source: WindowSource, window: PaintedWindow) -> None:
    window.close()
    with pytest.raises(SourceError, match="The window Slides was closed"):
        source.read()


def test_a_window_that_was_minimised_can_be_filmed_again(
    source: WindowSource, window: PaintedWindow
) -> None:
    window.hide()
    with pytest.raises(SourceError, match="minimised"):
        source.read()
    source.close()
    with pytest.raises(SourceError, match="No window"):
        source.open()
    window.show()
    source.open()
    assert colours(picture(source)) == {(255, 0, 0)}


def test_a_part_of_the_title_is_enough(window: PaintedWindow) -> None:
    source = WindowSource("slid")
    source.open()
    assert source.name == "Slides"
    source.close()


def test_two_windows_of_one_title_are_told_apart_by_number(window: PaintedWindow) -> None:
    other = PaintedWindow("Slides", BLUE)
    with pytest.raises(SourceError, match="2 windows") as caught:
        WindowSource("Slides").open()
    assert f"window:{other.number}" in caught.value.remedy
    source = WindowSource(str(other.number))
    source.open()
    assert colours(picture(source)) == {(0, 0, 255)}
    source.close()
