"""One compilation serves every frame of a full window; until it is there, nothing waits."""

import threading

import pytest
import torch
from torch import Tensor
from torch._dynamo.testing import CompileCounter

from engine.frames import Size
from engine.model import slots
from engine.model.compiled import Compiler, Compiling
from engine.model.stream import Forward
from engine.model.temporal import MotionModule
from engine.model.window import WindowMemory
from engine.settings import CacheForm
from tests.engine.model.test_stream import Setting

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def _as_on_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_has_bags", lambda _: False)


@torch.inference_mode()
def test_the_window_moves_without_another_graph() -> None:
    torch.manual_seed(0)
    torch._dynamo.reset()
    module, counter = MotionModule(8, 2, 2).eval(), CompileCounter()
    compiled = torch.compile(module, backend=counter, fullgraph=True, dynamic=False)
    plain, moving = (WindowMemory(1, CPU, torch.float32) for _ in range(2))
    frames = torch.randn(30, 8, 3, 4)
    for memory in (plain, moving):
        memory.warm_up(0, 8)
        module(frames[:8], memory)
    for index in range(8, 30):
        for memory in (plain, moving):
            memory.push(slice(0, 1))
        expected: Tensor = module(frames[index : index + 1], plain)
        network = compiled if moving.settled else module
        torch.testing.assert_close(network(frames[index : index + 1], moving), expected)
    assert counter.frame_count == 1


@torch.inference_mode()
def test_the_network_itself_goes_on_until_and_unless_it_is_compiled() -> None:
    setting, may_end = Setting(steps=1, frames=18), threading.Event()

    def fail(_: Forward) -> None:
        may_end.wait(10.0)
        raise RuntimeError("no compiler")

    compiling = Compiling(setting.unet, fail, backend="eager")
    expected = setting.stream(batched=False)
    setting.recipe = setting.recipe.worked_by(compiling)
    torch.testing.assert_close(setting.stream(batched=False), expected)
    may_end.set()
    compiling.thread.join(10.0)
    assert not compiling.ready
    torch.testing.assert_close(setting.stream(batched=False), expected)


@torch.inference_mode()
def test_a_compiled_stream_gives_the_same_frames() -> None:
    torch._dynamo.reset()
    setting = Setting(steps=1, size=(2, 3), frames=19)
    expected = setting.stream(batched=False)
    compiler = Compiler(Size(24, 16), CacheForm.SAME, backend="eager")
    setting.recipe = compiler(setting.recipe)
    compiling = setting.recipe.forward
    assert isinstance(compiling, Compiling)
    compiling.thread.join(100.0)
    assert compiling.ready
    torch.testing.assert_close(setting.stream(batched=False), expected)
    assert compiler(setting.recipe).forward is compiling
