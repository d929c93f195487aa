"""How a start is reported: loading, measuring and compiling, each from nothing to its total."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engine.accelerators import AUTO, EAGER, OPENVINO
from engine.errors import MemoryShortError
from engine.events import Progress, ProgressKind
from engine.frames import Size
from engine.model import factory
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.factory import build_translator
from engine.model.hardware import tuning
from engine.model.styles.built_in import BuiltInFiles
from engine.settings import BuildSettings, LiveSettings

SIZE = Size(64, 64)


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tuning, "cache_dir", lambda: tmp_path)


def heard(accelerator: str, steps: int = 1, *, at_once: bool = False) -> list[Progress]:
    """What is reported while a translator is made."""
    seen: list[Progress] = []
    build = BuildSettings(size=SIZE, device="cpu", accelerator=accelerator, at_once=at_once)
    build_translator(build, LiveSettings(steps=steps), seen.append).close()
    return seen


def of_kind(seen: list[Progress], kind: ProgressKind) -> list[int]:
    """The counts of a kind; it must end with its total."""
    chosen = [progress for progress in seen if progress.kind is kind]
    assert chosen[-1].done == chosen[-1].total > 0
    return [progress.done for progress in chosen]


def test_loading_counts_every_tensor_from_nothing_to_the_total() -> None:
    seen = heard(EAGER)
    assert {progress.kind for progress in seen} == {ProgressKind.LOADING_MODEL}
    counts = of_kind(seen, ProgressKind.LOADING_MODEL)
    assert counts == list(range(counts[-1] + 1))


@pytest.mark.parametrize("steps", [1, 2])
def test_nothing_is_measured_before_a_stream_begins(steps: int) -> None:
    assert ProgressKind.MEASURING not in {each.kind for each in heard(AUTO, steps)}


def test_a_live_stream_waits_for_nothing_but_loading() -> None:
    seen = heard(AUTO, at_once=True)
    assert {progress.kind for progress in seen} == {ProgressKind.LOADING_MODEL}


@pytest.mark.openvino
@pytest.mark.skipif("CPU" not in units_present(), reason="needs OpenVINO")
def test_graphs_that_are_compiled_before_the_start_are_reported() -> None:
    seen = heard(OPENVINO)
    assert of_kind(seen, ProgressKind.COMPILING) == [0, 1, 0, 1]
    assert seen[0].kind is ProgressKind.LOADING_MODEL


def test_too_little_memory_is_the_users_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(BuiltInFiles, "load", full)
    with pytest.raises(MemoryShortError, match="not enough memory for Built-in at 64x64"):
        heard(EAGER)


def test_another_failure_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(factory, "_load", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        heard(EAGER)
