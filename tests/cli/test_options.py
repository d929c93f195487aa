"""Every mistake in the options is found before work begins, in one sentence with a remedy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cli.options import RunOptions, job_of, parse_blend
from engine.errors import EngineError
from engine.frames import Size
from engine.model_store.catalog import load_catalog
from engine.settings import (
    Behind,
    Blend,
    CachePrecision,
    Character,
    Composition,
    Interpolation,
    Precision,
    Styled,
)
from engine.video.sinks.file import FileSink
from engine.video.sinks.metadata import provenance_of
from engine.video.sinks.recorder import Recorder

DEMO = RunOptions(input="demo", output="none", model="built-in")


def test_what_is_left_out_follows_from_the_model() -> None:
    job = job_of(DEMO)
    assert (job.live.style, job.live.steps, job.live.strength) == ("anime", 1, 1.0)
    assert (job.output, job.automatic, job.build.size) == (None, True, Size(512, 512))
    assert not job.realtime


def test_what_is_given_is_taken() -> None:
    job = job_of(
        replace(DEMO, style="ink", blend="oil:0.25", strength=0.5, steps=3, size="1280x720", seed=9)
    )
    assert (job.live.style, job.live.blend) == ("ink", Blend("oil", 0.25))
    assert (job.live.strength, job.live.steps, job.live.seed) == (0.5, 3, 9)
    assert (job.output, job.automatic) == (Size(1280, 720), True)
    fixed = job_of(replace(DEMO, size="auto", engine_size="640x360"))
    assert (fixed.output, fixed.automatic, fixed.build.size) == (None, False, Size(640, 360))
    assert job_of(replace(DEMO, cache=CachePrecision.INT8)).build.cache is CachePrecision.INT8
    exact = job_of(replace(DEMO, precision=Precision.FLOAT32))
    assert exact.build.precision is Precision.FLOAT32


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"style": "baroque"}, "no style 'baroque'.*comic"),
        ({"model": "huge"}, "no model 'huge'.*built-in"),
        ({"strength": 0.1}, "Strength is 0.1.*0.2"),
        ({"strength": 1.5}, "Strength is 1.5"),
        ({"steps": 0}, "steps is 0"),
        ({"steps": 9}, "steps is 9"),
        ({"size": "big"}, "'big' is not a valid size.*WIDTHxHEIGHT"),
        ({"size": "511x512"}, "cannot be 511x512.*even"),
        ({"size": "512x16"}, "height is 16"),
        ({"size": "5120x512"}, "width is 5120"),
        ({"engine_size": "big"}, "'big' is not a valid size.*WIDTHxHEIGHT"),
        ({"engine_size": "510x512"}, "width 510.*multiples of 8"),
        ({"engine_size": "512x16"}, "height 16"),
        ({"seed": -1}, "seed is -1"),
        ({"blend": "ink"}, "'ink' is not a valid blend.*NAME:WEIGHT"),
        ({"blend": "ink:much"}, "not a valid blend"),
        ({"blend": "ink:2"}, "weight of the blend is 2"),
        ({"blend": "nothing:0.5"}, "no style 'nothing'"),
        ({"frames": 0}, "at least 1"),
        ({"loop": True}, "--frames"),
        ({"prompt": "a cat"}, "takes no prompt"),
        ({"input": "missing.mp4"}, "no file missing.mp4"),
        ({"eye_size": 2.0}, "eye size is 2"),
        ({"blush": -1.0}, "Blush is -1"),
        ({"line_weight": 9.0}, "line weight is 9"),
        ({"eye_colour": "bluish"}, "'bluish' is not a colour.*#RRGGBB"),
        ({"hair_colour": "#12345"}, "'#12345' is not a colour"),
        ({"style": "oil", "hair_colour": "blond"}, "oil draws no faces, so --hair-colour has no"),
        ({"interpolation": Interpolation.TO_30}, "live streams only.*Leave out --interpolate"),
    ],
)
def test_a_mistake_is_one_sentence_with_a_remedy(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(EngineError, match=said) as caught:
        job_of(replace(DEMO, **wrong))  # type: ignore[arg-type]
    assert caught.value.remedy


def test_a_removed_style_is_taken_for_the_nearest_one_and_that_is_said() -> None:
    told: list[EngineError] = []
    job = job_of(replace(DEMO, style="poster"), told.append)
    assert job.live.style == "comic"
    assert [warning.message for warning in told] == [
        "The style poster has been removed; comic is used instead."
    ]


def test_a_style_that_is_there_is_no_news() -> None:
    told: list[EngineError] = []
    assert job_of(replace(DEMO, style="pencil"), told.append).live.style == "pencil"
    assert told == []


@pytest.fixture
def drawing_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    """The style ink draws faces."""
    catalog = load_catalog()
    styles = tuple(replace(style, faces=style.name == "ink") for style in catalog.styles)
    drawing = replace(catalog, styles=styles)
    monkeypatch.setattr("cli.options.load_catalog", lambda: drawing)


CHOSEN = {"eye_size": 1.6, "eye_colour": "Blue", "hair_colour": "#ff0010", "blush": 0.0}


@pytest.mark.parametrize("styles", [{"style": "ink"}, {"style": "oil", "blend": "ink:0.5"}])
@pytest.mark.usefixtures("drawing_ink")
def test_a_character_is_taken_where_a_style_draws_it(styles: dict[str, str]) -> None:
    job = job_of(replace(DEMO, **styles, **CHOSEN, line_weight=1.5))  # type: ignore[arg-type]
    assert job.live.character == Character(1.6, (62, 118, 196), (255, 0, 16), 0.0, 1.5)


@pytest.mark.usefixtures("drawing_ink")
def test_a_character_that_nobody_draws_names_the_styles_that_would() -> None:
    with pytest.raises(EngineError, match="oil draws no faces") as caught:
        job_of(replace(DEMO, style="oil", eye_size=1.2))
    assert "ink" in caught.value.remedy


@pytest.mark.parametrize(
    ("styled", "behind", "wanted"),
    [
        (Styled.PERSON, "as-styled", Composition(Styled.PERSON)),
        (Styled.EVERYTHING, "Blurred", Composition(behind=Behind.BLURRED)),
        (Styled.ROOM, "blue", Composition(Styled.ROOM, Behind.COLOUR, colour=(62, 118, 196))),
        (Styled.PERSON, "#0000fa", Composition(Styled.PERSON, Behind.COLOUR, colour=(0, 0, 250))),
    ],
)
def test_who_is_styled_and_what_is_behind_them_is_taken(
    styled: Styled, behind: str, wanted: Composition
) -> None:
    assert job_of(replace(DEMO, styled=styled, behind=behind)).live.composition == wanted


def test_a_picture_behind_you_is_read_before_the_work_begins(tmp_path: Path) -> None:
    path = tmp_path / "beach.png"
    with pytest.raises(EngineError, match=r"'beach.png' cannot be read.*JPEG or PNG"):
        job_of(replace(DEMO, behind=str(path)))
    path.write_bytes(b"no picture")
    with pytest.raises(EngineError, match=r"'beach.png' cannot be read"):
        job_of(replace(DEMO, behind=str(path)))
    with pytest.raises(EngineError, match="it is not a file"):
        job_of(replace(DEMO, behind=str(tmp_path)))
    Image.new("RGB", (4, 3)).save(path)
    composition = job_of(replace(DEMO, behind=str(path))).live.composition
    assert composition == Composition(behind=Behind.PICTURE, picture=str(path))


def test_auto_framing_is_for_any_input_and_interpolation_for_live_ones() -> None:
    assert not job_of(DEMO).live.auto_framing
    assert job_of(DEMO).live.interpolation is Interpolation.OFF
    assert job_of(replace(DEMO, auto_framing=True)).live.auto_framing
    camera = replace(DEMO, input="camera:0", interpolation=Interpolation.TO_60)
    assert job_of(camera).live.interpolation.fps == 60.0


def test_files_say_what_is_unstyled_in_them() -> None:
    live = job_of(replace(DEMO, styled=Styled.ROOM, behind="blue")).live
    settings = provenance_of("built-in", live, None).settings
    assert (settings["styled"], settings["behind"]) == ("room", "#3e76c4")
    plain = provenance_of("built-in", job_of(DEMO).live, None).settings
    assert not {"styled", "behind"} & set(plain)


def test_files_name_both_styles_of_a_blend() -> None:
    live = job_of(replace(DEMO, style="ink", blend="oil:0.25")).live
    made = provenance_of("built-in", live, Size(512, 320))
    assert (made.style, made.settings["blend"]) == ("ink", "oil 0.25")
    assert made.settings["engine_size"] == "512x320"
    assert "prompt" not in made.settings


def test_the_output_may_not_be_the_input(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"x")
    with pytest.raises(EngineError, match="is the input file"):
        job_of(replace(DEMO, input=str(clip), output=str(clip)))
    assert clip.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("source", "output", "kind", "realtime"),
    [("demo", "out.mp4", FileSink, False), ("camera:0", "out.mp4", Recorder, True)],
)
def test_live_sources_are_recorded_and_files_are_written_whole(
    source: str, output: str, kind: type, realtime: bool
) -> None:
    job = job_of(replace(DEMO, input=source, output=output))
    assert isinstance(job.sinks[0], kind)
    assert job.realtime is realtime


def test_a_style_name_may_hold_a_colon() -> None:
    assert parse_blend("mine:soft:0.5") == Blend("mine:soft", 0.5)
