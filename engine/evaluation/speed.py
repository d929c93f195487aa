"""Measures frames per second by size, number of steps and accelerator."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Protocol

from engine.evaluation.timing import Stopwatch
from engine.frames import Pixels, Size
from engine.interfaces import Translator
from engine.model.acceleration.registry import is_ready_at_once
from engine.picture_sizes import engine_size
from engine.settings import BuildSettings, LiveSettings
from engine.video.sources.demo import demo_source

SIZES = (Size(256, 256), Size(384, 384), Size(512, 512), Size(640, 360), Size(1280, 720))
STEPS = (1, 2, 3, 4)
OUTPUTS = (Size(1280, 720), Size(1920, 1080))
"""Sizes of the output, to which results are enlarged."""

ON_AIR = 640 * 360
"""Pixels that the model computes where the output is measured."""

FLUENT_FPS = 16.0
"""A stream counts as fluent from this rate on: the paper's on its fastest computer."""

SETTLING_FRAMES = 16
"""After these frames the KV cache is full, and a compiler, if there is one, has started."""

_PICTURES = 12
_FEWEST_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """The result for one setting. device: as torch calls it.

    output: the size to which results were enlarged; None where they were not.
    """

    device: str
    accelerator: str
    size: Size
    steps: int
    fps: float
    latency_ms: float
    output: Size | None = None


class MeasuredTranslator(Translator, Protocol):
    """A translator that may become faster while it runs."""

    @property
    def preparing(self) -> bool:
        """Whether something is being compiled in the background."""
        ...


def measure(
    translator: MeasuredTranslator,
    build: BuildSettings,
    steps: int,
    seconds: float,
    output: Size | None = None,
) -> Speed:
    """Run the demo through a translator for about this long, after the warm-up.

    output: the size of its pictures, by default the engine's. If a network is being compiled in the
    background, wait for it first.
    """
    at_once = is_ready_at_once(build.accelerator)
    watch = Stopwatch(translator, overlapping=True)
    pictures = _back_and_forth(output or build.size)
    while watch.frames < (1 if at_once else SETTLING_FRAMES):
        watch.step(next(pictures))
    while translator.preparing:
        watch.step(next(pictures))
    if not at_once:
        for _ in range(_FEWEST_FRAMES):  # the compiled network's first frames are recorded
            watch.step(next(pictures))
        watch.forget()
    began = time.monotonic()
    while time.monotonic() - began < seconds or watch.frames < _FEWEST_FRAMES:
        watch.step(next(pictures))
    placement = build.device, build.accelerator, build.size, steps
    return Speed(*placement, watch.fps, watch.latency_ms, output)


def measure_all(
    model: str,
    style: str,
    placements: Sequence[tuple[str, str]],
    seconds: float,
    build_translator: Callable[[BuildSettings, LiveSettings], MeasuredTranslator],
) -> Iterator[Speed]:
    """Every placement, size and number of steps; then every output, with one step.

    placements: pairs of device and accelerator.
    """
    native = [(size, steps, None) for size in SIZES for steps in STEPS]
    enlarged = [(engine_size(output, ON_AIR), 1, output) for output in OUTPUTS]
    for device, accelerator in placements:
        for size, steps, output in (*native, *enlarged):
            build = BuildSettings(model, size, device, accelerator)
            translator = build_translator(build, LiveSettings(style=style, steps=steps))
            yield measure(translator, build, steps, seconds, output)
            translator.close()


def recommend(speeds: Sequence[Speed], steps: int) -> Speed:
    """The largest size that is fluent with this number of steps; if none is, the fastest.

    Raises ValueError where nothing was measured with that number of steps.
    """
    eligible = [speed for speed in speeds if speed.steps == steps and speed.output is None]
    if not eligible:
        raise ValueError(f"nothing was measured with {steps} steps")
    fluent = [speed for speed in eligible if speed.fps >= FLUENT_FPS]
    if not fluent:
        return max(eligible, key=lambda speed: speed.fps)
    return max(fluent, key=lambda speed: (speed.size.width * speed.size.height, speed.fps))


def _back_and_forth(size: Size) -> Iterator[Pixels]:
    """The demo's pictures, endlessly, without a jump that would count as a cut."""
    source = demo_source(size, frames=_PICTURES, live=False)
    source.open()
    pictures = [frame.pixels for frame in iter(source.read, None)]
    return cycle([*pictures, *pictures[-2:0:-1]])
