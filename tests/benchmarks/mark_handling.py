"""What happens to a film on its way to those who see it: calls, players, screen recordings.

Each case takes a styled film, marks it, handles it, encodes it, and asks the detector.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from engine.frames import Pixels, Size
from engine.paths import app_version
from engine.provenance.film import windows_of
from engine.provenance.mark.detection import detect
from engine.provenance.mark.embedding import add_mark
from engine.provenance.mark.payload import Payload

RATE = 30
FIVE_S, EIGHT_S = range(13, 13 + 5 * RATE), range(8 * RATE)
LATEST = RATE
"""Frames by which a film may begin later than its case says, so that it starts anywhere."""
LENGTH = EIGHT_S.stop + LATEST
HD, MEDIUM, SMALL = Size(1280, 720), Size(640, 360), Size(480, 270)
PAYLOAD = Payload.of_version(app_version())

Pictures = Sequence[Pixels]
Handling = Callable[[Pixels, Pixels], Pixels]
"""From a marked picture of 16:9, and the same without the mark, to what is encoded."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What a film is encoded with. kbits: per second."""

    size: Size
    kbits: int
    codec: str = "libx264"
    every: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """One way of handling a film. shown: its size before that. part: which frames remain."""

    name: str
    coding: Coding
    handling: Handling = lambda marked, _plain: marked
    part: range = FIVE_S
    shown: Size = MEDIUM


def crop(share: float) -> Handling:
    """Cut a part out, off the centre."""

    def cut(marked: Pixels, _plain: Pixels) -> Pixels:
        height, width = (round(side * share) for side in marked.shape[:2])
        top, left = (marked.shape[0] - height) * 2 // 3, (marked.shape[1] - width) // 3
        return np.ascontiguousarray(marked[top : top + height, left : left + width])

    return cut


def tones(contrast: float, brightness: float) -> Handling:
    """Change the picture's contrast about the middle, and its brightness in shares of 255."""
    levels = (np.arange(256) - 127.5) * contrast + 127.5 + 255 * brightness
    table = np.clip(np.rint(levels), 0, 255).astype(np.uint8)

    def changed(marked: Pixels, _plain: Pixels) -> Pixels:
        result: Pixels = cv2.LUT(marked, table)
        return result

    return changed


def letterbox(marked: Pixels, _plain: Pixels) -> Pixels:
    """Black bars above and below, as in a picture of 4:3."""
    barred: Pixels = cv2.copyMakeBorder(marked, 60, 60, 0, 0, cv2.BORDER_CONSTANT)
    return barred


def pillarbox(marked: Pixels, _plain: Pixels) -> Pixels:
    """Black bars left and right, as in a wide picture."""
    barred: Pixels = cv2.copyMakeBorder(marked, 0, 0, 75, 75, cv2.BORDER_CONSTANT)
    return barred


def window_on_a_desktop(marked: Pixels, _plain: Pixels) -> Pixels:
    """A player's window at 80 % of its size, with a title bar, on a desktop of 1280x720."""
    desktop = np.full((720, 1280, 3), (52, 70, 96), np.uint8)
    desktop[:, :, 1] += np.linspace(0, 60, 1280).astype(np.uint8)
    desktop[46:74, 150:1174] = 230
    desktop[74:650, 150:1174] = cv2.resize(marked, (1024, 576), interpolation=cv2.INTER_AREA)
    return desktop


def picture_in_picture(marked: Pixels, plain: Pixels) -> Pixels:
    """At a quarter of the area, over another film: the unmarked one, mirrored and blurred."""
    whole: Pixels = cv2.GaussianBlur(np.ascontiguousarray(plain[:, ::-1]), (0, 0), 3)
    whole[340:700, 620:1260] = cv2.resize(marked, (640, 360), interpolation=cv2.INTER_AREA)
    return whole


def mirrored(marked: Pixels, _plain: Pixels) -> Pixels:
    """Left and right exchanged."""
    return np.ascontiguousarray(marked[:, ::-1])


