"""What this machine can do: frames per second by size, number of steps and accelerator."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from engine.accelerators import COMPILE, TENSORRT
from engine.evaluation.timing import Stopwatch
from engine.frames import Pixels, Size
from engine.interfaces import Translator
from engine.model.acceleration.background_compile import any_compiling
from engine.settings import BuildSettings, LiveSettings
from engine.video.sources.demo import demo_source

SIZES = (Size(256, 256), Size(384, 384), Size(512, 512), Size(640, 360), Size(1280, 720))
STEPS = (1, 2, 3, 4)
FLUENT_FPS = 16.0
"""From here on a stream is taken for fluent; the paper's rate on its strongest machine."""

SETTLING_FRAMES = 16
"""After so many the window is full, and other forms of the network have been asked for."""

MADE_MEANWHILE = (COMPILE, TENSORRT)
"""Accelerators that work only after a while; others are ready when a stream begins."""

_PICTURES = 12
_FEWEST_FRAMES = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """What one setting came to. device: as torch calls it."""

    device: str
    accelerator: str
    size: Size
    steps: int
    fps: float
    latency_ms: float


def measure(translator: Translator, build: BuildSettings, steps: int, seconds: float) -> Speed:
    """Run the demo's pictures through a translator for about so many seconds, warm-up apart.

    What is made in the background meanwhile, such as a compiled network, is waited for first.
    """
    watch = Stopwatch(translator, overlapping=True)
    pictures = _back_and_forth(build.size)
    while watch.frames < (SETTLING_FRAMES if build.accelerator in MADE_MEANWHILE else 1):
        watch.step(next(pictures))
    while any_compiling():
        watch.step(next(pictures))
    if build.accelerator in MADE_MEANWHILE:
        for _ in range(_FEWEST_FRAMES):  # the first ones in another form are recorded
            watch.step(next(pictures))
        watch.forget()
    began = time.monotonic()
    while time.monotonic() - began < seconds or watch.frames < _FEWEST_FRAMES:
        watch.step(next(pictures))
    return Speed(build.device, build.accelerator, build.size, steps, watch.fps, watch.latency_ms)


def measure_all(
    model: str,
    style: str,
    places: Sequence[tuple[str, str]],
    seconds: float,
    build_translator: Callable[[BuildSettings, LiveSettings], Translator],
) -> Iterator[Speed]:
    """Every place, size and number of steps. places: pairs of a device and an accelerator."""
    for device, accelerator in places:
        for size in SIZES:
            build = BuildSettings(model, size, device, accelerator)
            for steps in STEPS:
                translator = build_translator(build, LiveSettings(style=style, steps=steps))
                yield measure(translator, build, steps, seconds)
                translator.close()


def recommend(speeds: Sequence[Speed], steps: int) -> Speed:
    """The largest picture that is fluent with so many steps; if none is, the quickest.

    Raises ValueError where nothing was measured with that number of steps.
    """
    eligible = [speed for speed in speeds if speed.steps == steps]
    if not eligible:
        raise ValueError(f"nothing was measured with {steps} steps")
    fluent = [speed for speed in eligible if speed.fps >= FLUENT_FPS]
    if not fluent:
        return max(eligible, key=lambda speed: speed.fps)
    return max(fluent, key=lambda speed: (speed.size.width * speed.size.height, speed.fps))


def _back_and_forth(size: Size) -> Iterator[Pixels]:
    """Pictures of the demo without end and without a jump, which would be taken for a cut."""
    source = demo_source(size, frames=_PICTURES, live=False)
    source.open()
    pictures = [frame.pixels for frame in iter(source.read, None)]
    return cycle([*pictures, *pictures[-2:0:-1]])
