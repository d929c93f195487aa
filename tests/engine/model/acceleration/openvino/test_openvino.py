"""OpenVINO gives what PyTorch gives, and keeps its maker out of it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.accelerators import AUTO, EAGER, OPENVINO, OPENVINO_GPU
from engine.errors import DeviceError
from engine.frames import Frame, Pixels, Size
from engine.model import factory as build
from engine.model.acceleration.background_compile import CompiledForward
from engine.model.acceleration.base import AccelerationTarget
from engine.model.acceleration.engine_cache import EngineCache
from engine.model.acceleration.openvino import graph as openvino_graph
from engine.model.acceleration.openvino import inference as openvino_form
from engine.model.acceleration.openvino import runtime as openvino_runtime
from engine.model.acceleration.openvino import takeover
from engine.model.acceleration.openvino.inference import (
    OpenVinoAutoencoder,
    OpenVinoCallable,
)
from engine.model.acceleration.openvino.runtime import units_present
from engine.model.acceleration.openvino.stream import OpenVinoStream
from engine.model.acceleration.openvino.takeover import (
    RacedAutoencoder,
    RacedForward,
    taken_over_live,
)
from engine.model.acceleration.openvino.target import OpenVinoTarget
from engine.model.acceleration.registry import ACCELERATORS, choose_accelerator
from engine.model.network.autoencoder import SmallAutoencoder
from engine.model.styles.built_in import RANGES, load_built_in
from engine.model.styles.style_model import StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.model.trial_run import latent_shape
from engine.settings import BuildSettings, LiveSettings
from tests.engine.doubles import step
from tests.tiny_model import SETTINGS, tiny_model, write_tiny_model

CPU = torch.device("cpu")
SIZE = Size(72, 64)
EXACT = OpenVinoTarget("CPU", torch.float32, {}, threads=1)

needs_openvino = pytest.mark.skipif("CPU" not in units_present(), reason="needs OpenVINO")
pytestmark = pytest.mark.openvino


def moving(count: int) -> list[Pixels]:
    """Pictures of a shifting texture."""
    texture = np.random.default_rng(0).integers(0, 256, (SIZE.height, 128, 3), np.uint8)
    return [np.ascontiguousarray(texture[:, i : i + SIZE.width]) for i in range(count)]


def stream_of(
    model: StyleModel, settings: LiveSettings, pictures: list[Pixels], *, batched: bool = False
) -> list[Pixels]:
    """The results, each form waited for as soon as it is asked for."""
    hardware = Hardware(CPU, batched)
    translator = DiffusionTranslator(model, SIZE, settings, hardware)
    made = []
    for number, pixels in enumerate(pictures):
        made += [styled.pixels for styled in step(translator, Frame(pixels, number, 0.0))]
        forward = model.stream_spec(settings).forward
        if isinstance(forward, CompiledForward):
            forward.wait()
    return made


def by_openvino(model: StyleModel, unit: OpenVinoTarget) -> StyleModel:
    """The same model, worked out by OpenVINO."""
    autoencoder = OpenVinoAutoencoder(model.small_autoencoder, unit)
    return replace(model, autoencoder=autoencoder, accelerate=OpenVinoStream(unit))


def loaded_by_openvino(folder: Path) -> StyleModel:
    """A built-in model, as the program loads it for this accelerator."""
    [accelerator] = [each for each in ACCELERATORS if each.name == OPENVINO]
    build_settings = BuildSettings(size=SIZE)
    target = AccelerationTarget(
        CPU, torch.float32, build_settings, SETTINGS, calibration=folder / RANGES
    )
    return accelerator.accelerate(load_built_in(folder, CPU, torch.float32), target)


@needs_openvino
@pytest.mark.parametrize(("steps", "rows"), [(1, 1), (2, 1), (2, 2)])
def test_a_stream_by_openvino_is_the_eager_one(tmp_path: Path, steps: int, rows: int) -> None:
    settings = LiveSettings(style="comic", steps=steps)
    eager = load_built_in(write_tiny_model(tmp_path), CPU, torch.float32)
    model = by_openvino(eager, EXACT)
    expected, made = (stream_of(m, settings, moving(26), batched=rows > 1) for m in (eager, model))
    forward = model.stream_spec(settings).forward
    assert isinstance(forward, CompiledForward)
    assert rows in forward._compiled
    for a, b in zip(expected, made, strict=True):
        assert int(np.abs(a.astype(int) - b.astype(int)).max()) <= 1


@needs_openvino
def test_rounded_to_bytes_pictures_stay_close_to_the_eager_ones(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path)
    eager = load_built_in(folder, CPU, torch.float32)
    rounded = loaded_by_openvino(folder)
    expected, made = (stream_of(m, SETTINGS, moving(22)) for m in (eager, rounded))
    difference = np.stack(expected).astype(float) - np.stack(made)
    assert 0.0 < float((difference**2).mean()) < 255**2 / 10**3.6


@needs_openvino
def test_bytes_are_asked_for_where_ranges_are_known_and_only_there() -> None:
    network = nn.Sequential(nn.Conv2d(3, 3, 1), nn.Conv2d(3, 3, 1))
    x = torch.rand(1, 3, 4, 4)
    whole = OpenVinoCallable(network, [x], EXACT)(x)[0]
    unit = replace(EXACT, ranges={"0": (0.0, 0.5)})
    cut = OpenVinoCallable(network, [x], unit)(x)[0]
    with torch.no_grad():
        assert torch.allclose(whole, network(x), atol=1e-5)
        assert torch.allclose(cut, network(x.clamp(max=0.5)), atol=2e-2)


@needs_openvino
def test_a_form_reads_inputs_anew_and_keeps_no_result() -> None:
    form = OpenVinoCallable(nn.ReLU(), [torch.zeros(1, 2, 3, 4)], EXACT)
    x = torch.ones(1, 2, 3, 4)
    first = form(x)[0]
    x.mul_(2)
    assert torch.equal(form(x)[0], torch.full_like(x, 2.0))
    assert torch.equal(first, torch.ones_like(x))
    turned = torch.rand(1, 3, 4, 2).permute(0, 3, 1, 2)
    assert torch.equal(form(turned)[0], turned)


@needs_openvino
def test_activations_with_slopes_of_any_size_are_the_eager_ones() -> None:
    acts = nn.PReLU(4), nn.PReLU(2)
    network = nn.Sequential(nn.Conv2d(3, 4, 1), acts[0], nn.Conv2d(4, 2, 1), acts[1])
    x = torch.randn(1, 3, 6, 10)
    with torch.no_grad():
        acts[0].weight.copy_(torch.tensor([-0.8, 0.0, 0.25, 1.8]))
        acts[1].weight.copy_(torch.tensor([1.0, -1.0]))
        expected = network(x)
    assert torch.allclose(OpenVinoCallable(network, [x], EXACT)(x)[0], expected, atol=1e-5)


@needs_openvino
def test_an_input_that_was_copied_is_read_anew() -> None:
    """Its memory and shape may be those of the one before, and its numbers others."""
    form = OpenVinoCallable(nn.ReLU(), [torch.zeros(1, 2, 3, 4)], EXACT)
    turned = torch.rand(1, 3, 4, 2).permute(0, 3, 1, 2)
    assert torch.equal(form(turned)[0], turned)
    turned.add_(1.0)
    assert torch.equal(form(turned)[0], turned)


@needs_openvino
def test_pictures_may_come_channels_last_or_not() -> None:
    picture = torch.rand(1, 3, 4, 5)
    by_pixel = picture.contiguous(memory_format=torch.channels_last)
    network = nn.Conv2d(3, 2, 1)
    with torch.no_grad():
        expected = network(picture)
    for example in (picture, by_pixel):
        form = OpenVinoCallable(network, [example], EXACT)
        for given in (picture, by_pixel):
            assert torch.allclose(form(given)[0], expected, atol=1e-5)


@needs_openvino
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_latent_comes_pixel_by_pixel(dtype: torch.dtype) -> None:
    network = nn.Conv2d(4, 8, 3, padding=1)
    x = torch.rand(1, 4, 6, 10).to(dtype)
    made = OpenVinoCallable(network, [x], replace(EXACT, dtype=dtype))(x)[0]
    assert made.dtype is dtype
    assert made.is_contiguous(memory_format=torch.channels_last)
    with torch.no_grad():
        assert torch.allclose(made.float(), network(x.float()), atol=2e-2)


@needs_openvino
def test_the_structure_input_of_a_streamed_frame_is_the_eager_one(tmp_path: Path) -> None:
    unet = tiny_model(tmp_path).stream_spec(SETTINGS).unet
    structure = torch.randn(1, 4, 8, 8)
    with torch.inference_mode():
        made = openvino_form.OpenVinoStructure(unet, EXACT)(structure)
        assert torch.allclose(made, unet.flow_conv_in(structure), atol=1e-5)


@needs_openvino
def test_no_latent_is_turned_on_its_way_into_a_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the graph was made with: turned twice, a latent costs as much as a convolution."""
    settings = BuildSettings(size=SIZE, accelerator=OPENVINO)
    translator = build.build_translator(settings, LiveSettings(style="comic"))
    work, turned = OpenVinoCallable.__call__, []

    def watched(form: OpenVinoCallable, *tensors: Tensor) -> list[Tensor]:
        for tensor, by_pixel in zip(tensors, form._by_pixel, strict=True):
            if tensor.shape[-2:] == latent_shape(SIZE):
                lies = tensor.permute(0, 2, 3, 1).is_contiguous()
                turned.append(not (by_pixel and lies))
        return work(form, *tensors)

    for number, pixels in enumerate(moving(20)):
        if number == 16:
            monkeypatch.setattr(OpenVinoCallable, "__call__", watched)
        step(translator, Frame(pixels, number, 0.0))
    translator.close()
    assert len(turned) >= 3 * 4
    assert not any(turned)


