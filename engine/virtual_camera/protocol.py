"""What the application and the publisher process agree on: names, options, states."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum, StrEnum

from engine.errors import EngineError, SettingError, TranslatableValue
from engine.frames import Size
from engine.paths import APP_ID, APP_NAME
from engine.settings import FitMode, check_range

CAMERA_NAME = APP_NAME
"""What other programs list, wherever the system lets us choose."""

NODE_NAME = APP_ID
"""Of PipeWire's node."""

STALE_AFTER = 1.0
"""Seconds without a sign of life from the application after which nothing old stays on air."""

HEARTBEAT_EVERY = 0.2
"""Seconds between two signs of life of the application while it wants nothing new."""

OUTLIVES_BY = 10.0
"""Seconds the camera stays up without an application, for a restarted one to adopt it."""

SILENT_FOR = 1.0
"""Seconds of silence after which a publisher that was sending is killed and replaced."""

STATUS_EVERY = 0.2
"""Seconds between two statuses of the publisher while nothing changes."""

USUAL = Size(1280, 720)

LARGEST = Size(1920, 1088)
"""The largest camera picture."""


class OnAir(IntEnum):
    """What other programs see at this moment, by the publisher's own account.

    UNKNOWN: the publisher is not heard; its last picture may still stand. NOTHING: it sends none.
    """

    PLACEHOLDER = 0
    STYLED = 1
    ORIGINAL = 2
    PANIC = 3
    UNKNOWN = 4
    NOTHING = 5


FRAMES_ON_AIR = frozenset({OnAir.STYLED, OnAir.ORIGINAL})
"""While other programs see what the engine or the user's own camera gives."""


class CameraKind(StrEnum):
    """By which way other programs find the camera.

    V4L2: a device file, of the driver v4l2loopback. PIPEWIRE: a node of the user's PipeWire.
    SYSTEM: the camera of Windows or macOS.
    """

    V4L2 = "v4l2"
    PIPEWIRE = "pipewire"
    SYSTEM = "system"


class PublisherState(Enum):
    """How the publisher process fares, as the application sees it.

    STARTING -> SENDING <-> UNAVAILABLE (no device), any -> GONE (it died) -> STARTING
    """

    STARTING = "starting"
    SENDING = "sending"
    UNAVAILABLE = "unavailable"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PublisherStatus:
    """A moment of the virtual camera.

    camera_name: what to choose in the other program. on_air: what the publisher says it sends.
    watched: whether another program has the camera open, None where that cannot be known.
    error: why it is UNAVAILABLE. kinds: the ways by which it can be found now. waited: seconds for
    which frames lay ready lately until they were shown, 0 before there were any; no news by itself.
    """

    state: PublisherState
    camera_name: str = CAMERA_NAME
    on_air: OnAir = OnAir.PLACEHOLDER
    watched: bool | None = None
    error: EngineError | None = None
    kinds: frozenset[CameraKind] = frozenset()
    waited: float = field(default=0.0, compare=False)

    @property
    def panic_reached(self) -> bool:
        """Whether the publisher itself says that no frame is on air, since a panic."""
        return self.on_air in (OnAir.PANIC, OnAir.NOTHING)


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """How the virtual camera is set up; fixed while it is up.

    size: even sides, at most `LARGEST`. fps: steady rate, 1..60. fit: how pictures of another
    shape are brought to the size. device: "auto", or "stand-in:PATH" for a camera that is only
    a file (tests, and timing where there is no such device).
    """

    size: Size = USUAL
    fps: float = 30.0
    fit: FitMode = FitMode.LETTERBOX
    device: str = "auto"

    def __post_init__(self) -> None:
        check_range(TranslatableValue("The camera's rate"), self.fps, 1, 60)
        check_range(TranslatableValue("The camera's width"), self.size.width, 64, LARGEST.width)
        check_range(TranslatableValue("The camera's height"), self.size.height, 64, LARGEST.height)
        if self.size.width % 2 or self.size.height % 2:
            raise SettingError(
                "A camera picture cannot be {size}.",
                "Choose even sides, such as 1280x720.",
                size=self.size,
            )
