import errno
from pathlib import Path

import pytest

from engine.errors import SettingError
from engine.settings import Blend, Character, LiveSettings
from gui.state.presets import Preset, PresetStore, read_preset, write_preset

PRESET = Preset(
    "Sunday: ink!",
    live=LiveSettings(
        "ink", Blend("oil", 0.3), strength=0.7, seed=3,
        character=Character(1.6, (62, 118, 196), None, 0.5, 1.5),
    ),
)  # fmt: skip


def test_a_preset_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    store.save(PRESET)
    assert store.all() == [PRESET]


def test_a_removed_preset_is_gone(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    store.save(PRESET)
    store.remove(PRESET.name)
    store.remove("never was")
    assert store.all() == []


def test_a_preset_travels_as_one_file(tmp_path: Path) -> None:
    path = tmp_path / "shared.preset.json"
    write_preset(path, PRESET)
    assert read_preset(path) == PRESET


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"name": "x", "live": {"strength": 5}}',
        '{"name": "x", "live": {"character": {"eye_size": 9}}}',
        '{"name": "x", "live": {"character": {"hair_colour": [1, 2]}}}',
        '{"name": "x", "live": {"character": {"hair_colour": [1, 2, 256]}}}',
        '{"name": "x", "live": {"character": {"hair_colour": "red"}}}',
        "\x80",
    ],
)
def test_what_is_not_a_preset_is_refused_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "foreign.preset.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(SettingError, match="not a preset"):
        read_preset(path)
    assert path.exists()


def test_a_preset_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="needs a name"):
        PresetStore(tmp_path).save(Preset("  "))


def test_a_preset_that_cannot_be_read_now_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PresetStore(tmp_path)
    store.save(PRESET)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "too many open files")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", fail)
        assert store.all() == []
    assert store.all() == [PRESET]


def test_a_folder_that_cannot_be_listed_holds_no_presets(tmp_path: Path) -> None:
    (tmp_path / "presets").write_text("")
    assert PresetStore(tmp_path).all() == []
    PresetStore(tmp_path).remove("x")


def test_a_preset_that_cannot_be_removed_is_said(tmp_path: Path) -> None:
    (tmp_path / "presets" / "x.preset.json").mkdir(parents=True)
    with pytest.raises(SettingError, match="could not be removed"):
        PresetStore(tmp_path).remove("x")


def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SettingError, match="could not be saved"):
        write_preset(blocked / "a.preset.json", PRESET)
