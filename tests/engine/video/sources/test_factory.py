from pathlib import Path

import pytest

from engine.errors import SettingError, SourceError
from engine.frames import Size
from engine.settings import InputSettings
from engine.video.sources.factory import make_source
from engine.video.sources.file import FileSource


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("demo", "demo"),
        ("synthetic", "synthetic"),
        ("screen", "screen 1"),
        ("screen:2", "screen 2"),
        ("camera:2", "2"),
        ("camera:USB: front", "USB: front"),
        ("some/clip.mp4", "clip.mp4"),
    ],
)
def test_a_name_leads_to_its_source(name: str, said: str) -> None:
    assert make_source(InputSettings(name)).name == said


def test_a_live_source_goes_on_and_the_others_end() -> None:
    assert make_source(InputSettings("demo")).frames is None
    assert make_source(InputSettings("demo"), live=False).frames == 150
    assert make_source(InputSettings("synthetic"), live=False, frames=7).frames == 7
    assert make_source(InputSettings("demo", loop=True), live=False).frames is None


def test_a_file_keeps_its_rate_only_when_live() -> None:
    paced, free = (make_source(InputSettings("a.mp4"), live=live) for live in (True, False))
    assert isinstance(paced, FileSource)
    assert (paced.live, free.live) == (True, False)


def test_the_size_asked_for_is_the_size_made() -> None:
    source = make_source(InputSettings("synthetic", size=Size(320, 200)), live=False)
    assert source.size == Size(320, 200)


@pytest.mark.parametrize("name", ["screen:x", "screen:-1"])
def test_a_screen_has_a_number(name: str) -> None:
    with pytest.raises(SourceError, match="is not a valid screen"):
        make_source(InputSettings(name))


@pytest.mark.parametrize("settings", [InputSettings(fps=0), InputSettings(size=Size(0, 480))])
def test_an_impossible_wish_is_refused(settings: InputSettings) -> None:
    with pytest.raises(SettingError):
        make_source(settings)


def test_a_missing_file_is_said_on_opening(tmp_path: Path) -> None:
    source = make_source(InputSettings(str(tmp_path / "none.mp4")))
    with pytest.raises(SourceError, match="There is no file"):
        source.open()
