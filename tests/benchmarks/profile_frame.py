"""Where each millisecond of a frame goes, and how far that is from what the cores can do.

    python -m tests.benchmarks.profile_frame [--size 512x512] [--output 1280x720] [--style comic]
        [--frames 40] [--steps 1] [--accelerator openvino]

Each part's time is the median over frames of a running stream, in processor time of one thread, so
that other programs count little. GFLOP are multiplications and additions of matrix products and
convolutions; the rate they give is set against the better of a large matrix product and a wide
3 x 3 convolution in the same precision, timed in the same run.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Annotated, Any
from unittest import mock

import numpy as np
import torch
import typer
from rich.console import Console
from rich.table import Table
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from engine import imaging as fit
from engine.accelerators import EAGER, OPENVINO
from engine.drawing.plan import laid_upon
from engine.evaluation.machine import this_machine
from engine.events import ignore_progress
from engine.frames import Frame, Size
from engine.imaging import resize
from engine.model.acceleration.base import AccelerationTarget
from engine.model.acceleration.openvino.faces import parts_with_openvino, with_openvino
from engine.model.acceleration.openvino.person import person_with_openvino
from engine.model.acceleration.registry import accelerators_for, choose_accelerator
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_face_networks, load_parts_network
from engine.model.hardware.devices import choose_device, choose_dtype
from engine.model.images.enlarged_memory import steadied
from engine.model.images.guided_upscaling import upscale
from engine.model.images.optical_flow import OpticalFlowEstimator
from engine.model.images.recurrence import Recollection, kept
from engine.model.images.scene_cuts import SceneCutDetector
from engine.model.images.tensors import to_pixels, to_tensor
from engine.model.network.motion_module import MotionModule
from engine.model.network.unet import UNet
from engine.model.person.weights import load_person_network
from engine.model.sampling.noise import NoiseGenerator
from engine.model.styles.built_in import BuiltInFiles, PeopleReaders, load_built_in
from engine.model.styles.face_planner import FacePlanner
from engine.model.styles.style_model import StyleModel, Uint8Autoencoder
from engine.model.translator import DiffusionTranslator, Hardware
from engine.paths import RESOURCES
from engine.settings import BuildSettings, InputSettings, LiveSettings, parse_size
from engine.video.sources.demo import demo_source
from engine.video.watermark import AiWatermark
from tests.engine.doubles import step

WARM_UP = 24
WHOLE, MOTION = "whole frame", "motion modules"
TRANSLATOR, MODEL = "engine.model.translator", "engine.model.styles.style_model"


class Clock:
    """Adds up the time of named parts, frame by frame; a part's own parts are taken out of it."""

    def __init__(self) -> None:
        self.frames: list[dict[str, float]] = []
        self._now: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time what happens within."""
        self._inner.append(0.0)
        began = time.thread_time()
        yield
        spent = time.thread_time() - began
        self._now[name] += spent - self._inner.pop()
        self._inner[-1] += spent

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed."""

        def run(*arguments: Any, **named: Any) -> Any:
            with self.part(name):
                return work(*arguments, **named)

        return run

    def end_frame(self) -> None:
        """What follows belongs to the next frame."""
        self.frames.append(dict(self._now))
        self._now.clear()

    def reset(self) -> None:
        """Forget everything."""
        self.frames.clear()
        self._now.clear()

    def medians(self) -> dict[str, float]:
        """Seconds a frame of each part, in the order of their first use."""
        names = dict.fromkeys(name for frame in self.frames for name in frame)
        return {n: median(frame.get(n, 0.0) for frame in self.frames) for n in names}


def parts_of(unet: UNet) -> Iterator[tuple[str, nn.Module]]:
    """The network's parts by name; motion modules by themselves, inside their blocks."""
    yield "structure net", unet.flow_conv_in
    for level, block in enumerate(unet.down_blocks):
        yield f"down block {level}", block
    yield "middle block", unet.mid_block
    for index, block in enumerate(unet.up_blocks):
        yield f"up block {len(unet.up_blocks) - 1 - index}", block
    for module in unet.modules():
        if isinstance(module, MotionModule):
            yield MOTION, module


