import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from cli import benchmark as command
from cli.benchmark import benchmark
from engine.errors import EngineError
from engine.evaluation import reports, speed
from engine.evaluation.machine import this_machine
from engine.evaluation.reports import stored_fps
from engine.frames import Size
from engine.model.hardware import tuning as accelerate
from engine.model.translator import DiffusionTranslator
from engine.settings import BuildSettings, LiveSettings
from tests.tiny_model import SIZE, tiny_translator


@pytest.fixture(autouse=True)
def a_tiny_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One size, one and two steps, a tiny model, and a data folder of its own."""

    def tiny(_build: BuildSettings, live: LiveSettings) -> DiffusionTranslator:
        return tiny_translator(tmp_path / "model", live)

    monkeypatch.setattr(command, "build_translator", tiny)
    for module in (speed, command):
        monkeypatch.setattr(module, "SIZES", (SIZE,))
        monkeypatch.setattr(module, "STEPS", (1, 2))
        monkeypatch.setattr(module, "OUTPUTS", (Size(128, 96),))
    monkeypatch.setattr(reports, "data_dir", lambda: tmp_path / "data")
    monkeypatch.setattr(accelerate, "cache_dir", lambda: tmp_path / "cache")


def test_the_table_and_the_recommendation_are_printed() -> None:
    console = Console(record=True, width=200, quiet=False)
    benchmark(0.1, console)
    text = console.export_text()
    assert "64x64" in text
    assert "Recommended: 64x64, 1 step on cpu by " in text
    assert "128x96" in text


def test_the_result_is_kept_where_the_window_reads_it(tmp_path: Path) -> None:
    assert stored_fps(SIZE) is None
    benchmark(0.1, Console(quiet=True))
    kept = json.loads((tmp_path / "data" / "benchmark.json").read_text())
    rates = [s["fps"] for s in kept["speeds"] if s["steps"] == 1 and s["output"] is None]
    assert stored_fps(SIZE) == max(rates) > 0
    assert {s["accelerator"] for s in kept["speeds"]} >= {"eager"}
    assert stored_fps(Size(512, 512)) is None
    assert kept["recommended"]["size"] == "64x64"
    assert {s["output"] for s in kept["speeds"]} == {None, "128x96"}
    assert kept["machine"]["cores"] >= 1


@pytest.mark.parametrize(("load", "kept"), [(0.0, False), (1.5, True)])
def test_an_idle_machine_looks_anew_for_what_is_quickest(
    load: float, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = tmp_path / "cache" / "choices.json"
    choices.parent.mkdir()
    choices.write_text('{"once": "measured"}')
    machine = replace(this_machine(), load=load)
    monkeypatch.setattr(command, "this_machine", lambda: machine)
    benchmark(0.1, Console(quiet=True))
    assert choices.exists() is kept


def test_a_broken_file_counts_as_not_measured(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "benchmark.json").write_text("{")
    assert stored_fps(SIZE) is None


def test_no_time_to_measure_in_is_refused() -> None:
    with pytest.raises(EngineError, match="number of seconds"):
        benchmark(0.0, Console(quiet=True))
