"""What a session is asked to do, and how it gets its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.events import ProgressListener
from engine.interfaces import FrameSink, FrameSource, Translator
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.watermark import AiWatermark

TranslatorFactory = Callable[[BuildSettings, LiveSettings, ProgressListener], Translator]
"""Loads a model and makes it ready, telling how far it is. Called on the engine thread."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a session is asked to do.

    realtime: frames keep their own pace and the newest wins; otherwise every frame counts and
    runs as fast as it can. frames: stop after so many input frames. patient: wait for a camera
    that is not there at the start, too; otherwise that ends the job.
    """

    input: InputSettings
    build: BuildSettings
    live: LiveSettings
    sinks: tuple[FrameSink, ...] = ()
    frames: int | None = None
    realtime: bool = True
    patient: bool = True
    watermark: AiWatermark = field(default_factory=AiWatermark)


@dataclass(frozen=True, slots=True)
class SessionFactories:
    """How a run gets its parts: the source of a job, and a translator (on the engine thread)."""

    open_source: Callable[[Job], FrameSource]
    build_translator: TranslatorFactory