@contextmanager
def watched(clock: Clock, model: StyleModel, unet: UNet) -> Iterator[None]:
    """Time every part of the way while this lasts."""
    patches: list[Any] = [
        mock.patch(f"{TRANSLATOR}.resize", clock.timed("shrink", resize)),
        mock.patch(f"{MODEL}.to_tensor", clock.timed("to tensor", to_tensor)),
        mock.patch(f"{MODEL}.to_pixels", clock.timed("to pixels", to_pixels)),
        mock.patch(f"{MODEL}.upscale", clock.timed("enlarge", upscale)),
        mock.patch(f"{MODEL}.kept", clock.timed("keep", kept)),
        mock.patch(f"{TRANSLATOR}.steadied", clock.timed("steady", steadied)),
        mock.patch(f"{MODEL}.laid_upon", clock.timed("lay upon", laid_upon)),
        mock.patch.object(ThreadPoolExecutor, "submit", _at_once),
    ]
    methods: list[tuple[str, type, str]] = [
        ("noise", NoiseGenerator, "draw"),
        ("read faces", FaceTracker, "read"),
        ("plan", FacePlanner, "plan"),
        ("motion", OpticalFlowEstimator, "estimate"),
        ("scene", SceneCutDetector, "is_cut"),
        ("remember", Recollection, "of"),
        ("marks", AiWatermark, "stamp"),
    ]
    for part, owner, method in methods:
        timed = _method(clock, part, getattr(owner, method))
        patches.append(mock.patch.object(owner, method, timed))
    autoencoder = type(model.autoencoder)
    for name in ("encode", "decode"):
        timed = _method(clock, name, getattr(autoencoder, name))
        patches.append(mock.patch.object(autoencoder, name, timed))
    for name, module in parts_of(unet):
        patches.append(mock.patch.object(module, "forward", clock.timed(name, module.forward)))
    with ExitStack() as stack:
        for patch in patches:
            stack.enter_context(patch)
        yield


