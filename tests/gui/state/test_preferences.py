import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.frames import Size
from engine.settings import Blend, BuildSettings, FitMode, InputSettings, LiveSettings
from engine.video.watermark import AiWatermark, Corner
from gui.state.preferences import (
    CameraFormat,
    Placeholder,
    PlaceholderKind,
    Preferences,
    PreferenceStore,
    ThemeChoice,
    with_style,
)


def test_everything_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    saved = Preferences(
        input=InputSettings("camera:Brio", Size(1280, 720), 30.0, mirror=True, fit=FitMode.CROP),
        build=BuildSettings(size=Size(384, 384)),
        live=LiveSettings("oil", Blend("ink", 0.25), strength=0.5, seed=7),
        favourites=("ink", "oil"),
        mark=AiWatermark(Corner.TOP_LEFT, shown=False),
        placeholder=Placeholder(PlaceholderKind.PICTURE, path="a.png"),
        theme=ThemeChoice.LIGHT,
    )
    store = PreferenceStore(tmp_path / "deep" / "preferences.json")
    store.save(saved)
    assert store.load() == saved


def test_without_a_file_the_usual_ones_hold(tmp_path: Path) -> None:
    assert PreferenceStore(tmp_path / "none.json").load() == Preferences()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"live": {"strength": 9}}', '{"theme": "pink"}', "\x00\xff"]
)
def test_a_broken_file_is_set_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(text, encoding="latin-1")
    assert PreferenceStore(path).load() == Preferences()
    assert not path.exists()
    assert (tmp_path / "preferences.json.broken").exists()


def test_a_newer_programs_extra_fields_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text('{"language": "de", "hologram": true}')
    assert PreferenceStore(path).load() == replace(Preferences(), language="de")


def test_a_disk_that_takes_nothing_is_not_fatal(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    PreferenceStore(blocked / "preferences.json").save(Preferences())


@pytest.mark.parametrize("code", [errno.EMFILE, errno.EIO, errno.EACCES])
def test_a_file_that_cannot_be_read_now_is_neither_set_aside_nor_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    saved = replace(Preferences(), language="de")
    store = PreferenceStore(tmp_path / "preferences.json")
    store.save(saved)

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", fail)
        assert store.load() == Preferences()
    store.save(Preferences())
    assert [path.name for path in tmp_path.iterdir()] == ["preferences.json"]
    assert store.load() == saved


def test_a_name_that_is_not_utf_8_does_not_keep_the_rest_from_being_saved(tmp_path: Path) -> None:
    store = PreferenceStore(tmp_path / "preferences.json")
    store.save(Preferences(input=InputSettings("film\udcff.mp4"), language="de"))
    assert store.load().language == "de"


def test_preferences_that_cannot_be_saved_stop_nothing(tmp_path: Path) -> None:
    store = PreferenceStore(tmp_path / "preferences.json")
    store.save(Preferences(camera=CameraFormat(fps=float("nan"))))
    assert store.load() == Preferences()


def test_a_style_is_never_blended_with_itself() -> None:
    live = LiveSettings("oil", Blend("ink", 0.5))
    assert with_style(live, "ink").blend is None
    assert with_style(live, "comic").blend == Blend("ink", 0.5)
