"""A session's job, and the factories of what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.events import Event
from engine.frames import Size
from engine.interfaces import FrameSink, FrameSource, Translator
from engine.settings import BuildSettings, InputSettings, LiveSettings
from engine.video.framing.framer import Finder
from engine.video.watermark import AiWatermark

TranslatorFactory = Callable[[BuildSettings, LiveSettings, Callable[[Event], None]], Translator]
"""Loads a model and makes it ready, reporting its progress, and later what a user should know.
Called on the engine thread. While it waits for another computer, it reports CONNECTING again and
again: the listener raises Cancelled as soon as the job is to end.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """The work for a session.

    realtime: frames keep their own pace and the newest wins; otherwise no frame is skipped, and
    the job runs as fast as it can. frames: stop after this many input frames. patient: also wait
    for a camera that is missing at the start; otherwise that ends the job.

    output: the size of what leaves; None is the source's own, where frames keep their pace with no
    more pixels than `largest`. automatic: the engine's size follows from that and from the speed
    of this computer; otherwise it is the one in `build`.
    """

    input: InputSettings
    build: BuildSettings
    live: LiveSettings
    sinks: tuple[FrameSink, ...] = ()
    frames: int | None = None
    realtime: bool = True
    patient: bool = True
    output: Size | None = None
    largest: Size = field(default_factory=lambda: Size(1280, 720))
    automatic: bool = False
    watermark: AiWatermark = field(default_factory=AiWatermark)


@dataclass(frozen=True, slots=True)
class SessionFactories:
    """Open a job's source, and build a translator (on the engine thread).

    prepare: what building needs and can be done while the source is being opened. find_people:
    makes what finds the people in a job's frames, for auto framing.
    """

    open_source: Callable[[Job], FrameSource]
    build_translator: TranslatorFactory
    prepare: Callable[[], None]
    find_people: Callable[[Job], Finder]
