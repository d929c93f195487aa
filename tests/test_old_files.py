"""What the program wrote before its settings were renamed still opens, with its values.

`tests/data/v0` was written by the program of that time, not by hand.
"""

import shutil
from pathlib import Path

import pytest

from engine.frames import Size
from engine.model_store.catalog import load_catalog
from engine.model_store.components import Role
from engine.model_store.installed import InstalledModels
from engine.model_store.manage import import_file, open_store, remove
from engine.settings import (
    Blend,
    BuildSettings,
    CachePrecision,
    FitMode,
    InputSettings,
    LiveSettings,
    Precision,
)
from engine.video.sinks.snapshot import read_settings
from engine.video.watermark import AiWatermark, Corner
from gui.state.preferences import (
    CameraFormat,
    Layout,
    Placeholder,
    Preferences,
    PreferenceStore,
    ThemeChoice,
)
from gui.state.presets import Preset, PresetStore, read_preset

LIVE = LiveSettings(
    style="oil",
    blend=Blend("ink", 0.25),
    strength=0.8,
    steps=2,
    structure=0.9,
    noise_consistency=0.35,
    flicker_reduction=0.15,
    seed=4711,
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the old files, to be opened without harm to them."""
    return Path(shutil.copytree(Path(__file__).parent / "data" / "v0", tmp_path / "v0"))


def test_the_preferences_keep_every_value(old: Path) -> None:
    assert PreferenceStore(old / "preferences.json").load() == Preferences(
        input=InputSettings(
            "camera:Integrated Camera",
            Size(1280, 720),
            30.0,
            mirror=True,
            fit=FitMode.LETTERBOX,
            rotate=90,
        ),
        build=BuildSettings(
            size=Size(384, 384),
            device="cpu",
            accelerator="int8",
            cache=CachePrecision.INT8,
            precision=Precision.FLOAT32,
        ),
        live=LIVE,
        seed_locked=False,
        favourites=("oil", "neon"),
        mark=AiWatermark(Corner.TOP_LEFT),
        camera=CameraFormat(Size(640, 480), 24.0),
        placeholder=Placeholder(text="Back at ten"),
        folder="/home/me/Videos",
        theme=ThemeChoice.LIGHT,
        language="de",
        stay_in_tray=True,
        responsible_use_accepted=True,
        first_run_done=True,
        layout=Layout(geometry="AdnQywADAAA=", details_shown=True),
    )


def test_preferences_saved_again_need_the_old_names_no_more(old: Path) -> None:
    store = PreferenceStore(old / "preferences.json")
    before = store.load()
    store.save(before)
    assert store.load() == before
    assert "steadiness" not in (old / "preferences.json").read_text(encoding="utf-8")


def test_a_preset_of_the_old_folder_is_listed(old: Path) -> None:
    assert PresetStore(old).all() == [Preset("Evening", live=LIVE)]


def test_a_preset_of_the_old_folder_is_replaced_and_deleted_like_any_other(old: Path) -> None:
    store = PresetStore(old)
    store.save(Preset("Evening"))
    assert store.all() == [Preset("Evening")]
    store.remove("Evening")
    assert store.all() == []


def test_a_shared_preset_of_the_old_ending_opens(old: Path) -> None:
    assert read_preset(old / "looks" / "Evening.look.json").live == LIVE


def test_a_snapshots_settings_are_read_under_todays_names(old: Path) -> None:
    assert read_settings(old / "snapshot.png") == {
        "model": "built-in",
        "style": "oil",
        "strength": "0.8",
        "steps": "2",
        "structure": "0.9",
        "noise_consistency": "0.35",
        "flicker_reduction": "0.15",
        "seed": "4711",
        "blend": "ink 0.25",
        "size": "384x384",
    }


def test_an_imported_style_is_in_the_catalogue(old: Path) -> None:
    catalog = load_catalog(old / "models")
    assert catalog.problems == ()
    style = catalog.style("live2diff-sd15", "paper")
    assert (style.title, style.prompt, style.indices) == ("Paper", "paper, {}", (20, 35))
    assert [(use.component, use.scale) for use in style.loras] == [("paper-lora", 0.7)]
    assert style.users_own


def test_a_downloaded_part_is_installed_and_its_licence_accepted(old: Path) -> None:
    installed = InstalledModels(old / "models")
    part = load_catalog(old / "models").style("live2diff-sd15", "paper").components[0]
    assert installed.has(part)
    assert installed.verify(part) == ()
    assert installed.accepted(part.licence)


def test_what_an_imported_style_installed_before_is_used_where_it_is(old: Path) -> None:
    store = open_store(old / "models")
    part = store.catalog.style("live2diff-sd15", "paper").components[0]
    assert store.installed.path_of(part).read_bytes()
    assert store.installed.folder_of(part) == old / "models" / "parts" / "paper-lora"


def test_an_imported_style_and_its_weights_can_be_removed(old: Path) -> None:
    assert remove("live2diff-sd15/paper", open_store(old / "models")) > 0
    assert not (old / "models" / "parts" / "paper-lora").exists()
    assert not list((old / "models" / "styles").iterdir())


def test_a_new_style_does_not_take_over_what_an_old_one_installed(
    old: Path, tmp_path: Path
) -> None:
    text = (old / "models" / "styles" / "paper.json").read_text()
    (tmp_path / "twin.json").write_text(text.replace('"paper"', '"twin"', 1))
    import_file(tmp_path / "twin.json", open_store(old / "models"), lambda _: Role.LORA)
    store = open_store(old / "models")
    [part] = store.catalog.style("live2diff-sd15", "twin").components
    assert not store.installed.has(part)
    assert remove("live2diff-sd15/twin", store) == 0
    assert (old / "models" / "parts" / "paper-lora" / "paper.safetensors").exists()
