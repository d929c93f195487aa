"""What the program says of itself to those who control it: one frozen value, and the figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.events import SessionState
from engine.settings import InputSettings, LiveSettings
from engine.video.watermark import AiWatermark


@dataclass(frozen=True, slots=True)
class Named:
    """A style on offer: the name that commands take, and the title for people."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what to do about it, a sentence each."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CueStatus:
    """The list of cues. position: the cue reached last, from 1; 0 before the first. fading: a
    fade is under way.
    """

    names: tuple[str, ...] = ()
    position: int = 0
    fading: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A moment of the program.

    on_air: what other programs see: "styled", "original", "placeholder", "panic", "nothing", or
    "unknown" where the camera process is not heard. panic: the placeholder is wanted until
    released; panic_reached: the camera process says that no frame is on air. original: the user
    shows the untouched picture. watched: whether another program reads the camera, None if that
    is unknown.
    """

    session: SessionState = SessionState.OFF
    on_air: str = "unknown"
    panic: bool = False
    panic_reached: bool = False
    original: bool = False
    recording: bool = False
    watched: bool | None = None
    model: str = ""
    live: LiveSettings = field(default_factory=LiveSettings)
    input: InputSettings = field(default_factory=InputSettings)
    mark: AiWatermark = field(default_factory=AiWatermark)
    styles: tuple[Named, ...] = ()
    presets: tuple[str, ...] = ()
    cues: CueStatus = field(default_factory=CueStatus)
    problem: Problem | None = None
