"""Short films of a moving picture, with the mark or without, and what is done to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np

from engine.frames import Pixels
from engine.provenance.mark.detection import PIXELS
from engine.provenance.mark.embedding import add_mark
from engine.provenance.mark.payload import Payload
from engine.provenance.mark.spectrum import GreyFilm

PAYLOAD = Payload(3, 17, 5)
RATE = 30
WIDTH, HEIGHT = 320, 180


@cache
def plain(count: int = 150) -> Sequence[Pixels]:
    """A blurred picture of chance that drifts slowly, as a face does."""
    chance = np.random.default_rng(7).integers(0, 256, (HEIGHT + 60, WIDTH + 60, 3), np.uint8)
    soft = cv2.GaussianBlur(chance, (0, 0), 5).astype(np.float32)
    scene = np.clip((soft - 128) * 8 + 120, 0, 255).astype(np.uint8)
    places = [round(30 + 25 * np.sin(number / 40)) for number in range(count)]
    return [
        np.ascontiguousarray(scene[at : at + HEIGHT, 60 - at : 60 - at + WIDTH]) for at in places
    ]


@cache
def marked(count: int = 150, first: int = 11) -> Sequence[Pixels]:
    """The same with the mark. first: the number of the first frame."""
    return [add_mark(each, first + number, PAYLOAD) for number, each in enumerate(plain(count))]


def grey(pictures: Sequence[Pixels], rate: float = RATE) -> GreyFilm:
    """A film as the detector takes it."""
    height, width = pictures[0].shape[:2]
    scale = np.sqrt(PIXELS / (width * height))
    size = round(width * scale), round(height * scale)
    planes = [
        cv2.resize(cv2.cvtColor(each, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
        for each in pictures
    ]
    return GreyFilm(np.stack(planes).astype(np.float32), np.arange(len(planes)) / rate)


def write_film(
    path: Path,
    pictures: Sequence[Pixels],
    *,
    kbits: int = 2000,
    options: dict[str, str] | None = None,
) -> Path:
    """Encode as H.264. options: the muxer's."""
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt, stream.bit_rate = "yuv420p", kbits * 1000
        for pixels in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode(None))
    return path