CASES = (
    Case("H.264, 500 kbit/s, 1280x720", Coding(HD, 500), shown=HD),
    Case("H.264, 150 kbit/s, 640x360", Coding(MEDIUM, 150)),
    Case("VP8, 300 kbit/s, 640x360", Coding(MEDIUM, 300, "libvpx")),
    Case("VP9, 300 kbit/s, 640x360", Coding(MEDIUM, 300, "libvpx-vp9")),
    Case("15 frames/s", Coding(MEDIUM, 500, every=2)),
    Case("scaled to 0.5", Coding(Size(320, 180), 300)),
    Case("scaled to 0.75", Coding(Size(480, 270), 500)),
    Case("scaled to 1.5", Coding(Size(960, 540), 500)),
    Case("letterboxed to 4:3", Coding(Size(640, 480), 500), letterbox),
    Case("bars left and right", Coding(Size(790, 360), 500), pillarbox),
    Case("mirrored", Coding(MEDIUM, 500), mirrored),
    Case("cropped to 80 %", Coding(Size(512, 288), 500), crop(0.8)),
    Case("brightness +20 %", Coding(MEDIUM, 500), tones(1, 0.2)),
    Case("brightness -20 %", Coding(MEDIUM, 500), tones(1, -0.2)),
    Case("contrast +20 %", Coding(MEDIUM, 500), tones(1.2, 0)),
    Case("contrast -20 %", Coding(MEDIUM, 500), tones(0.8, 0)),
    Case("screen recording with a border", Coding(HD, 1000), window_on_a_desktop, shown=HD),
    Case("picture in picture, a quarter", Coding(HD, 1000), picture_in_picture, shown=HD),
    Case("cropped to 85 %, 480x270, H.264, 300 kbit/s", Coding(SMALL, 300), crop(0.85), EIGHT_S),
    Case("640x360, re-encoded at 500 kbit/s", Coding(MEDIUM, 500, times=2), part=EIGHT_S),
)


def handled(pictures: Pictures, case: Case, late: int = 0) -> tuple[float, bool]:
    """The detector's score for a film that was marked and handled, and whether it told the
    version. late: frames by which it begins later, up to `LATEST`.
    """
    numbers = [late + number for number in case.part[:: case.coding.every]]
    frames = (
        case.handling(
            widescreen(add_mark(pictures[number], number, PAYLOAD), case.shown),
            widescreen(pictures[number], case.shown),
        )
        for number in numbers
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mkv"
        encode(path, frames, case.coding)
        for again in range(1, case.coding.times):
            source, path = path, path.with_name(f"film{again}.mkv")
            encode(path, decoded(source), case.coding)
        windows = list(windows_of(path))
        best = max(
            (detect(window.film, windows=window.count) for window in windows),
            key=lambda found: found.score,
        )
    return best.score, best.payload == PAYLOAD


def widescreen(pixels: Pixels, size: Size) -> Pixels:
    """As the virtual camera shows it: cropped to 16:9, at this size."""
    height, width = pixels.shape[:2]
    rows = min(height, width * 9 // 16)
    top = (height - rows) // 2
    result: Pixels = cv2.resize(
        pixels[top : top + rows], (size.width, size.height), interpolation=cv2.INTER_AREA
    )
    return result


def encode(path: Path, frames: Iterable[Pixels], coding: Coding) -> None:
    """Encode as a video call does: no look ahead, a bitrate that is kept to."""
    rate = RATE // coding.every
    options = {"deadline": "realtime", "cpu-used": "8"}
    if coding.codec == "libx264":
        limit = f"{coding.kbits}k"
        options = {"preset": "veryfast", "tune": "zerolatency", "maxrate": limit, "bufsize": limit}
    with av.open(str(path), "w") as container:
        stream = cast("VideoStream", container.add_stream(coding.codec, rate=rate, options=options))
        stream.width, stream.height = coding.size.width, coding.size.height
        stream.pix_fmt, stream.bit_rate = "yuv420p", coding.kbits * 1000
        stream.thread_count = 1
        for pixels in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode(None))


def decoded(path: Path) -> Iterator[Pixels]:
    """The pictures of a film."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
