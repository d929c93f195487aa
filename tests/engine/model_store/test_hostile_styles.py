"""One bad style file is left out in a sentence, and stops neither the list nor anything else."""

import json
import os
from pathlib import Path

import pytest

from engine.model_store.catalog import load_catalog
from engine.model_store.manage import list_models, open_store
from tests.engine.model_store.test_catalog import SD15, resources_with_config

LORA = {
    "name": "strokes", "title": "Strokes", "role": "lora", "licence": {"name": "MIT"},
    "files": [{"path": "strokes.safetensors"}],
}  # fmt: skip
OWN = {
    "name": "own",
    "title": "Own",
    "model": SD15,
    "loras": [{"part": "strokes"}],
    "parts": [LORA],
}
HUGE = "1" + 400 * "0"


def own_style(before: str = "", after: str = "") -> str:
    """A valid style of the user's, with one piece of its text replaced."""
    text = json.dumps(OWN)
    assert before in text
    return text.replace(before, after)


@pytest.mark.parametrize(
    "text",
    [
        own_style('"title": "Own"', f'"title": "{900 * "x"}"'),
        own_style('"title": "Own"', '"title": "two\\nlines"'),
        own_style('"title": "Own"', '"title": "\\ud800"'),
        own_style('"part": "strokes"', f'"part": "strokes", "scale": {HUGE}'),
        own_style('"part": "strokes"', '"part": "strokes", "scale": NaN'),
        own_style('"part": "strokes"', '"part": "strokes", "scale": 1e308'),
        own_style('"strokes.safetensors"', f'"a", "size": {HUGE}'),
        own_style('"strokes.safetensors"', '"a", "size": -1000000000000'),
        own_style('"strokes.safetensors"', f'"{6000 * "a"}"'),
        own_style('"strokes.safetensors"', f'"{3000 * "a/"}b"'),
        own_style('"strokes.safetensors"', '"a\\u0000b"'),
        own_style('"strokes.safetensors"', '"C:evil"'),
        own_style('"strokes.safetensors"', '"installed.json"'),
        own_style('"strokes.safetensors"', f'"{200 * "猫"}"'),
        own_style(SD15, 6000 * "m"),
        own_style('"loras": [', f'"checkpoint": "{6000 * "c"}", "loras": ['),
        own_style('"loras": [', '"indices": [' + 5000 * "3," + '4], "loras": ['),
        90_000 * "[",
        90_000 * '{"a":',
    ],
)
def test_a_hostile_style_is_left_out_in_a_sentence_and_stops_nothing(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "a.json").write_text(text)
    (tmp_path / "styles" / "b.json").write_text(own_style())
    store = open_store(tmp_path)
    (problem,) = store.catalog.problems
    assert str(problem).isprintable()
    assert len(str(problem)) < 700
    assert f"{SD15}/own" in [status.name for status in list_models(store)]


def test_a_pipe_among_the_styles_holds_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    os.mkfifo(tmp_path / "styles" / "a.json")
    assert "not a file" in str(load_catalog(tmp_path).problems[0])


def test_a_folder_of_styles_that_cannot_be_listed_is_a_problem_alone(tmp_path: Path) -> None:
    (tmp_path / "styles").touch()
    catalog = load_catalog(tmp_path)
    assert "cannot be read" in str(catalog.problems[0])
    assert catalog.model("built-in")


def test_a_trained_style_with_an_impossible_name_is_left_out(tmp_path: Path) -> None:
    resources = resources_with_config(tmp_path, ["oil", 6000 * "x", 300 * "猫"])
    assert [style.name for style in load_catalog(tmp_path, resources).styles_of("built-in")] == [
        "oil"
    ]


@pytest.mark.parametrize("title", ["👩\u200d🎨 paints", "水墨\u3000画", 255 * "x"])
def test_a_title_may_be_anything_on_one_line(tmp_path: Path, title: str) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "a.json").write_text(own_style('"title": "Own"', f'"title": "{title}"'))
    assert load_catalog(tmp_path).style(SD15, "own").title == title
