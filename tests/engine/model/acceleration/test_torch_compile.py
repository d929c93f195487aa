"""One compilation serves every frame of a full window, and one recording every frame of a stream.

CUDA graphs are stood in for by a tape that plays back the very operations, on the very memory.
"""

import threading
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import torch
from torch import Tensor
from torch._dynamo.testing import CompileCounter
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from engine.model.acceleration.background_compile import (
    BackgroundCompiler,
    CompiledFn,
    CompiledForward,
)
from engine.model.acceleration.functional_unet import FunctionalUNet
from engine.model.acceleration.torch_compile import CapturedGraph, CudaGraphReplayer, torch_compiler
from engine.model.network import kv_storage as slots
from engine.model.network.mkldnn_packing import set_weight
from engine.model.sampling.stream import Stream
from engine.settings import CachePrecision
from tests.encoded import warmed_up
from tests.engine.model.sampling.test_stream import Setting

BOTH_ORDERS = pytest.mark.parametrize("batched", [False, True], ids=["one by one", "batch"])


@pytest.fixture(autouse=True)
def _as_on_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows are laid out as there, and no number of a tensor is looked at."""
    monkeypatch.setattr(slots, "_has_weighted_bags", lambda _: False)
    monkeypatch.setattr(slots, "_kernel_reads", lambda _: False)
    torch._dynamo.reset()


class Reading(TorchDispatchMode):
    """Refuses what would make a GPU wait, and notes each operation."""

    def __init__(self) -> None:
        super().__init__()
        self.operations: list[tuple[Any, Any, Any, Any]] = []

    def __torch_dispatch__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        assert "_local_scalar_dense" not in str(function), "a number was read"
        result = function(*args, **(kwargs or {}))
        self.operations.append((function, args, kwargs or {}, result))
        return result


@dataclass
class Tape:
    """Records as a CUDA graph does: operations with their addresses, and no Python at all."""

    recordings: int = 0
    plays: int = 0
    lengths: list[int] = field(default_factory=list)

    def __call__(self, work: Callable[[], Tensor]) -> CapturedGraph:
        with Reading() as reading:
            result = work()
        self.recordings += 1
        self.lengths.append(len(reading.operations))
        return CapturedGraph(result, lambda: self._play(reading))

    def _play(self, reading: Reading) -> None:
        self.plays += 1
        for function, args, kwargs, place in reading.operations:
            found = function(*args, **kwargs)
            for old, new in zip(tree_leaves(place), tree_leaves(found), strict=True):
                if isinstance(old, Tensor) and old.data_ptr() != new.data_ptr():
                    old.copy_(new)


def as_it_is(network: FunctionalUNet, _: tuple[Tensor, ...]) -> CompiledFn:
    return network


def at_once(setting: Setting, preparer: BackgroundCompiler) -> CompiledForward:
    """Prepare a setting's network, and have the forms of both orders made before frames come."""
    setting.spec = preparer(setting.spec)
    prepared = setting.spec.forward
    assert isinstance(prepared, CompiledForward)
    for batched in (False, True)[: len(setting.levels)]:
        setting.stream(batched=batched)
        prepared.wait(100.0)
    return prepared


@torch.inference_mode()
@BOTH_ORDERS
@pytest.mark.parametrize("form", CachePrecision, ids=lambda form: form.value)
def test_the_pure_pass_gives_the_same_frames(form: CachePrecision, batched: bool) -> None:
    setting = Setting(steps=2)
    expected = setting.stream(batched=batched, cache=form)
    at_once(setting, BackgroundCompiler(as_it_is))
    found = setting.stream(batched=batched, cache=form)
    # in 8 bits a frame sees itself exactly, and is rounded only for those after it
    tolerance = 1e-9 if form is CachePrecision.SAME else 0.1
    torch.testing.assert_close(found, expected, rtol=0.0, atol=tolerance)


@torch.inference_mode()
def test_one_compilation_serves_every_row_slot_and_stream() -> None:
    setting, counter = Setting(steps=3, size=(2, 3)), CompileCounter()
    expected = [setting.stream(batched=batched) for batched in (False, True)]
    prepared = at_once(setting, torch_compiler(None, backend=counter))  # type: ignore[arg-type]
    assert 1 in prepared._compiled
    assert 3 in prepared._compiled
    for batched, wanted in zip((False, True), expected, strict=True):
        for _ in range(2):
            torch.testing.assert_close(setting.stream(batched=batched), wanted)
    assert counter.frame_count == 2  # one row, and a whole batch; its end is an exception
    assert 2 not in prepared._compiled
    assert not prepared.compiling


