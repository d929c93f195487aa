"""Devices by name, their precision, and threads that share the CPU."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from engine.accelerators import DeviceInfo
from engine.errors import DeviceError
from engine.hardware import estimate_cpu_fps
from engine.model.hardware import devices
from engine.model.hardware.devices import choose_device, choose_dtype, list_devices
from engine.model.hardware.threads import ImmediateExecutor, cpu_threads, share_cpu
from engine.model.hardware.threads import single_thread_executor as executor
from engine.settings import BuildSettings, Precision


@pytest.fixture
def two_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with two NVIDIA cards."""
    monkeypatch.setattr("torch.cuda.device_count", lambda: 2)
    monkeypatch.setattr("torch.cuda.mem_get_info", lambda index: ((index + 1) << 30, 8 << 30))
    monkeypatch.setattr("torch.cuda.get_device_name", lambda index: f"Card {index}")
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: False)


@pytest.fixture
def apple(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cuda.device_count", lambda: 0)
    monkeypatch.setattr("torch.backends.mps.is_available", lambda: True)


@pytest.fixture
def threads_as_before() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_the_cpu_is_always_there_and_always_the_last() -> None:
    last = list_devices()[-1]
    assert last.name == "cpu"
    assert last.title == f"CPU, {cpu_threads()} threads"
    assert (last.free_bytes or 0) > 0


@pytest.mark.usefixtures("two_cards")
def test_every_card_is_listed_with_its_free_memory() -> None:
    assert list_devices()[:2] == [
        DeviceInfo("cuda:0", "Card 0", 1 << 30),
        DeviceInfo("cuda:1", "Card 1", 2 << 30),
    ]


@pytest.mark.usefixtures("two_cards")
@pytest.mark.parametrize(
    ("name", "chosen"),
    [("auto", "cuda:0"), ("cuda", "cuda:0"), ("cuda:1", "cuda:1"), ("cpu", "cpu")],
)
def test_a_device_is_chosen_by_its_name(name: str, chosen: str) -> None:
    assert str(choose_device(name)) == chosen


@pytest.mark.usefixtures("apple")
def test_an_apple_gpu_is_the_best_of_its_computer() -> None:
    assert str(choose_device("auto")) == "mps"


@pytest.mark.usefixtures("two_cards")
@pytest.mark.parametrize("name", ["cuda:2", "mps", "", "CPU", "vulkan"])
def test_a_device_that_is_not_here_is_refused_and_never_replaced(name: str) -> None:
    with pytest.raises(DeviceError) as caught:
        choose_device(name)
    assert caught.value.message == f"This computer has no device {name!r}."
    assert caught.value.remedy == "Choose one of: cuda:0, cuda:1, cpu."


@pytest.mark.parametrize(
    ("device", "wanted", "dtype"),
    [
        ("cuda:0", Precision.FLOAT16, torch.float16),
        ("mps", Precision.FLOAT16, torch.float16),
        *((device, Precision.BFLOAT16, torch.bfloat16) for device in ("cpu", "cuda:0", "mps")),
        *((device, Precision.FLOAT32, torch.float32) for device in ("cpu", "cuda:0", "mps")),
    ],
)
def test_a_precision_that_is_asked_for_is_used(
    device: str, wanted: Precision, dtype: torch.dtype
) -> None:
    assert choose_dtype(torch.device(device), wanted) is dtype


def test_a_processor_that_is_to_compute_in_float16_says_that_it_cannot() -> None:
    with pytest.raises(DeviceError, match="cannot compute in float16"):
        choose_dtype(torch.device("cpu"), Precision.FLOAT16)


@pytest.mark.parametrize("device", ["cuda:0", "mps"])
def test_graphics_cards_compute_in_half_precision(device: str) -> None:
    assert choose_dtype(torch.device(device)) is torch.float16


@pytest.mark.parametrize(
    ("able", "dtype"),
    [
        ({"avx512_bf16": True}, torch.bfloat16),
        ({"amx_bf16": True}, torch.bfloat16),
        ({"avx2": True}, torch.float32),
        ({}, torch.float32),
    ],
)
def test_a_cpu_computes_in_half_precision_only_where_it_multiplies_so(
    able: dict[str, bool], dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cpu.get_capabilities", lambda: able)
    assert choose_dtype(torch.device("cpu")) is dtype


@pytest.mark.parametrize(
    ("able", "exact"), [({"avx512_vnni": True}, True), ({"avx2": True}, False), ({}, False)]
)
def test_whether_int8_sums_are_exact_depends_on_the_cpu(
    able: dict[str, bool], exact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cpu.get_capabilities", lambda: able)
    assert devices.adds_int8_exactly() is exact


def test_the_built_in_model_needs_no_warning_on_a_cpu() -> None:
    assert estimate_cpu_fps(BuildSettings(), steps=1) is None


def test_work_at_once_is_done_when_it_is_submitted() -> None:
    done = ImmediateExecutor().submit(max, 2, 5)
    assert done.done()
    assert done.result() == 5


@pytest.mark.parametrize("separate", [True, False])
def test_a_failure_is_raised_to_whoever_reads_the_result(separate: bool) -> None:
    with executor("worker", separate=separate) as worker:
        failed = worker.submit(int, "x")
        with pytest.raises(ValueError, match="invalid literal"):
            failed.result()


@pytest.mark.usefixtures("threads_as_before")
def test_an_overlapped_thread_leaves_half_of_the_cpu_to_another() -> None:
    whole = cpu_threads()
    share_cpu(overlapped=False)
    assert torch.get_num_threads() == whole
    if whole > 1:
        share_cpu(overlapped=True)
        assert torch.get_num_threads() == whole // 2
