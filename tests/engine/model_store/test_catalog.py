"""The catalogue offers what is really there, and refuses names and files it cannot use."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.drawing.looks import look_named
from engine.errors import SettingError
from engine.model_store.catalog import Catalog, load_catalog
from engine.model_store.styles import Recognisable, StyleEntry, write_style
from engine.paths import RESOURCES
from engine.settings import Blend, LiveSettings

SD15 = "live2diff-sd15"
GENERAL = "masterpiece, best quality, intricate, print, pattern, {}"


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return load_catalog(tmp_path)


def resources_with_config(folder: Path, styles: list[str]) -> Path:
    """The shipped resources, but with built-in weights that know just these styles."""
    (folder / "models" / "built_in").mkdir(parents=True)
    (folder / "models" / "built_in" / "config.json").write_text(json.dumps({"styles": styles}))
    (folder / "catalog").symlink_to(RESOURCES / "catalog")
    (folder / "styles").mkdir()
    return folder


def test_both_models_are_offered(catalog: Catalog) -> None:
    assert [model.name for model in catalog.models] == ["built-in", SD15]
    assert catalog.model("built-in").shipped
    assert not catalog.model(SD15).shipped


def test_the_built_in_styles_are_those_of_the_weights_in_their_order(tmp_path: Path) -> None:
    resources = resources_with_config(tmp_path, ["oil", "anime", "nobody described this"])
    catalog = load_catalog(tmp_path, resources)
    assert [style.name for style in catalog.styles_of("built-in")] == ["oil", "anime"]


def test_a_style_has_its_rendered_picture(tmp_path: Path) -> None:
    resources = resources_with_config(tmp_path, ["oil"])
    (resources / "styles" / "oil.jpg").touch()
    assert load_catalog(tmp_path, resources).style("built-in", "oil").thumbnail is not None


def test_published_indices_give_strength_and_steps(catalog: Catalog) -> None:
    style = catalog.style(SD15, "pixel-art")
    assert (style.strength, style.steps) == (0.5, 2)


def test_words_take_their_place_in_the_prompt(catalog: Catalog) -> None:
    felted = catalog.style(SD15, "felted")
    assert felted.prompt_for(" a fox ") == "masterpiece, best quality, felted, a fox"
    assert felted.prompt_for("") == "masterpiece, best quality, felted"


@pytest.mark.parametrize(("model", "style"), [("no such", "comic"), ("built-in", "no such")])
def test_an_unknown_name_is_refused_with_what_there_is(
    catalog: Catalog, model: str, style: str
) -> None:
    with pytest.raises(SettingError, match=r"comic|live2diff-sd15"):
        catalog.style(model, style)


def test_an_unknown_style_to_blend_with_is_refused(catalog: Catalog) -> None:
    with pytest.raises(SettingError, match="'fog'"):
        catalog.check("built-in", LiveSettings(style="comic", blend=Blend("fog", 0.5)))


def test_every_published_part_is_pinned_to_a_commit(catalog: Catalog) -> None:
    assert [part.name for part in catalog.model(SD15).components if not part.pinned] == []


@pytest.mark.parametrize(
    ("name", "checkpoint", "loras", "prompt", "indices", "versions"),
    [
        ("cartoon-3d", "disneyPixarCartoon_v10", (), GENERAL, (30, 36, 42), (69832,)),
        (
            "felted", "revAnimated_v2RebirthVAE", (("kFeltedReV", 1.0),),
            "masterpiece, best quality, felted, {},", (25, 34, 43), (428862, 86739),
        ),
        (
            "moxin-ink", "3Guofeng3_v34", (("MoXinV1", 0.7),),
            "shukezouma, negative space, shuimobysim, official art, extremely detailed CG, "
            "unity 8k wallpaper, chinese ink painting, {}", (30, 36, 42), (106289, 14856),
        ),
        (
            "origami", "helloartdoor_V122p", (("ral-origami-sd15", 1.0),),
            "(masterpiece),best quality, a origami paper of {}", (30, 36, 42), (270085, 266928),
        ),
        (
            "pixel-art", "aziibpixelmix_v10", (),
            "(masterpiece), best quality, {}", (25, 37), (220049,),
        ),
        ("toonyou", "toonyou_beta6", (), GENERAL, (25, 31, 37, 43), (125771,)),
    ],
)  # fmt: skip
def test_the_six_styles_are_those_that_were_published(
    catalog: Catalog,
    name: str,
    checkpoint: str,
    loras: tuple[tuple[str, float], ...],
    prompt: str,
    indices: tuple[int, ...],
    versions: tuple[int, ...],
) -> None:
    style = catalog.style(SD15, name)
    files = {part.name: Path(part.files[0].path).stem for part in style.components}
    assert files[style.checkpoint] == checkpoint
    assert tuple((files[use.component], use.scale) for use in style.loras) == loras
    assert (style.prompt, style.indices, style.clip_skip) == (prompt, indices, 2)
    assert tuple(part.civitai for part in style.components) == versions
    assert style.source == "civitai.com"
    assert style.licence
    assert all(part.licence.url for part in style.components)


def test_the_users_own_style_joins_the_list_and_survives_the_round_trip(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    felted = load_catalog(tmp_path).style(SD15, "felted")
    own = replace(felted, name="my-felt", title="Mein Filz")
    write_style(own, tmp_path / "styles" / "my-felt.json")
    assert load_catalog(tmp_path).style(SD15, "my-felt") == replace(own, users_own=True)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"name": "x"}',
        '{"name": "../x", "title": "", "model": "built-in"}',
        '{"name": "x", "title": "", "model": "no such"}',
        '{"name": "comic", "title": "", "model": "built-in"}',
        '{"name": "x", "title": "", "model": "built-in", "indices": [40, 30]}',
        '{"name": "x", "title": "", "model": "built-in", "clip_skip": 99}',
        '{"name": "x", "title": "", "model": "built-in", "checkpoint": "unheard-of"}',
        "[" * 100_000,
    ],
)
def test_a_broken_style_of_the_users_is_left_out_and_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "bad.json").write_text(content)
    catalog = load_catalog(tmp_path)
    assert len(catalog.problems) == 1
    assert not any(style.users_own for style in catalog.styles)


def test_a_part_cannot_name_a_file_outside_its_folder(tmp_path: Path) -> None:
    part: dict[str, object] = {"name": "p", "title": "", "role": "lora"}
    part |= {"licence": {"name": ""}, "files": [{"path": "../../.bashrc"}]}
    style = {"name": "x", "title": "", "model": SD15, "parts": [part]}
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "x.json").write_text(json.dumps(style))
    assert "not a valid file name" in str(load_catalog(tmp_path).problems[0])


def test_a_model_without_words_takes_no_prompt() -> None:
    assert not StyleEntry("plain", "Plain", "built-in").takes_prompt


def test_the_store_leaves_torch_out() -> None:
    code = "import sys, engine.model_store.catalog; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_style_file_of_an_older_version_still_opens(tmp_path: Path) -> None:
    licence = {"name": "MIT", "url": ""}
    part: dict[str, object] = {"name": "fox", "title": "Fox", "role": "lora", "licence": licence}
    part |= {"files": [{"path": "fox.safetensors"}]}
    style = {"name": "fox", "title": "Fox", "model": SD15, "loras": [{"part": "fox"}]}
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "fox.json").write_text(json.dumps({**style, "parts": [part]}))
    found = load_catalog(tmp_path).style(SD15, "fox")
    assert [use.component for use in found.loras] == ["fox"]
    assert [component.name for component in found.components] == ["fox"]


def test_every_built_in_style_says_what_was_measured_of_faces(catalog: Catalog) -> None:
    found = {style.name: style.recognisable for style in catalog.styles_of("built-in")}
    looks = {found.pop(name) for name in ("anime", "manga", "storybook", "hero")}
    assert looks == {Recognisable.PARTLY}
    assert set(found.values()) == {Recognisable.YES}
    unmeasured = {style.recognisable for style in catalog.styles_of(SD15)}
    assert unmeasured == {Recognisable.UNKNOWN}


def test_the_model_card_has_the_same_words_for_each_style(catalog: Catalog) -> None:
    card = (RESOURCES / "models" / "built_in" / "MODEL_CARD.md").read_text(encoding="utf-8")
    faces = card.partition("### Faces")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in faces.splitlines() if line.startswith("| ")]
    said = {row[0]: row[-1] for row in rows[1:]}
    assert said == {style.name: style.recognisable.value for style in catalog.styles_of("built-in")}


def test_a_style_of_the_users_own_cannot_claim_anything_about_faces(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    style = {"name": "x", "title": "X", "model": SD15, "recognisable": "partly", "faces": True}
    (tmp_path / "styles" / "x.json").write_text(json.dumps(style))
    found = load_catalog(tmp_path).style(SD15, "x")
    assert found.recognisable is Recognisable.UNKNOWN
    assert not found.faces


@pytest.mark.parametrize("size", [0.9, 1.9])
def test_a_look_draws_eyes_within_the_range_of_the_setting(size: float) -> None:
    with pytest.raises(SettingError, match="eye size"):
        StyleEntry("x", "X", "built-in", faces=True, eye_size=size)


KEPT = ["comic", "anime", "oil", "ink"]


@pytest.fixture
def without_poster_and_neon(tmp_path: Path) -> Catalog:
    return load_catalog(tmp_path, resources_with_config(tmp_path / "resources", KEPT))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (LiveSettings("poster", seed=3), LiveSettings("comic", seed=3), "poster.*comic is used"),
        (LiveSettings("oil", Blend("neon", 0.4)), LiveSettings("oil", Blend("ink", 0.4)), "neon"),
        (
            LiveSettings("neon", Blend("poster", 0.4)),
            LiveSettings("ink", Blend("comic", 0.4)),
            "styles neon and poster have been removed; ink and comic are used",
        ),
        (LiveSettings("comic", Blend("poster", 0.4)), LiveSettings("comic"), "poster"),
        (LiveSettings("poster", Blend("poster", 0.4)), LiveSettings("comic"), "style poster"),
    ],
)
def test_the_nearest_style_takes_the_place_of_a_removed_one(
    without_poster_and_neon: Catalog, before: LiveSettings, after: LiveSettings, told: str
) -> None:
    live, removed = without_poster_and_neon.with_current_styles("built-in", before)
    assert live == after
    assert removed is not None
    assert re.search(told, removed.message)
    without_poster_and_neon.check("built-in", live)


@pytest.mark.parametrize("style", ["anime", "ink", "never was"])
def test_a_style_that_is_there_or_never_was_stays_as_it_is(catalog: Catalog, style: str) -> None:
    live = LiveSettings(style, Blend("pencil", 0.5))
    assert catalog.with_current_styles("built-in", live) == (live, None)


def test_what_is_removed_of_one_model_is_not_removed_of_another(catalog: Catalog) -> None:
    live = LiveSettings("poster")
    assert catalog.with_current_styles(SD15, live) == (live, None)


def test_a_style_of_the_users_own_may_take_the_name_of_a_removed_one(tmp_path: Path) -> None:
    resources = resources_with_config(tmp_path / "resources", KEPT)
    (tmp_path / "styles").mkdir()
    write_style(StyleEntry("poster", "Poster", "built-in"), tmp_path / "styles" / "poster.json")
    live = LiveSettings("poster")
    catalog = load_catalog(tmp_path, resources)
    assert catalog.with_current_styles("built-in", live) == (live, None)


def test_every_successor_is_a_style_that_stays(catalog: Catalog) -> None:
    for model in catalog.models:
        present = {style.name for style in catalog.styles_of(model.name)}
        assert set(model.retired.values()) <= present - set(model.retired)


def test_styles_that_draw_faces_have_their_looks_own_eye_size(catalog: Catalog) -> None:
    drawing = [style for style in catalog.styles_of("built-in") if style.faces]
    assert drawing
    for style in drawing:
        assert style.eye_size == look_named(style.name).eye_size
