"""Reports: refused before the work where they could not be written, and read back after it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from engine.errors import SinkError
from engine.evaluation import machine, reports
from engine.evaluation.machine import this_machine
from engine.evaluation.reports import check_writable, stored_fps, weights_mb, write_report
from engine.frames import Size
from engine.model_store.catalog import load_catalog
from engine.model_store.installed import InstalledModels

SIZE = Size(512, 512)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reports, "data_dir", lambda: tmp_path)
    return tmp_path


def keep(data: Path, *rates: tuple[str, int, float]) -> None:
    speeds = [{"size": size, "steps": steps, "fps": fps} for size, steps, fps in rates]
    (data / "benchmark.json").write_text(json.dumps({"speeds": speeds}))


def test_a_report_can_go_into_any_folder_that_is_there(tmp_path: Path) -> None:
    check_writable(tmp_path / "report.json")
    write_report(tmp_path / "report.json", {"fps": 12.5})
    assert json.loads((tmp_path / "report.json").read_text()) == {"fps": 12.5}


@pytest.mark.parametrize("name", [".", "missing/report.json"])
def test_a_report_that_cannot_be_written_is_refused_early(tmp_path: Path, name: str) -> None:
    with pytest.raises(SinkError, match="cannot be written to") as caught:
        check_writable(tmp_path / name)
    assert caught.value.remedy.startswith("Choose a file in an existing folder")


def test_a_folder_without_rights_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SinkError, match="cannot be written to"):
        check_writable(tmp_path / "report.json")


def test_a_disk_that_fills_up_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reports, "write_json", full)
    with pytest.raises(SinkError, match="cannot be written: No space left on device"):
        write_report(tmp_path / "report.json", {})


def test_the_best_rate_of_a_size_is_kept(data: Path) -> None:
    keep(data, ("512x512", 1, 14.0), ("512x512", 1, 21.5), ("512x512", 2, 30.0))
    assert stored_fps(SIZE) == 21.5
    assert stored_fps(SIZE, steps=2) == 30.0


def test_a_size_that_was_not_measured_has_no_rate(data: Path) -> None:
    keep(data, ("256x256", 1, 60.0))
    assert stored_fps(SIZE) is None


@pytest.mark.parametrize("text", ["", "{", '{"speeds": 3}', '{"speeds": [{"size": 1}]}'])
def test_a_benchmark_that_cannot_be_read_was_never_made(data: Path, text: str) -> None:
    (data / "benchmark.json").write_text(text)
    assert stored_fps(SIZE) is None


def test_the_built_in_models_weights_are_counted(tmp_path: Path) -> None:
    catalog = load_catalog()
    model, style = catalog.model("built-in"), catalog.styles_of("built-in")[0]
    size = weights_mb(model, style, InstalledModels(tmp_path))
    assert model.folder is not None
    assert size == sum(p.stat().st_size for p in model.folder.glob("*.safetensors")) / 1e6 > 1


def test_a_model_that_is_not_here_weighs_nothing(tmp_path: Path) -> None:
    catalog = load_catalog()
    model, style = catalog.model("live2diff-sd15"), catalog.styles_of("live2diff-sd15")[0]
    assert weights_mb(model, style, InstalledModels(tmp_path)) == 0.0


def test_the_computer_is_described_by_what_bears_on_its_speed() -> None:
    found = this_machine("cpu")
    assert found.cores >= found.threads >= 1
    assert found.precision in {"float32", "bfloat16"}
    assert found.memory_gb > 0.1
    assert found.processor


def test_a_system_without_cpuinfo_names_its_processor_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "Path", lambda _: tmp_path / "cpuinfo")
    monkeypatch.setattr("platform.processor", lambda: "")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    assert machine._processor() == "arm64"
    (tmp_path / "cpuinfo").write_text("vendor\t: x\nmodel name\t: Fast CPU @ 3 GHz\n")
    assert machine._processor() == "Fast CPU @ 3 GHz"
