"""What is quickest here is measured once, and then stays."""

import time
from pathlib import Path

import pytest
import torch

from engine.accelerators import COMPILE, EAGER, accelerator_info
from engine.errors import DeviceError
from engine.frames import Size
from engine.model.acceleration.registry import (
    accelerators_for,
    choose_accelerator,
    describe_accelerators,
    list_accelerators,
)
from engine.model.factory import build_translator
from engine.model.hardware import tuning as accelerate
from engine.model.hardware.devices import choose_device, choose_dtype, list_devices
from engine.model.hardware.tuning import forget_choices, pick_fastest
from engine.settings import BuildSettings, LiveSettings, Precision
from tests.engine.doubles import step
from tests.tiny_model import frame


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(accelerate, "cache_dir", lambda: tmp_path)
    return tmp_path


def slow() -> None:
    time.sleep(0.02)


def quick() -> None:
    return None


def test_the_quickest_way_is_chosen_and_remembered() -> None:
    assert pick_fastest("thing", {"slow": slow, "quick": quick}) == "quick"
    assert pick_fastest("thing", {"slow": quick, "quick": slow}) == "quick"
    assert pick_fastest("another", {"slow": quick, "quick": slow}) == "slow"


def test_a_way_that_is_no_longer_there_is_forgotten() -> None:
    assert pick_fastest("thing", {"quick": quick}) == "quick"
    assert pick_fastest("thing", {"other": slow}) == "other"


def test_what_is_forgotten_is_measured_anew() -> None:
    forget_choices()
    assert pick_fastest("thing", {"slow": quick, "quick": slow}) == "slow"
    forget_choices()
    assert pick_fastest("thing", {"slow": slow, "quick": quick}) == "quick"


def test_a_memory_that_cannot_be_cleared_is_no_error(cache: Path) -> None:
    (cache / "choices.json").mkdir()
    forget_choices()
    assert pick_fastest("thing", {"slow": slow, "quick": quick}) == "quick"


def test_a_broken_memory_is_measured_anew(cache: Path) -> None:
    (cache / "choices.json").write_text("[")
    assert pick_fastest("thing", {"slow": slow, "quick": quick}) == "quick"


def test_a_memory_that_cannot_be_kept_is_done_without(cache: Path) -> None:
    (cache / "choices.json").mkdir()
    assert pick_fastest("thing", {"slow": slow, "quick": quick}) == "quick"


def test_eager_runs_everywhere() -> None:
    for device in ("cpu", "cuda", "mps"):
        assert EAGER in list_accelerators(torch.device(device))
    assert list_accelerators(torch.device("cuda")) == (EAGER,)


def test_what_was_never_run_on_its_hardware_is_marked() -> None:
    [plain] = describe_accelerators("cpu", "live2diff-sd15")
    assert (plain.name, plain.verified) == (EAGER, True)
    others = list_accelerators(torch.device("cuda"), "live2diff-sd15")[1:]
    assert COMPILE in others
    assert not any(accelerator_info(name).verified for name in others)


def test_an_unknown_accelerator_or_device_is_refused_by_name() -> None:
    with pytest.raises(DeviceError, match="warp"):
        choose_accelerator("warp", accelerators_for(torch.device("cpu")))
    with pytest.raises(DeviceError, match="abacus"):
        choose_device("abacus")
    assert list_devices()[-1].name == "cpu"


@pytest.mark.parametrize("precision", [Precision.BFLOAT16, Precision.FLOAT32])
def test_a_model_computes_in_the_numbers_asked_for(precision: Precision) -> None:
    build = BuildSettings(size=Size(64, 64), device="cpu", accelerator=EAGER, precision=precision)
    translator = build_translator(build, LiveSettings())
    results = [shown for n in range(10) for shown in step(translator, frame(n, build.size))]
    assert [shown.number for shown in results] == list(range(10))
    assert len({shown.pixels.tobytes() for shown in results}) == 10
    assert choose_dtype(torch.device("cpu"), precision) is getattr(torch, precision.value)
    translator.close()
