import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest
from av.video.stream import VideoStream
from rich.console import Console

from cli import evaluate as command
from cli.evaluate import evaluate
from cli.options import EvaluateOptions
from engine.errors import EngineError
from engine.evaluation.quality import Quality, mean_quality
from engine.frames import Size
from engine.model.translator import DiffusionTranslator
from engine.settings import BuildSettings, LiveSettings
from tests.tiny_model import SIZE, frame, tiny_translator

FRAMES = 14
PLAIN_KEYS = {
    "warp_error", "input_warp_error", "warp_error_fresh_noise", "warp_error_same_noise",
    "structure_error", "sharpness", "fps", "latency_ms", "peak_memory_mb", "weights_mb",
}  # fmt: skip
TEACHERS_KEYS = {"warp_error_teacher", "structure_error_teacher", "sharpness_teacher"}


def write_clip(path: Path, frames: int = FRAMES) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(path, "w") as container:
        stream = container.add_stream("ffv1", rate=30)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "bgr0"
        for number in range(frames):
            pixels = frame(number, Size(96, 64)).pixels
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode())


@pytest.fixture
def request_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EvaluateOptions:
    """Two clips and a tiny model."""

    def tiny(_build: BuildSettings, live: LiveSettings) -> DiffusionTranslator:
        return tiny_translator(tmp_path / "model", live)

    monkeypatch.setattr(command, "build_translator", tiny)
    for name in ("one", "two"):
        write_clip(tmp_path / "clips" / f"{name}.mkv")
    return EvaluateOptions(
        tmp_path / "clips", tmp_path / "report.json", style="comic", size=str(SIZE)
    )


def changed(request: EvaluateOptions, **values: object) -> EvaluateOptions:
    return replace(request, **values)  # type: ignore[arg-type]


def report_of(request: EvaluateOptions) -> dict[str, Any]:
    evaluate(request, Console(quiet=True))
    report: dict[str, Any] = json.loads(request.report.read_text())
    return report


def test_the_report_has_every_figure_of_every_style_and_the_mean(
    request_for: EvaluateOptions,
) -> None:
    report = report_of(request_for)
    assert report["styles"]["comic"].keys() == PLAIN_KEYS
    assert report["mean"] == report["styles"]["comic"]


def test_the_table_and_the_shares_of_flicker_are_printed(request_for: EvaluateOptions) -> None:
    console = Console(record=True, width=200)
    evaluate(request_for, console)
    text = console.export_text()
    assert "comic" in text
    assert "of frame by frame with fresh noise" in text


def test_flicker_reduction_calms_the_stream_and_is_reported(request_for: EvaluateOptions) -> None:
    strong, none = (
        report_of(changed(request_for, flicker_reduction=share)) for share in (0.8, 0.0)
    )
    assert (strong["setting"]["flicker_reduction"], none["setting"]["flicker_reduction"]) == (
        0.8,
        0.0,
    )
    calm, plain = (report["styles"]["comic"] for report in (strong, none))
    assert calm["warp_error"] < plain["warp_error"]
    for alone in ("warp_error_fresh_noise", "warp_error_same_noise"):
        assert calm[alone] == plain[alone]


def test_what_is_measured_of_faces_is_printed() -> None:
    measured = dict.fromkeys(PLAIN_KEYS, 1.0)
    faces = {"face_like_photo": 0.91, "eyes_like_photo": 0.42, "eyes_like_drawing": 0.83}
    console = Console(record=True, width=200)
    console.print(command._table_of_faces({"anime": Quality(**measured, **faces)}))
    text = console.export_text()
    assert "0.91" in text
    assert "0.42 (0.83)" in text


def test_the_mean_is_over_the_styles_that_have_a_figure() -> None:
    measured = dict.fromkeys(PLAIN_KEYS, 1.0)
    styles = [Quality(**measured), Quality(**measured, blinks_followed=0.8)]
    assert mean_quality(styles).blinks_followed == 0.8
    assert mean_quality(styles).lips_followed is None


def test_a_removed_style_is_scored_as_the_one_in_its_place(request_for: EvaluateOptions) -> None:
    assert report_of(changed(request_for, style="poster"))["styles"].keys() == {"comic"}


def test_every_figure_is_a_measured_one(request_for: EvaluateOptions) -> None:
    figures = report_of(request_for)["styles"]["comic"]
    assert all(figures[key] > 0 for key in PLAIN_KEYS - {"weights_mb"})


def test_noise_that_is_new_at_each_frame_flickers_most(request_for: EvaluateOptions) -> None:
    figures = report_of(request_for)["styles"]["comic"]
    assert figures["warp_error_fresh_noise"] > figures["warp_error_same_noise"]


def test_a_teacher_that_is_the_input_has_the_inputs_warp_error(
    request_for: EvaluateOptions, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_clip(tmp_path / "teacher" / "comic" / f"{name}.mkv")
    figures = report_of(changed(request_for, teacher=tmp_path / "teacher"))["styles"]["comic"]
    assert figures.keys() == PLAIN_KEYS | TEACHERS_KEYS
    assert figures["warp_error_teacher"] == figures["input_warp_error"]
    assert figures["structure_error_teacher"] == pytest.approx(0.0, abs=1e-9)


def test_the_same_evaluation_gives_the_same_scores(request_for: EvaluateOptions) -> None:
    first, second = (report_of(request_for)["styles"]["comic"] for _ in range(2))
    scores = [key for key in PLAIN_KEYS if "error" in key or key == "sharpness"]
    assert [first[key] for key in scores] == [second[key] for key in scores]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"clips": Path("nowhere")}, "There is no folder nowhere"),
        ({"clips": Path("tests/golden")}, "There are no videos in"),
        ({"report": Path("nowhere/report.json")}, "cannot be written"),
        ({"model": "other"}, "no model 'other'"),
        ({"style": "other"}, "no style 'other'"),
        ({"size": "big"}, "'big' is not a valid size"),
        ({"size": "100x100"}, "The width 100 is not supported"),
        ({"depth_model": Path("nowhere.onnx")}, "depth model nowhere.onnx cannot be used"),
        ({"teacher": Path("nowhere")}, "The teacher has no comic/one"),
        ({"frames": 4}, "4 frames per clip are too few"),
    ],
)
def test_a_mistake_is_told_in_one_line_before_any_work(
    request_for: EvaluateOptions, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(EngineError, match=told) as error:
        report_of(changed(request_for, **wrong))
    assert "\n" not in str(error.value)
    assert not request_for.report.exists()


def test_a_clip_without_a_stream_to_time_is_refused(request_for: EvaluateOptions) -> None:
    write_clip(request_for.clips / "short.mkv", frames=9)
    with pytest.raises(EngineError, match=r"short\.mkv has only 9 frames"):
        report_of(request_for)


def test_a_teacher_shorter_than_the_clip_is_refused(
    request_for: EvaluateOptions, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write_clip(tmp_path / "teacher" / "comic" / f"{name}.mkv", frames=12)
    with pytest.raises(EngineError, match="shorter than the clip"):
        report_of(changed(request_for, teacher=tmp_path / "teacher"))
