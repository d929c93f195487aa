"""TensorRT's part, with a stand-in for the library that keeps the program as it is."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.export import ExportedProgram

from engine.errors import DeviceError
from engine.model.acceleration.background_compile import (
    BackgroundCompiler,
    CompiledFn,
    CompiledForward,
)
from engine.model.acceleration.engine_cache import EngineCache
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.tensorrt import TensorRTCompiler, TorchTensorrt, check_cache, key_of
from engine.model.network import kv_storage as slots
from engine.model.network.mkldnn_packing import set_weight
from engine.settings import CachePrecision
from tests.engine.model.sampling.test_stream import Setting

LOTS = 1 << 40


@pytest.fixture(autouse=True)
def _as_on_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_has_weighted_bags", lambda _: False)
    monkeypatch.setattr(slots, "_kernel_reads", lambda _: False)


@dataclass
class StandIn:
    """Counts what is built; an "engine" is the program itself."""

    built: list[tuple[int, ...]] = field(default_factory=list)
    loaded: int = 0

    def compile(self, program: ExportedProgram, inputs: Sequence[Tensor]) -> nn.Module:
        kinds = {spec.kind.name for spec in program.graph_signature.output_specs}
        assert kinds == {"USER_OUTPUT"}, "an engine can change nothing in place"
        self.built.append(tuple(inputs[0].shape))
        return program.module()

    def save(self, module: nn.Module, path: Path, inputs: Sequence[Tensor]) -> None:
        torch.export.save(torch.export.export(module, tuple(inputs)), path)

    def load(self, path: Path) -> CompiledFn:
        self.loaded += 1
        form: CompiledFn = torch.export.load(path).module()
        return form


def prepared(streamed: Setting, build: TensorRTCompiler) -> CompiledForward:
    """Have the form made that streaming one by one takes."""
    streamed.spec = BackgroundCompiler(build)(streamed.spec)
    forward = streamed.spec.forward
    assert isinstance(forward, CompiledForward)
    streamed.stream(batched=False)
    forward.wait(100.0)
    return forward


@torch.inference_mode()
def test_engines_give_the_same_frames_and_are_built_once(tmp_path: Path) -> None:
    library = StandIn()
    for times in (1, 2):
        streamed = setting(steps=2)
        expected = streamed.stream(batched=False)
        forward = prepared(
            streamed, TensorRTCompiler(library, EngineCache(tmp_path), lambda _: LOTS)
        )
        assert 1 in forward._compiled
        torch.testing.assert_close(streamed.stream(batched=False), expected)
        assert (len(library.built), library.loaded) == (1, times)


def test_what_is_traced_has_the_weights_but_not_the_modules_of_the_stream() -> None:
    network = FunctionalUNet(setting().spec.unet)
    apart = network.clone_for_tracing()
    own, shared = dict(network.named_parameters()), dict(apart.named_parameters())
    assert own.keys() == shared.keys()
    assert all(shared[name] is weight for name, weight in own.items())
    assert not set(map(id, network.modules())) & set(map(id, apart.modules()))


def key(setting: Setting) -> str:
    """That of the engine for a setting's first full window."""
    keys: list[str] = []

    def note(network: FunctionalUNet, inputs: tuple[Tensor, ...]) -> CompiledFn:
        keys.append(key_of(network, inputs))
        return network

    setting.spec = BackgroundCompiler(note)(setting.spec)
    setting.stream(batched=False)
    assert isinstance(setting.spec.forward, CompiledForward)
    setting.spec.forward.wait(100.0)
    return keys[0]


def setting(steps: int = 1, size: tuple[int, int] = (2, 3)) -> Setting:
    return Setting(steps=steps, size=size, frames=18)


@torch.inference_mode()
def test_another_style_size_version_or_card_has_an_engine_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    styled = setting()
    name = "conv_in.weight"
    set_weight(styled.unet, name, styled.unet.get_parameter(name) + 1e-6)
    keys = {key(setting()), key(styled), key(setting(size=(3, 3)))}
    for place, other in (
        ("engine.model.acceleration.tensorrt.version_of", lambda _: "99"),
        ("engine.model.acceleration.tensorrt.card_of", lambda _: "another card"),
    ):
        monkeypatch.setattr(place, other)
        keys.add(key(setting()))
    assert len(keys) == 5


