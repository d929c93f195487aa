"""Whatever can be known to fail is told in one sentence before a model is loaded."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from cli.options import RunOptions, job_of
from engine.errors import EngineError
from engine.settings import Precision
from engine.video.film.probe import open_film
from engine.video.sinks.target import check_target
from tests.engine.video.clips import greys, write_clip

DEMO = RunOptions(input="demo", output="none", model="built-in")


def refused(**changes: object) -> str:
    with pytest.raises(EngineError) as caught:
        job_of(replace(DEMO, **changes))  # type: ignore[arg-type]
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("", "No file to write is named"),
        ("out.gif", "not a video format"),
        ("out", "not a video format"),
        ("nowhere/out.mp4", "There is no folder"),
        ("folder.mp4", "is a folder"),
        ("dangling.mp4", "There is no folder"),
        (f"{'影' * 90}.mp4", "is too long"),
        ("file.txt/out.mp4", "There is no folder"),
        ("protected.mp4", "is protected against writing"),
        ("/dev/null", "not a video format"),
        ("pipe.mp4", "not an ordinary file"),
    ],
)
def test_where_nothing_can_be_written_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.mp4").mkdir()
    Path("file.txt").touch()
    Path("dangling.mp4").symlink_to("gone/film.mp4")
    Path("protected.mp4").touch(mode=0o444)
    os.mkfifo("pipe.mp4")
    before = sorted(tmp_path.iterdir())
    assert said in refused(output=output)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_may_not_be_entered_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(EngineError, match="not allowed to write"):
        check_target(tmp_path / "out.mp4")
    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(EngineError, match="not allowed to read"):
        open_film(tmp_path / "in.mp4")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", None, "No input is named"),
        ("gone.mp4", None, "There is no file"),
        ("text.mp4", b"words", "not a video"),
        (f"{'影' * 90}.mp4", None, "cannot be opened"),
    ],
)
def test_what_cannot_be_read_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes | None, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if data is not None:
        Path(name).write_bytes(data)
    assert said in refused(input=name)


@pytest.mark.parametrize(
    "name", ["12:30 call.mp4", "Title [id] :cat:.mp4", "a'b\"c\nd.mp4", "%d.mp4"]
)
def test_a_file_of_any_name_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_clip(tmp_path / "clip.mp4", greys(3)).rename(tmp_path / name)
    job = job_of(replace(DEMO, input=name, output=f"new {name}"))
    assert job.input.source == name


def test_options_that_exclude_each_other_are_told(tmp_path: Path) -> None:
    assert "Only a file can be looped" in refused(input="camera:0", loop=True)
    assert "A loop never ends" in refused(loop=True)
    clip = write_clip(tmp_path / "clip.mp4", greys(3))
    assert "is the input file" in refused(input=str(clip), output=f"{tmp_path}/./clip.mp4")
    (tmp_path / "link.mp4").symlink_to(clip)
    assert "is the input file" in refused(input=str(clip), output=str(tmp_path / "link.mp4"))
    assert "would replace a video" in refused(input=str(clip), report=clip)
    assert "report cannot be written" in refused(report=tmp_path)


def test_a_precision_that_a_processor_lacks_is_told() -> None:
    message = refused(device="cpu", precision=Precision.FLOAT16)
    assert message == (
        "A processor cannot compute in float16. "
        "Leave the precision at auto, or choose bfloat16 or float32."
    )


def test_what_this_computer_lacks_is_told() -> None:
    assert "no device 'cuda:7'" in refused(device="cuda:7")
    assert "accelerator 'warp' is not available" in refused(accelerator="warp")


def test_a_seed_is_told_with_all_its_digits() -> None:
    assert "The seed is 4294967296, but must lie between 0 and 4294967295." in refused(seed=2**32)