@needs_openvino
def test_a_picture_made_beside_a_stream_leaves_its_graphs_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = loaded_by_openvino(write_tiny_model(tmp_path))
    translator = DiffusionTranslator(model, SIZE, SETTINGS, Hardware(CPU))
    called: list[Tensor] = []
    monkeypatch.setattr(openvino_form.OpenVinoStructure, "__call__", lambda _, x: called.append(x))
    for _ in translator.render_still(moving(1)[0], SETTINGS):
        pass
    assert not called


@needs_openvino
def test_a_graph_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = replace(EXACT, folder=EngineCache(tmp_path))
    network, x = nn.Conv2d(3, 2, 1), torch.rand(1, 3, 4, 5)
    first = OpenVinoCallable(network, [x], unit)(x)[0]
    made: list[nn.Module] = []
    monkeypatch.setattr(openvino_graph, "_graph", lambda module, *_: made.append(module))
    assert torch.equal(OpenVinoCallable(network, [x], unit)(x)[0], first)
    assert not made


@needs_openvino
def test_a_kept_graph_that_openvino_does_not_take_is_made_anew(tmp_path: Path) -> None:
    """Such as one made on a processor of the same name that knows more instructions."""
    folder = EngineCache(tmp_path)
    unit, x = replace(EXACT, folder=folder), torch.rand(1, 3, 4, 5)
    network = nn.Conv2d(3, 2, 1)
    first = OpenVinoCallable(network, [x], unit)(x)[0]
    (kept,) = tmp_path.glob("*.ep")

    def spoil(path: Path) -> None:
        path.write_bytes(b"of another processor")

    folder.add(kept.stem, spoil)
    assert torch.equal(OpenVinoCallable(network, [x], unit)(x)[0], first)
    assert kept.stat().st_size > 100