def _method(clock: Clock, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(itself: object, *arguments: Any, **named: Any) -> Any:
        with clock.part(name):
            return function(itself, *arguments, **named)

    return run


def _at_once(_: ThreadPoolExecutor, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Work that runs in parallel is timed one after another."""
    done: Future[Any] = Future()
    done.set_result(work(*arguments))
    return done


def gflop_of(work: Callable[[], object], modules: list[tuple[str, nn.Module]]) -> dict[str, float]:
    """10^9 operations of each part in one frame; motion modules are taken out of their blocks."""
    counts: defaultdict[str, float] = defaultdict(float)
    counter = FlopCounterMode(display=False)

    def counting(name: str, forward: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            before, inner = counter.get_total_flops(), counts[MOTION]
            result = forward(*arguments)
            own = (counter.get_total_flops() - before) / 1e9
            counts[name] += own - (counts[MOTION] - inner)
            return result

        return run

    patches: list[Any] = [
        mock.patch.object(m, "forward", counting(n, m.forward)) for n, m in modules
    ]
    for patch in patches:
        patch.start()
    with counter:
        work()
    for patch in patches:
        patch.stop()
    counts[WHOLE] = counter.get_total_flops() / 1e9
    return counts


def best_rate(dtype: torch.dtype) -> float:
    """10^9 operations a second of the better of a matrix product and a wide convolution."""
    square = torch.randn(2048, 2048, dtype=dtype)
    conv = nn.Conv2d(256, 256, 3, padding=1, dtype=dtype).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    picture = torch.randn(1, 256, 64, 64, dtype=dtype).to(memory_format=torch.channels_last)
    product = _seconds(lambda: square @ square)
    wide = _seconds(lambda: conv(picture))
    return max(2 * 2048**3 / product, 2 * 256 * 256 * 9 * 64 * 64 / wide) / 1e9


def _seconds(work: Callable[[], object], trials: int = 15) -> float:
    work()
    spent = []
    for _ in range(trials):
        began = time.thread_time()
        work()
        spent.append(time.thread_time() - began)
    return median(spent)


def quickest_readers() -> PeopleReaders:
    """The networks that read people, as the program has them where OpenVINO is installed."""
    cpu = torch.device("cpu")
    heads = parts_with_openvino(load_parts_network(cpu))
    people = person_with_openvino(load_person_network())
    return (*with_openvino(*load_face_networks(cpu)), heads, people)


def accelerated(
    folder: Path, device: torch.device, dtype: torch.dtype, settings: LiveSettings, name: str
) -> StyleModel:
    """The model by an accelerator, as the program loads it."""
    source = BuiltInFiles(folder, quickest_readers) if name == OPENVINO else BuiltInFiles(folder)
    target = AccelerationTarget(
        device, dtype, BuildSettings(), settings, source.identity, source.calibration
    )
    accelerator = choose_accelerator(name, accelerators_for(device))
    model = source.load(settings, device, dtype, ignore_progress)
    return accelerator.accelerate(model, target)


def profile(
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT, the engine's")] = "512x512",
    output: Annotated[str, typer.Option(help="WIDTHxHEIGHT; the engine's by default")] = "",
    style: Annotated[str, typer.Option(help="A look.")] = "comic",
    frames: Annotated[int, typer.Option(help="Frames that count.")] = 40,
    steps: int = 1,
    accelerator: Annotated[str, typer.Option(help="eager or openvino")] = EAGER,
    folder: Annotated[Path, typer.Option(help="The model.")] = RESOURCES / "models" / "built_in",
) -> None:
    """Profile the built-in model's stream on the CPU."""
    torch.set_num_threads(1)
    device = choose_device("cpu")
    dtype = choose_dtype(device)
    hardware, settings = Hardware(device), LiveSettings(style=style, steps=steps)
    plain = load_built_in(folder, device, dtype)
    model = accelerated(folder, device, dtype, settings, accelerator)
    translator = DiffusionTranslator(model, parse_size(size), settings, hardware)
    counted = DiffusionTranslator(plain, parse_size(size), settings, hardware)
    unet = model.stream_spec(settings).unet
    source = demo_source(Size(640, 480), frames=WARM_UP + frames + 1, live=False)
    source.open()
    fitter = fit.FrameFitter.between(source.size, parse_size(output or size), InputSettings())
    clock, marks = Clock(), AiWatermark()

    def one_frame() -> None:
        frame = source.read()
        assert frame is not None
        with clock.part("other"):
            with clock.part("fit"):
                pixels = fitter.apply(frame.pixels)
            for result in step(translator, Frame(pixels, frame.number, frame.captured_at)):
                marks.stamp(result)

    for _ in range(WARM_UP):
        one_frame()
    wanted = parse_size(size)
    picture = Frame(np.zeros((wanted.height, wanted.width, 3), np.uint8), 0, 0.0)
    for _ in range(WARM_UP):
        step(counted, picture)
    modules = [*parts_of(plain.stream_spec(settings).unet), *autoencoder_parts(plain)]
    with torch.inference_mode():
        gflop = gflop_of(lambda: step(counted, picture), modules)
        peak = best_rate(dtype)
    clock.reset()
    with watched(clock, model, unet):
        for _ in range(frames):
            one_frame()
            clock.end_frame()
    show(clock.medians(), gflop, peak)


def autoencoder_parts(model: StyleModel) -> list[tuple[str, nn.Module]]:
    """Encoder and decoder."""
    assert isinstance(model.autoencoder, Uint8Autoencoder)
    autoencoder = model.autoencoder.codec
    assert isinstance(autoencoder, nn.Module)
    return [
        ("encode", autoencoder.get_submodule("encoder")),
        ("decode", autoencoder.get_submodule("decoder")),
    ]


def show(seconds: dict[str, float], gflop: dict[str, float], peak: float) -> None:
    """Print the table."""
    total = sum(seconds.values())
    table = Table("part", "ms", "share", "GFLOP", "GFLOP/s", "of the best")
    for name, spent in (*seconds.items(), (WHOLE, total)):
        work = gflop.get(name, 0.0)
        rate = (f"{work:.2f}", f"{work / spent:.0f}", f"{work / spent / peak:.0%}") if work else ()
        table.add_row(name, f"{1000 * spent:.2f}", f"{spent / total:.0%}", *rate)
    console = Console(width=100)
    console.print(this_machine("cpu"))
    console.print(f"the best of matrix product and 3 x 3 convolution: {peak:.0f} GFLOP/s")
    console.print(table)


if __name__ == "__main__":
    typer.run(profile)
