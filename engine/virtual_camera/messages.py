"""What the application and the publisher say to each other, and how it is written down.

The application sends Hello, then ApplicationState (all of it, at every change and several times a
second), FrameReady and PlaceholderReady. The publisher answers Welcome or Refused, then sends
MemoryGranted and CameraStatus. Everything that is a state is sent whole, so that a message left
out is made good by the next.

A picture is written into shared memory first and announced then: the system call in between
orders the two on every processor. `released` gives slots back: the application writes only to a
slot whose last announcement has been released, so that no slot ever has two users.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_type_hints

from engine.virtual_camera.transport.base import MAX_MESSAGE

_LARGEST_INTEGER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Hello:
    """An application's first message. build: `build_id` of its code."""

    build: str


@dataclass(frozen=True, slots=True)
class Welcome:
    """The application owns the camera. owner: the nonce of this connection, which everything that
    it sends must carry.
    """

    owner: int
    process: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The application does not get the camera. busy: another one has it; otherwise this publisher
    is of another build, and gives way.
    """

    busy: bool


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """What the application wants. session: the stream that may be shown, 0 for none. width,
    height, fps: the requested format.
    """

    owner: int
    session: int
    panic: bool
    width: int
    height: int
    fps: float


@dataclass(frozen=True, slots=True)
class FrameReady:
    """A frame lies in a slot. memory: which grant the slot belongs to. sequence: moves up with
    every announcement. handed_over: `time.monotonic()` seconds of the application, for measuring.
    """

    owner: int
    memory: int
    sequence: int
    slot: int
    session: int
    original: bool
    frame: int
    handed_over: float


@dataclass(frozen=True, slots=True)
class PlaceholderReady:
    """The user's placeholder lies in the slot that is kept for it."""

    owner: int
    memory: int
    sequence: int


@dataclass(frozen=True, slots=True)
class MemoryGranted:
    """Memory for pictures of this size. An open file comes with it, or `name` is the system's."""

    memory: int
    width: int
    height: int
    name: str


@dataclass(frozen=True, slots=True)
class CameraStatus:
    """What the publisher does at this moment.

    on_air: an `OnAir`. watched: whether another program has the camera open. released: no frame
    announced up to this sequence is in use any more; placeholder_released: the same for those.
    device: the device's node where the application is to find out who watches. error: templates
    and values as JSON, empty for none. kinds: the ways by which programs find it, with spaces
    in between. waited: seconds for which frames lay ready lately until they were shown, 0 before
    there were any.
    """

    sending: bool
    on_air: int
    watched: bool | None
    width: int
    height: int
    released: int
    placeholder_released: int
    camera_name: str
    device: str
    error: str
    kinds: str
    waited: float = 0.0


Message = (
    Hello
    | Welcome
    | Refused
    | ApplicationState
    | FrameReady
    | PlaceholderReady
    | MemoryGranted
    | CameraStatus
)

_KINDS: dict[str, type[Message]] = {
    kind.__name__: kind
    for kind in (
        Hello,
        Welcome,
        Refused,
        ApplicationState,
        FrameReady,
        PlaceholderReady,
        MemoryGranted,
        CameraStatus,
    )
}


class MalformedMessageError(ValueError):
    """The peer does not follow the protocol."""


def encode(message: Message) -> bytes:
    """A message as it travels."""
    name = type(message).__name__
    return json.dumps([name, *[getattr(message, field) for field in _ALLOWED[name]]]).encode()


def decode(data: bytes) -> Message:
    """A message that has arrived. Raises MalformedMessageError for anything that is not exactly
    one: another kind, number or type of fields, numbers out of range.
    """
    if len(data) > MAX_MESSAGE:
        raise MalformedMessageError(f"{len(data)} bytes")
    try:
        items = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedMessageError(str(error)) from error
    if not isinstance(items, list) or not items or not isinstance(items[0], str):
        raise MalformedMessageError("not a list that begins with a kind")
    name, *values = items
    if name not in _KINDS or len(values) != len(_ALLOWED[name]):
        raise MalformedMessageError(f"unknown kind or wrong number of fields: {name[:40]!r}")
    for value, allowed in zip(values, _ALLOWED[name].values(), strict=True):
        if type(value) not in allowed or not _in_range(value):
            raise MalformedMessageError(f"{name}: a field cannot be {value!r:.40}")
    return _KINDS[name](*values)


@cache
def build_id() -> str:
    """Names the code of both sides: processes of different code never work together."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for file in sorted(folder.rglob("*.py")):
        digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _types(hint: object) -> tuple[type, ...]:
    if hint is float:
        return (float, int)
    if hint == bool | None:
        return (bool, type(None))
    assert isinstance(hint, type)
    return (hint,)


def _in_range(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or 0 <= value <= _LARGEST_INTEGER


_ALLOWED = {
    name: {field: _types(hint) for field, hint in get_type_hints(kind).items()}
    for name, kind in _KINDS.items()
}
"""The fields of every kind in their order, and the types of each."""
