"""The state of everything, as one frozen value that every pane is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.events import SessionState
from engine.virtual_camera.protocol import OnAir, PublisherStatus


class StartButton(Enum):
    """What the large button offers."""

    GO_LIVE = "go live"
    STOP = "stop"
    WAIT = "wait"


_BUTTONS = {
    SessionState.OFF: StartButton.GO_LIVE,
    SessionState.STOPPING: StartButton.WAIT,
}


@dataclass(frozen=True, slots=True)
class AppState:
    """session: its state. camera: the virtual camera's status, None before the first one.

    panic: the user wants the placeholder held on air. original: the user wants the untouched
    picture to go out. What does go out, `on_air` says.
    recording: the styled stream is being written to a file.
    """

    session: SessionState = SessionState.OFF
    camera: PublisherStatus | None = None
    panic: bool = False
    original: bool = False
    recording: bool = False

    @property
    def button(self) -> StartButton:
        """What the start button offers."""
        return _BUTTONS.get(self.session, StartButton.STOP)

    @property
    def running(self) -> bool:
        """A session is running, in whatever state."""
        return self.session is not SessionState.OFF

    @property
    def live(self) -> bool:
        """Styled frames arrive."""
        return self.session is SessionState.LIVE

    @property
    def on_air(self) -> OnAir:
        """What the publisher says it sends to other programs."""
        return self.camera.on_air if self.camera is not None else OnAir.UNKNOWN

    @property
    def panic_reached(self) -> bool:
        """Whether the publisher itself says that no frame is on air, since a panic."""
        return self.camera is not None and self.camera.panic_reached

    @property
    def watched(self) -> bool | None:
        """Whether another program reads the virtual camera; None if that is unknown."""
        return self.camera.watched if self.camera is not None else None
