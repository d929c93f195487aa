"""Pictures as they are meant to be seen: round discs, eight orientations, ordinary colours."""

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.frames import Pixels
from engine.video.film.picture_filter import PictureFilter
from engine.video.sources.file import FileSource

SQUARE = Fraction(1)


def seen(frame: VideoFrame, aspect: Fraction = SQUARE) -> Pixels:
    if frame.pts is None:
        frame.pts, frame.time_base = 0, Fraction(1, 30)
    pictures = PictureFilter()
    [*first] = pictures.push(frame, aspect)
    return [*first, *pictures.flush()][0][0]


def photograph() -> np.ndarray:
    """(120, 160, 3) in 0..1: colours and greys of every kind, soft as in a photograph."""
    down, across = np.mgrid[0:120, 0:160] / [[[120]], [[160]]]
    waves = [across, down, 0.5 + 0.5 * np.sin(6 * across) * np.cos(5 * down)]
    return np.stack(waves, axis=2) * 0.9 + 0.05


TO_BT2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
"""From BT.709, ITU-R BT.2087."""


def pq(light: np.ndarray) -> np.ndarray:
    """SMPTE ST 2084 of light in units of 203 cd/m²."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    y = (light * 203 / 10_000) ** m1
    signal: np.ndarray = ((c1 + c2 * y) / (1 + c3 * y)) ** m2
    return signal


def hlg(light: np.ndarray) -> np.ndarray:
    """ITU-R BT.2100 of light in units of 203 cd/m², on a screen of 1000 cd/m²."""
    shown = light * 0.203
    luminance = shown @ [0.2627, 0.6780, 0.0593]
    scene = shown * np.maximum(luminance, 1e-9)[..., None] ** (1 / 1.2 - 1)
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    low = np.sqrt(3 * np.maximum(scene, 0))
    high = a * np.log(np.maximum(12 * scene - b, 1e-9)) + c
    signal: np.ndarray = np.where(scene <= 1 / 12, low, high)
    return signal


def bt1886(light: np.ndarray) -> np.ndarray:
    """What makes this light on an ordinary screen (ITU-R BT.1886)."""
    return np.power(np.maximum(light, 0), 1 / 2.4)


@pytest.mark.parametrize(
    ("encode", "transfer"), [(pq, 16), (hlg, 18), (bt1886, 14)], ids=["pq", "hlg", "bt2020"]
)
def test_a_wide_film_looks_like_its_ordinary_version(
    encode: Callable[[np.ndarray], np.ndarray], transfer: int
) -> None:
    ordinary = photograph()
    signal = np.clip(encode(ordinary**2.4 @ TO_BT2020.T), 0, 1)
    frame = VideoFrame.from_ndarray((signal * 65535).astype(np.uint16), "gbrp16le")
    frame.colorspace, frame.color_primaries, frame.color_trc, frame.color_range = 0, 9, transfer, 2
    shown = seen(frame).astype(float)
    assert shown.std() == pytest.approx((ordinary * 255).std(), rel=0.1)
    assert np.abs(shown - ordinary * 255).mean() < 10


DISC = [(1440, 1080, Fraction(4, 3)), (720, 576, Fraction(64, 45)), (720, 480, Fraction(8, 9))]


def disc(width: int, height: int, aspect: Fraction) -> VideoFrame:
    down, across = np.mgrid[0:height, 0:width]
    inside = np.hypot((across - width / 2) * float(aspect), down - height / 2) < height / 3
    return VideoFrame.from_ndarray((inside * 255).astype(np.uint8), "gray")


@pytest.mark.parametrize(("width", "height", "aspect"), DISC)
def test_a_disc_is_round(width: int, height: int, aspect: Fraction) -> None:
    bright = seen(disc(width, height, aspect), aspect)[..., 0] > 128
    across, down = bright.any(0).sum(), bright.any(1).sum()
    assert across / down == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("aspect", [Fraction(1, 1000), Fraction(65535, 1)])
def test_the_shape_of_a_pixel_that_cannot_be_is_ignored(aspect: Fraction) -> None:
    assert seen(disc(96, 64, SQUARE), aspect).shape == (64, 96, 3)


MATRICES = {
    (1, 0, 0, 1): [[1, 2], [3, 4]],
    (-1, 0, 0, 1): [[2, 1], [4, 3]],
    (1, 0, 0, -1): [[3, 4], [1, 2]],
    (-1, 0, 0, -1): [[4, 3], [2, 1]],
    (0, 1, -1, 0): [[3, 1], [4, 2]],
    (0, -1, 1, 0): [[2, 4], [1, 3]],
    (0, 1, 1, 0): [[1, 3], [2, 4]],
    (0, -1, -1, 0): [[4, 2], [3, 1]],
}
"""Where the quarters 1 2 / 3 4 of a picture are seen, by the matrix's a, b, c, d."""


def oriented(path: Path, matrix: tuple[int, int, int, int]) -> Path:
    """A picture of four quarters of different brightness, with a display matrix."""
    quarters = np.repeat(np.repeat([[60, 120], [180, 240]], 32, 0), 48, 1).astype(np.uint8)
    with av.open(path, "w") as container:
        video = container.add_stream("libx264", rate=30)
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = 96, 64, "yuv420p"
        container.mux(video.encode(VideoFrame.from_ndarray(quarters, "gray")))
        container.mux(video.encode(None))
    data = bytearray(path.read_bytes())
    at = data.find(b"tkhd") + 4 + 4 + 20 + 16
    a, b, c, d = (0x10000 * part for part in matrix)
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 0x40000000)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("matrix", "expected"), MATRICES.items())
def test_all_eight_orientations_are_seen_as_they_are_meant(
    tmp_path: Path, matrix: tuple[int, int, int, int], expected: list[list[int]]
) -> None:
    source = FileSource(oriented(tmp_path / "clip.mp4", matrix))
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    height, width = frame.pixels.shape[:2]
    rows, columns = (height // 4, 3 * height // 4), (width // 4, 3 * width // 4)
    found = [[round(frame.pixels[y, x, 0] / 60) for x in columns] for y in rows]
    assert found == expected


def moving_bar(number: int) -> np.ndarray:
    """A frame of two fields, between which a bright bar goes on."""
    picture = np.full((64, 96), 16, np.uint8)
    for field in (0, 1):
        left = 8 * (2 * number + field)
        picture[field::2, left : left + 16] = 235
    return picture


def test_interlaced_pictures_have_no_combs() -> None:
    pictures, found = PictureFilter(), []
    for number in range(5):
        frame = VideoFrame.from_ndarray(moving_bar(number), "gray").reformat(format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, 25)
        found += list(pictures.push(of_two_fields(frame), SQUARE))
    found += list(pictures.flush())
    assert [moment for _, moment in found] == [Fraction(number, 25) for number in range(5)]
    shown = found[2][0][8:-8, :, 0].astype(int)
    assert combs(shown) < 0.3 * combs(moving_bar(2)[8:-8].astype(int))


def combs(rows: np.ndarray) -> float:
    """How much neighbouring rows differ."""
    return float(np.abs(np.diff(rows, axis=0)).mean())


def of_two_fields(frame: VideoFrame) -> VideoFrame:
    """The frame with the flag that says so."""
    graph = Graph()
    source = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )
    graph.link_nodes(source, graph.add("setfield", "mode=tff"), graph.add("buffersink")).configure()
    graph.vpush(frame)
    flagged = graph.vpull()
    assert flagged.interlaced_frame
    return flagged
