"""Makes any sound one unbroken stream of samples that an encoder takes, each at its own time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

_SILENCE_AT_ONCE = 1
"""Seconds. A longer gap is filled piece by piece, so that an hour of it needs no memory."""
_FRAME_SAMPLES = 1024  # as AAC takes them
_SHORTEST_GAP = 0.01
"""Seconds by which time stamps may be off, as those of containers that count in milliseconds
are, before sound is filled up or cut."""


@dataclass(frozen=True, slots=True)
class _Kind:
    sample_format: str
    layout: str
    rate: int

    @staticmethod
    def of(frame: AudioFrame) -> _Kind:
        return _Kind(frame.format.name, frame.layout.name, frame.sample_rate)


class SoundAlignment:
    """Frames of any kind in, which may change; float frames of `rate` and `layout` out.

    Silence fills the gaps, also before the first frame, and what overlaps is cut: FFmpeg's
    aresample does both, and the resampling.
    """

    def __init__(self, rate: int, layout: str) -> None:
        self._rate, self._layout = rate, layout
        self._samples = 0
        self._kind: _Kind | None = None
        self._graph: Graph | None = None
        self._end = Fraction(0)

    def push(self, frame: AudioFrame, begin: Fraction) -> Iterator[AudioFrame]:
        """What is finished after this frame, which begins at so many seconds."""
        kind = _Kind.of(frame)
        if kind != self._kind or self._graph is None:
            yield from self.flush()
            self._kind, self._graph = kind, self._graph_for(kind)
            self._end = Fraction(self._samples, self._rate)
        while begin - self._end > _SILENCE_AT_ONCE:
            yield from self._push(_silence(kind), self._end, kind)
        yield from self._push(frame, begin, kind)

    def flush(self) -> Iterator[AudioFrame]:
        """What is still held back."""
        graph, self._graph = self._graph, None
        if graph is not None:
            graph.push(None)
            yield from self._pulled(graph)

    def _push(self, frame: AudioFrame, begin: Fraction, kind: _Kind) -> Iterator[AudioFrame]:
        assert self._graph is not None
        frame.pts, frame.time_base = round(begin * kind.rate), Fraction(1, kind.rate)
        self._end = max(self._end, begin + Fraction(frame.samples, kind.rate))
        self._graph.push(frame)
        yield from self._pulled(self._graph)

    def _pulled(self, graph: Graph) -> Iterator[AudioFrame]:
        while True:
            try:
                frame = graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            assert isinstance(frame, AudioFrame)
            frame.pts, frame.time_base = self._samples, Fraction(1, self._rate)
            self._samples += frame.samples
            yield frame

    def _graph_for(self, kind: _Kind) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=kind.rate,
            format=kind.sample_format,
            layout=kind.layout,
            time_base=Fraction(1, kind.rate),
        )
        aligned = graph.add(
            "aresample",
            f"{self._rate}:async=1:min_hard_comp={_SHORTEST_GAP}:first_pts={self._samples}",
        )
        shaped = graph.add("aformat", f"sample_fmts=fltp:channel_layouts={self._layout}")
        framed = graph.add("asetnsamples", f"n={_FRAME_SAMPLES}:p=0")
        graph.link_nodes(source, aligned, shaped, framed, graph.add("abuffersink")).configure()
        return graph


def _silence(kind: _Kind) -> AudioFrame:
    frame = AudioFrame(kind.sample_format, kind.layout, kind.rate * _SILENCE_AT_ONCE)
    middle = 0x80 if kind.sample_format.startswith("u8") else 0
    for plane in frame.planes:
        plane.update(bytes([middle]) * plane.buffer_size)
    frame.sample_rate = kind.rate
    return frame
