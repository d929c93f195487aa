"""A session's job, and the factories of what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.events import ProgressListener
from engine.interfaces import FrameSink, FrameSource, Translator
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.watermark import AiWatermark

TranslatorFactory = Callable[[BuildSettings, LiveSettings, ProgressListener], Translator]
"""Loads a model and makes it ready, reporting progress. Called on the engine thread."""


@dataclass(frozen=True, slots=True)
class Job:
    """The work for a session.

    realtime: frames keep their own pace and the newest wins; otherwise no frame is skipped, and
    the job runs as fast as it can. frames: stop after this many input frames. patient: also wait
    for a camera that is missing at the start; otherwise that ends the job.
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
    """Open a job's source, and build a translator (on the engine thread)."""

    open_source: Callable[[Job], FrameSource]
    build_translator: TranslatorFactory