@torch.inference_mode()
def test_a_prompt_and_a_schedule_need_no_other_engine() -> None:
    other = setting(steps=3)
    text = torch.ones(1, 3, 8, dtype=torch.double)
    timesteps = [level.timestep for level in other.levels]
    other.spec = replace(other.spec, conditioning=other.unet.condition(timesteps, text))
    assert key(other) == key(setting())


@torch.inference_mode()
def test_weights_that_change_meanwhile_leave_no_engine(tmp_path: Path) -> None:
    streamed = setting()

    class Meddling(StandIn):
        def save(self, module: nn.Module, path: Path, inputs: Sequence[Tensor]) -> None:
            path.write_bytes(b"of other weights")
            set_weight(
                streamed.unet, "conv_in.bias", streamed.unet.get_parameter("conv_in.bias") + 1.0
            )

    folder = EngineCache(tmp_path)
    forward = prepared(streamed, TensorRTCompiler(Meddling(), folder, lambda _: LOTS))
    assert 1 not in forward._compiled
    assert list(tmp_path.glob("*.ep")) == []


@torch.inference_mode()
def test_without_room_nothing_is_built_and_the_stream_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library, streamed = StandIn(), setting()
    expected = streamed.stream(batched=False)
    forward = prepared(streamed, TensorRTCompiler(library, EngineCache(tmp_path), lambda _: 1000))
    assert 1 not in forward._compiled
    assert not library.built
    assert "GB" in caplog.text
    torch.testing.assert_close(streamed.stream(batched=False), expected)


def test_a_window_in_8_bits_is_refused() -> None:
    check_cache(CachePrecision.SAME)
    with pytest.raises(DeviceError, match="own precision"):
        check_cache(CachePrecision.INT8)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, ModuleType | None], None]:
    """Pretend that torch-tensorrt is installed and needs this torch."""

    def install(need: str, module: ModuleType | None) -> None:
        monkeypatch.setattr(metadata, "requires", lambda _: [need])
        monkeypatch.setitem(sys.modules, "torch_tensorrt", module)

    return install


def test_a_library_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> list[str] | None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", missing)
    with pytest.raises(DeviceError, match="torch-tensorrt is not installed"):
        TorchTensorrt()


@pytest.mark.parametrize("need", ["torch<2.13,>=2.12", "torch>=99"])
def test_a_library_too_old_or_too_new_is_refused(
    installed: Callable[[str, ModuleType | None], None], need: str
) -> None:
    installed(need, ModuleType("torch_tensorrt"))
    with pytest.raises(DeviceError, match="torch-tensorrt is for torch"):
        TorchTensorrt()


def test_a_library_that_cannot_be_loaded_is_told(
    installed: Callable[[str, ModuleType | None], None],
) -> None:
    installed("torch>=2", None)  # an import of None fails, as one without its TensorRT does
    with pytest.raises(DeviceError, match="cannot be loaded"):
        TorchTensorrt()


def test_the_library_is_called_by_its_own_names(
    installed: Callable[[str, ModuleType | None], None], tmp_path: Path
) -> None:
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def noting(name: str, result: object = None) -> Callable[..., object]:
        def call(*args: Any, **kwargs: Any) -> object:
            calls.append((name, args, kwargs))
            return result

        return call

    module, engines = ModuleType("torch_tensorrt"), nn.Identity()
    module.__dict__["dynamo"] = SimpleNamespace(compile=noting("compile", engines))
    module.__dict__["save"] = noting("save")
    module.__dict__["load"] = noting("load", SimpleNamespace(module=lambda: engines))
    installed("torch>=2", module)
    library, inputs = TorchTensorrt(), (torch.zeros(2),)
    program = torch.export.export(nn.Identity(), inputs)
    assert library.compile(program, inputs) is engines
    library.save(engines, tmp_path / "x.ep", inputs)
    assert library.load(tmp_path / "x.ep") is engines
    assert [name for name, _, _ in calls] == ["compile", "save", "load"]
    assert calls[0][1] == (program,)
    assert calls[0][2]["arg_inputs"] == [inputs[0]]
    assert calls[1][1][1] == calls[2][1][0] == str(tmp_path / "x.ep")