@needs_openvino
@pytest.mark.parametrize("part", ["weights", "shape", "layout", "ranges"])
def test_another_network_or_input_has_a_graph_of_its_own(tmp_path: Path, part: str) -> None:
    folder = EngineCache(tmp_path)
    network, x = nn.Sequential(nn.Conv2d(3, 2, 1)), torch.rand(1, 3, 4, 5)
    unit = replace(EXACT, folder=folder)
    OpenVinoCallable(network, [x], unit)
    if part == "weights":
        nn.init.zeros_(network.get_parameter("0.weight"))
    elif part == "shape":
        x = torch.rand(1, 3, 5, 4)
    elif part == "layout":
        x = x.contiguous(memory_format=torch.channels_last)
    else:
        unit = replace(unit, ranges={"0": (0.0, 0.1)})
    made = OpenVinoCallable(network, [x], unit)(x)[0]
    anew = OpenVinoCallable(network, [x], replace(unit, folder=None))(x)[0]
    assert torch.allclose(made, anew, atol=1e-6)
    assert len(list(tmp_path.glob("*.ep"))) == 2


@needs_openvino
def test_a_full_disk_only_costs_the_keeping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(openvino_graph, "_write", full)
    x = torch.rand(1, 3, 4, 5)
    unit = replace(EXACT, folder=EngineCache(tmp_path))
    assert torch.equal(OpenVinoCallable(nn.ReLU(), [x], unit)(x)[0], x)


