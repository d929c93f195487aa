"""The table next to the authors' figures, with a stand-in for a graphics card and the model."""

from pathlib import Path

import pytest
from rich.console import Console

from cli import benchmark_sd15 as comparison
from cli.benchmark_sd15 import compare
from engine.accelerators import COMPILE, TENSORRT, XFORMERS, DeviceInfo
from engine.errors import DeviceError
from engine.evaluation import speed
from engine.frames import Size
from engine.model_store.manage import ModelStatus
from engine.settings import BuildSettings, LiveSettings
from tests.engine.evaluation.test_timing import Slow

CARD, CPU = DeviceInfo("cuda:0", "A card", 1 << 34), DeviceInfo("cpu", "CPU", 1 << 34)
SEEN: list[tuple[BuildSettings, LiveSettings]] = []


class Compiled(Slow):
    """A translator for which nothing is compiled."""

    preparing = False


def build(settings: BuildSettings, live: LiveSettings) -> Compiled:
    """A translator that does nothing; xformers is not installed."""
    if settings.accelerator == XFORMERS:
        raise DeviceError("xformers is not installed.", "Install it.")
    SEEN.append((settings, live))
    return Compiled()


@pytest.fixture(autouse=True)
def _a_card(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    SEEN.clear()
    monkeypatch.setattr(comparison, "list_devices", lambda: [CARD, CPU])
    monkeypatch.setattr(comparison, "build_translator", build)
    monkeypatch.setenv("LIVE2DIFF_MODELS", str(tmp_path))
    status = ModelStatus("live2diff-sd15", "Live2Diff", True, 0, (), False)
    monkeypatch.setattr(comparison, "list_models", lambda _: (status,))


def printed() -> tuple[str, int]:
    """What is printed, and how many speeds come out."""
    console = Console(record=True, width=160, quiet=False)
    speeds = compare(0.02, console)
    return console.export_text(), len(speeds)


def test_both_sizes_stand_beside_the_authors_figures() -> None:
    text, count = printed()
    assert count == 6
    rows = [line for line in text.splitlines() if TENSORRT in line]
    assert [("512x512" in row, "16.43" in row) for row in rows] == [(True, True), (False, False)]
    assert "768x512" in rows[1]
    assert "12.15" in rows[1]
    assert "RTX 4090" in text
    plain = next(line for line in text.splitlines() if "eager" in line)
    assert "6.91" in plain  # without TensorRT
    assert {(str(b.size), live.steps) for b, live in SEEN} == {("512x512", 2), ("768x512", 2)}
    assert {b.device for b, _ in SEEN} == {"cuda:0"}


def test_an_accelerator_that_cannot_be_had_is_told_and_left_out() -> None:
    text, _ = printed()
    assert "xformers at 512x512: xformers is not installed. Install it." in text


def test_what_is_made_in_the_background_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([True] * 5)
    slow = Compiled()
    monkeypatch.setattr(Compiled, "preparing", property(lambda _: next(answers, False)))
    size = Size(64, 64)
    settings = BuildSettings("live2diff-sd15", size, "cuda:0", COMPILE)
    measured = speed.measure(slow, settings, 2, 0.02)
    assert next(answers, None) is None
    assert measured.fps > 0.0


def test_without_the_model_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "list_models", lambda _: ())
    text, count = printed()
    assert count == 0
    assert "python main.py models download live2diff-sd15" in text


def test_without_a_card_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "list_devices", lambda: [CPU])
    assert printed() == ("", 0)
