"""The sizes of a run: of the pictures that leave, and of those that the model computes.

*Automatic* chooses the largest of a few sizes that holds the source's rate, by how fast this
computer was in earlier runs; those figures are kept. Where every frame counts, as from file to
file, the speed plays no part, so that the same input gives the same output on every computer.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from engine.errors import EngineError
from engine.files.json_data import read_json, write_json
from engine.frames import Size
from engine.paths import cache_dir
from engine.picture_sizes import engine_size, own_shape
from engine.session.job import Job
from engine.settings import BUILT_IN, BuildSettings, LiveSettings

logger = logging.getLogger(__name__)

AREAS = tuple(w * h for w, h in ((512, 288), (640, 360), (768, 432), (1024, 576), (1280, 720)))
"""Numbers of pixels that *Automatic* chooses from; few, as each may have to be compiled once."""

UNKNOWN = AREAS[1]
"""Before anything is known about this computer: two cores with AVX2 keep up with it."""

GOOD_FPS, FLUENT_FPS = 30.0, 16.0
"""Above `UNKNOWN` the rate must be good, below it is enough if it is fluent."""

SPARE = 1.15
"""How much faster than the rate the model has to be: other programs need some time, too."""

NEWEST = 0.5
"""Weight of the newest run among all: what was measured in a busy minute is soon corrected."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """picture: what enters and leaves. engine: what the model computes."""

    picture: Size
    engine: Size


def picture_size(job: Job, source: Size) -> Size:
    """The size of what leaves, for a source of this size."""
    limit = job.largest if job.realtime else None
    return job.output or own_shape(source, job.input.rotate, limit)


def sizes_for(job: Job, source: Size, fps: float) -> Sizes:
    """The sizes for a source of this size and rate."""
    picture = picture_size(job, source)
    if job.build.engine:  # the other computer chooses by its own speed, up to the picture's size
        return Sizes(picture, engine_size(picture, picture.width * picture.height))
    if not job.automatic:
        return Sizes(picture, job.build.size)
    pixels = job.build.size.width * job.build.size.height
    if job.realtime and job.build.model == BUILT_IN:
        pixels = _affordable(job, min(fps, GOOD_FPS) or GOOD_FPS)
    return Sizes(picture, engine_size(picture, pixels))


def _affordable(job: Job, fps: float) -> int:
    """The largest number of pixels that holds this rate; one of `AREAS`."""
    seconds = _read().get(speed_key(job.build, job.live))
    if not seconds:
        return UNKNOWN
    good, fluent = (
        [area for area in AREAS if area * seconds * SPARE * rate <= 1.0]
        for rate in (fps, min(fps, FLUENT_FPS))
    )
    return max([AREAS[0], *good, *(area for area in fluent if area <= UNKNOWN)])


def remember_speed(key: str, engine: Size, seconds: float) -> None:
    """Remember how long a frame took at this size, in seconds. key: see `speed_key`."""
    if seconds <= 0.0:
        return
    known = _read()
    newest = seconds / (engine.width * engine.height)
    known[key] = NEWEST * newest + (1.0 - NEWEST) * known.get(key, newest)
    try:
        write_json(_path(), known)
    except OSError as error:
        logger.warning("cannot remember %s: %s", _path(), error)


def speed_key(build: BuildSettings, live: LiveSettings) -> str:
    """What the time of a frame depends on, besides its size: looks that draw faces and pictures
    that are put together take longer than others.
    """
    looks = live.style if live.blend is None else f"{live.style}+{live.blend.style}"
    work = f"{looks}/{live.steps}/{live.composition.needs_mask}/{live.flicker_reduction > 0.0}"
    return f"{build.model}/{build.device}/{build.accelerator}/{work}"


def _path() -> Path:
    return cache_dir() / "speed.json"


def _read() -> dict[str, float]:
    """Seconds per pixel, by `speed_key`."""
    try:
        return read_json(_path(), dict[str, float])
    except EngineError:
        return {}