@needs_openvino
def test_openvino_is_loaded_without_the_part_that_tells_its_maker() -> None:
    code = (
        "from engine.model.acceleration.openvino.runtime import units_present as u; u();"
        "from openvino.tools.ovc import telemetry_utils as t; print(t.tm.__name__)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "openvino.tools.ovc.telemetry_stub"


def test_a_second_graphics_chip_is_the_same_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    core = SimpleNamespace(available_devices=["CPU", "GPU.0", "GPU.1", "NPU"])
    library = SimpleNamespace(Core=lambda: core)
    monkeypatch.setattr(openvino_runtime, "find_spec", lambda name: name)
    monkeypatch.setattr(openvino_runtime, "load_openvino", lambda: library)
    assert units_present() == ("CPU", "GPU", "NPU")
    monkeypatch.setattr(openvino_runtime, "find_spec", lambda _: None)
    assert units_present() == ()


def test_graphics_take_whole_numbers_of_half_precision_and_no_bytes() -> None:
    unit = OpenVinoTarget.of("GPU", torch.float32, {"a": (0.0, 1.0)})
    assert unit.settings["INFERENCE_PRECISION_HINT"] == "f16"
    assert unit.ranges == {}


def test_what_was_never_run_is_not_chosen_unasked() -> None:
    every = [each for each in ACCELERATORS if each.name in (EAGER, OPENVINO_GPU)]
    assert choose_accelerator(AUTO, every).name == EAGER


@needs_openvino
def test_a_stream_begins_at_once_and_is_taken_over_unseen(tmp_path: Path) -> None:
    eager = load_built_in(write_tiny_model(tmp_path), CPU, torch.float32)
    model = taken_over_live(eager, EXACT)
    expected, made = (stream_of(m, SETTINGS, moving(26)) for m in (eager, model))
    forward = model.stream_spec(SETTINGS).forward
    assert isinstance(forward, RacedForward)
    assert 1 in forward._compiled
    forward._race.best = 1
    again = stream_of(model, SETTINGS, moving(26))
    for a, b, c in zip(expected, made, again, strict=True):
        assert int(np.abs(a.astype(int) - b.astype(int)).max()) <= 1
        assert int(np.abs(a.astype(int) - c.astype(int)).max()) <= 1


@needs_openvino
def test_where_openvino_fails_while_it_runs_the_stream_goes_on_without_it_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(takeover, "_GIVEN_UP", {})
    eager = load_built_in(write_tiny_model(tmp_path), CPU, torch.float32)
    model = taken_over_live(eager, EXACT)
    expected, _ = (stream_of(m, SETTINGS, moving(26)) for m in (eager, model))
    forward = model.stream_spec(SETTINGS).forward
    assert isinstance(forward, RacedForward)
    forward._race.best = 1

    def gone(*_: object) -> None:
        raise RuntimeError("the device is gone")

    monkeypatch.setattr(OpenVinoCallable, "__call__", gone)
    made = stream_of(model, SETTINGS, moving(26))
    for a, b in zip(expected, made, strict=True):
        assert int(np.abs(a.astype(int) - b.astype(int)).max()) <= 1
    assert caplog.text.count("RuntimeError: the device is gone") == 1
    assert taken_over_live(eager, EXACT) is eager


@needs_openvino
def test_nothing_is_compiled_before_a_live_stream_begins(tmp_path: Path) -> None:
    folder, told = write_tiny_model(tmp_path), list[object]()
    [accelerator] = [each for each in ACCELERATORS if each.name == OPENVINO]
    target = AccelerationTarget(
        CPU,
        torch.float32,
        BuildSettings(size=SIZE, at_once=True),
        SETTINGS,
        calibration=folder / RANGES,
        on_progress=told.append,
    )
    model = accelerator.accelerate(load_built_in(folder, CPU, torch.float32), target)
    assert isinstance(model.autoencoder, RacedAutoencoder)
    assert told == []


def test_what_openvino_cannot_take_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no rule for aten::new\nand a long tale")

    monkeypatch.setattr(openvino_form, "OpenVinoCallable", fail)
    coded = OpenVinoAutoencoder(SmallAutoencoder(), EXACT)
    with pytest.raises(DeviceError, match=r"no rule for aten::new\.") as told:
        coded.encode(torch.zeros(1, 3, 16, 16, dtype=torch.uint8))
    assert "another accelerator" in told.value.remedy