@torch.inference_mode()
@BOTH_ORDERS
def test_a_recorded_stream_gives_the_same_frames(batched: bool) -> None:
    setting, tape = Setting(steps=2, frames=40), Tape()
    expected = setting.stream(batched=batched)
    at_once(setting, BackgroundCompiler(as_it_is, lambda: CudaGraphReplayer(tape)))
    tape.recordings = tape.plays = 0
    torch.testing.assert_close(setting.stream(batched=batched), expected)
    # windows are full after 16 frames; from then on each step is played, or each batch; its end
    # has a row less
    assert tape.recordings == 2
    assert tape.plays >= 24
    assert min(tape.lengths) > 100


@torch.inference_mode()
def test_a_prompt_and_another_stream_have_recordings_of_their_own() -> None:
    setting, tape = Setting(steps=1), Tape()
    at_once(setting, BackgroundCompiler(as_it_is, lambda: CudaGraphReplayer(tape)))
    text = torch.randn(1, 3, 8, dtype=torch.double)
    timesteps = [level.timestep for level in setting.levels]
    prompted = setting.unet.condition(timesteps, text)
    plain = replace(setting.spec, conditioning=prompted, forward=None)
    assert setting.spec.forward is not None
    first = setting.stream(batched=False)
    other = plain.with_forward(setting.spec.forward)
    for spec, expected in ((other, None), (setting.spec, first)):
        before, setting.spec = setting.spec, plain
        wanted = setting.stream(batched=False) if expected is None else expected
        setting.spec, tape.recordings = spec, 0
        torch.testing.assert_close(setting.stream(batched=False), wanted)
        assert tape.recordings == 1
        setting.spec = before


@torch.inference_mode()
def test_a_recording_goes_with_its_window() -> None:
    setting, tape = Setting(steps=1), Tape()
    at_once(setting, BackgroundCompiler(as_it_is, lambda: CudaGraphReplayer(tape)))
    stream, frames = Stream(setting.spec), setting.frames()
    warmed_up(stream, frames[:8])
    for frame in frames[8:20]:
        stream.step(frame)
    stored = weakref.ref(next(iter(stream._cache.tensors())))
    assert stored() is not None
    del stream
    assert stored() is None


@torch.inference_mode()
def test_other_weights_are_never_played_from_an_old_recording() -> None:
    setting, tape = Setting(steps=1), Tape()
    preparer = BackgroundCompiler(as_it_is, lambda: CudaGraphReplayer(tape))
    old = at_once(setting, preparer)
    running = setting.spec
    name = "conv_in.weight"
    set_weight(setting.unet, name, setting.unet.get_parameter(name) * 1.5)
    assert not old.current
    new = preparer(setting.spec).forward
    assert new is not old
    setting.spec = replace(running, forward=None)
    expected = setting.stream(batched=False)
    setting.spec, tape.plays = running, 0  # a stream that fades out, its weights changed under it
    torch.testing.assert_close(setting.stream(batched=False), expected)
    assert tape.plays == 0


@torch.inference_mode()
def test_where_nothing_can_be_recorded_the_form_is_called_itself() -> None:
    def fail(_: Callable[[], Tensor]) -> CapturedGraph:
        raise RuntimeError("operation not permitted when stream is capturing")

    setting = Setting(steps=1)
    expected = setting.stream(batched=False)
    at_once(setting, BackgroundCompiler(as_it_is, lambda: CudaGraphReplayer(fail)))
    torch.testing.assert_close(setting.stream(batched=False), expected)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    gate = threading.Event()
    yield gate
    gate.set()


@torch.inference_mode()
def test_the_network_itself_goes_on_until_and_unless_there_is_a_form(gate: threading.Event) -> None:
    def fail(_network: FunctionalUNet, _: tuple[Tensor, ...]) -> CompiledFn:
        gate.wait(10.0)
        raise RuntimeError("no compiler")

    setting = Setting(steps=1, frames=18)
    expected = setting.stream(batched=False)
    setting.spec = BackgroundCompiler(fail)(setting.spec)
    prepared = setting.spec.forward
    assert isinstance(prepared, CompiledForward)
    torch.testing.assert_close(setting.stream(batched=False), expected)
    assert prepared.compiling
    gate.set()
    prepared.wait(10.0)
    assert 1 not in prepared._compiled
    torch.testing.assert_close(setting.stream(batched=False), expected)
    assert not prepared.compiling  # it is not tried again and again


@torch.inference_mode()
def test_forms_of_the_two_latest_networks_stay() -> None:
    settings, preparer = [Setting(steps=1) for _ in range(3)], BackgroundCompiler(as_it_is)
    made = [at_once(setting, preparer) for setting in settings]
    assert [1 in prepared._compiled for prepared in made] == [False, True, True]
    assert preparer(settings[2].spec).forward is made[2]
