"""Decoded frames become pictures as they are meant to be seen: upright, of square pixels, not
interlaced, in the colours of an ordinary screen.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from engine.files.media import LARGEST_SIDE
from engine.frames import Pixels, Size
from engine.video.film.orientation import Orientation, orientation_of

logger = logging.getLogger(__name__)

HD_HEIGHT = 720
_WIDEST_PIXEL = 8
"""A pixel's shape beyond this (8:1 or 1:8) is a muxer's mistake."""
_UNSPECIFIED = 2


class Transfer(IntEnum):
    """Transfer characteristics of high dynamic range (ITU-T H.273, table 3)."""

    PQ = 16
    HLG = 18


class Primaries(IntEnum):
    """Colour primaries wider than BT.709 (ITU-T H.273, table 2)."""

    BT2020 = 9
    P3_DCI = 11
    P3_D65 = 12


@dataclass(frozen=True, slots=True)
class _Look:
    """What decides which filters a frame needs. aspect: a pixel's width by its height."""

    time_base: Fraction
    stored: Size
    pixel_format: str
    colorspace: int
    range: int
    primaries: int
    transfer: int
    aspect: Fraction
    interlaced: bool
    orientation: Orientation

    @property
    def is_hdr(self) -> bool:
        return self.transfer in (Transfer.PQ, Transfer.HLG)

    @property
    def is_wide(self) -> bool:
        """Whether the colours have to be brought to BT.709."""
        return self.is_hdr or self.primaries in (
            Primaries.BT2020, Primaries.P3_DCI, Primaries.P3_D65
        )  # fmt: skip

    @property
    def size(self) -> Size:
        """With square pixels; the longer way, so that nothing is lost."""
        width, height, aspect = self.stored.width, self.stored.height, self.aspect
        wider = Size(max(round(width * aspect), 1), height)
        higher = Size(width, max(round(height / aspect), 1))
        size = wider if aspect >= 1 else higher
        return size if max(size.width, size.height) <= LARGEST_SIDE else self.stored


class PictureFilter:
    """Frames of one stream in, RGB pictures with their times out; in order.

    Deinterlacing (bwdif), tone mapping and scaling are FFmpeg's filters, put together anew where
    the frames change in the middle of a film. Plain frames pass none of them.
    """

    def __init__(self) -> None:
        self._look: _Look | None = None
        self._graph: Graph | None = None

    def push(self, frame: VideoFrame, aspect: Fraction) -> Iterator[tuple[Pixels, Fraction]]:
        """What is finished after this frame: pictures and their times, in seconds.

        aspect: the width of a pixel by its height. Raises what FFmpeg raises.
        """
        look = _look_of(frame, aspect)
        if self._look is not None and self._look.interlaced:
            look = replace(look, interlaced=True)  # the filter lets progressive frames through
        if look != self._look:
            yield from self.flush()
            self._look, self._graph = look, _graph_for(look)
        if self._graph is None:
            yield self._finished(frame)
        else:
            self._graph.vpush(frame)
            yield from self._pulled(self._graph)

    def flush(self) -> Iterator[tuple[Pixels, Fraction]]:
        """What the filters still hold. Those that hold nothing stay for the next film of the same
        kind, as in a loop: a table for tone mapping takes seconds to make.
        """
        if self._look is None or not self._look.interlaced or self._graph is None:
            return
        graph, self._graph = self._graph, None
        graph.vpush(None)
        yield from self._pulled(graph)
        self._look = None

    def _pulled(self, graph: Graph) -> Iterator[tuple[Pixels, Fraction]]:
        while True:
            try:
                frame = graph.vpull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            yield self._finished(frame)

    def _finished(self, frame: VideoFrame) -> tuple[Pixels, Fraction]:
        assert self._look is not None
        moment = (frame.pts or 0) * (frame.time_base or Fraction(0))
        return self._look.orientation.apply(to_rgb(frame)), moment


def to_rgb(frame: VideoFrame) -> Pixels:
    """(height, width, 3) RGB of a frame as it is stored.

    For a file that does not name its colour matrix, the usual one for its size is taken: BT.709
    from 720 lines on, BT.601 below.
    """
    unnamed = frame.colorspace == _UNSPECIFIED and frame.height >= HD_HEIGHT
    matrix = "ITU709" if unnamed else None
    return frame.to_ndarray(format="rgb24", src_colorspace=matrix).astype(np.uint8, copy=False)


def _look_of(frame: VideoFrame, aspect: Fraction) -> _Look:
    return _Look(
        time_base=frame.time_base or Fraction(1, 1000),
        stored=Size(frame.width, frame.height),
        pixel_format=frame.format.name,
        colorspace=int(frame.colorspace),
        range=int(frame.color_range),
        primaries=int(frame.color_primaries),
        transfer=int(frame.color_trc),
        aspect=aspect if Fraction(1, _WIDEST_PIXEL) <= aspect <= _WIDEST_PIXEL else Fraction(1),
        interlaced=frame.interlaced_frame,
        orientation=orientation_of(frame),
    )


def _graph_for(look: _Look) -> Graph | None:
    """The filters for such frames; None where they need none."""
    chain = []
    if look.interlaced:
        chain.append(("bwdif", "mode=send_frame:deint=interlaced"))
    if look.is_wide or look.size != look.stored:
        chain.append(("scale", _scaling(look)))
    if look.is_wide:
        chain.append(("format", "gbrp"))
    if not chain:
        return None
    graph = Graph()
    nodes: list[FilterContext] = [_input(graph, look)]
    nodes += [graph.add(name, options) for name, options in chain]
    graph.link_nodes(*nodes, graph.add("buffersink")).configure()
    return graph


def _input(graph: Graph, look: _Look) -> FilterContext:
    return graph.add(
        "buffer",
        video_size=str(look.stored),
        pix_fmt=look.pixel_format,
        time_base=str(look.time_base),
        pixel_aspect="1/1",
        colorspace=str(look.colorspace),
        range=str(look.range),
    )


def _scaling(look: _Look) -> str:
    """To square pixels, and to BT.709 where the colours are wider than that.

    The relative colorimetric way keeps what a film of ordinary range shows of it as it is: white
    at 203 cd/m² (ITU-R BT.2408) becomes white, and what is brighter is white as well.
    """
    options = {"w": str(look.size.width), "h": str(look.size.height)}
    if look.is_wide:
        if look.primaries == _UNSPECIFIED:
            options["in_primaries"] = "bt2020"
        if look.transfer == _UNSPECIFIED:
            options["in_transfer"] = "bt709"
        options |= {"out_primaries": "bt709", "out_transfer": "bt709", "out_range": "pc"}
        options["intent"] = "relative_colorimetric"
    return ":".join(f"{name}={value}" for name, value in options.items())
