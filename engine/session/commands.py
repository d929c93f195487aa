"""Commands that a running session accepts, from any thread. All frozen; the mirror of `events`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.frames import Pixels
from engine.interfaces import FrameSink
from engine.settings import LiveSettings
from engine.video.watermark import AiWatermark


@dataclass(frozen=True, slots=True)
class ApplySettings:
    """Use these settings from the next frame on; of several, the newest wins."""

    live: LiveSettings


@dataclass(frozen=True, slots=True)
class SetWatermark:
    """Draw this watermark from the next frame on."""

    watermark: AiWatermark


@dataclass(frozen=True, slots=True)
class ShowOriginal:
    """Show the untouched input on purpose, or stop doing so; it ends with the job at the latest."""

    on: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop translating frames while nobody watches, or continue with a new stream."""

    on: bool


@dataclass(frozen=True, slots=True)
class AddSink:
    """Feed one more sink."""

    sink: FrameSink


@dataclass(frozen=True, slots=True)
class RemoveSink:
    """Complete a sink and feed it no more."""

    sink: FrameSink


@dataclass(frozen=True, slots=True)
class RenderStill:
    """Style a picture next to the stream, one step of the work after each frame.

    A newer one replaces an unfinished one. done: called on the engine thread with the result, or
    with None if there is none.
    """

    pixels: Pixels
    live: LiveSettings
    done: Callable[[Pixels | None], None]


@dataclass(frozen=True, slots=True)
class Stop:
    """End the job; frames in progress are finished."""


Command = (
    ApplySettings | SetWatermark | ShowOriginal | Pause | AddSink | RemoveSink | RenderStill | Stop
)
