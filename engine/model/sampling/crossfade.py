"""Changes of style, strength, seed or scene without a gap.

A change that touches the window needs a new warm-up. It is taken from the last 8 input frames,
kept as latents, and done part by part between the frames of the old stream; then the new stream
fades over. Where memory does not allow a second cache, the last result is held meanwhile.

    STEADY --change, age--> WARMING --all parts done--> FADING --last frame--> STEADY
    any --scene cut--> STEADY, warmed up on the first frame of the new scene alone,
                       and refreshed once 8 frames of it have come

All of it goes by frame count, never by time, so that the same frames give the same result.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from engine.model.network.config import WARM_UP_FRAMES
from engine.model.sampling.frame_stream import (
    DenoisedFrame,
    EncodedFrame,
    FrameStream,
    FrozenStream,
    Plan,
    StreamLane,
)
from engine.model.sampling.noise import NoiseGenerator
from engine.settings import CachePrecision

FADE_FRAMES = 6
REFRESH_FRAMES = 240
"""Age of a warm-up, in frames, at which it is taken anew."""


@dataclass(slots=True)
class _Waiting:
    """A frame until the lanes that have a share in it have given their results."""

    number: int
    shares: tuple[tuple[FrameStream, float], ...]
    results: list[DenoisedFrame | None] = field(init=False)

    def __post_init__(self) -> None:
        self.results = [None] * len(self.shares)

    def take(self, frame_stream: FrameStream, result: DenoisedFrame) -> None:
        lanes = [sharing for sharing, _ in self.shares]
        self.results[lanes.index(frame_stream)] = result

    def mixed(self) -> DenoisedFrame | None:
        """The result once all are there."""
        there = [result for result in self.results if result is not None]
        if len(there) < len(self.shares):
            return None
        if len(there) == 1:
            return there[0]
        old, new = there
        weight = self.shares[1][1]
        leading = new if weight >= 0.5 else old
        latent = torch.lerp(old.latent, new.latent, weight)
        return DenoisedFrame(self.number, latent, leading.generation)


@dataclass(slots=True)
class _Incoming:
    """A lane on its way in: first its warm-up, part by part, then its fade."""

    frame_stream: StreamLane
    work: Generator[None, None, Tensor]
    warm: bool = False
    faded: int = 0

    def advance(self) -> None:
        """Do an eighth of the warm-up, so that it spreads over about 8 frames."""
        for _ in range(-(-self.frame_stream.stream.warm_up_steps // WARM_UP_FRAMES)):
            if next(self.work, StopIteration) is StopIteration:
                self.warm = True
                return


@dataclass(slots=True)
class StreamCrossfader:
    """Frames in, finished frames out, whatever changes on the way.

    batched: order of the denoising steps, see `Stream`. second_cache: whether memory allows two
    windows at once; if not, the last result is held during a change. cache: how windows are kept.
    """

    plan: Plan
    batched: bool = False
    second_cache: bool = True
    cache: CachePrecision = CachePrecision.SAME
    _frame_stream: FrameStream | None = None
    _incoming: _Incoming | None = None
    _history: deque[EncodedFrame] = field(default_factory=lambda: deque(maxlen=WARM_UP_FRAMES))
    _waiting: deque[_Waiting] = field(default_factory=deque)
    _last: DenoisedFrame | None = None
    _age: int = 0
    _wants_refresh: bool = False

    @property
    def gathered(self) -> int:
        """Frames of the first warm-up that have come, 0..8; 8 once the stream runs."""
        return WARM_UP_FRAMES if self._frame_stream is not None else len(self._history)

    @property
    def changing(self) -> bool:
        """Whether a new warm-up or a fade is under way."""
        return self._incoming is not None

    def change(self, plan: Plan) -> None:
        """Go over to this plan; a newer one replaces one whose warm-up has not begun."""
        self.plan = plan
        self._wants_refresh = True

    def set_noise(self, noise: NoiseGenerator, generation: int) -> None:
        """Use other noise from the next frame on; the window need not change for that."""
        self.plan = replace(self.plan, noise=noise, generation=generation)
        lanes = [self._frame_stream, self._incoming.frame_stream if self._incoming else None]
        for frame_stream in filter(None, lanes):
            frame_stream.plan = replace(frame_stream.plan, noise=noise, generation=generation)

    def step(self, frame: EncodedFrame, *, cut: bool) -> list[DenoisedFrame]:
        """Take the next frame; cut: it begins a new scene."""
        if cut and self._history:
            return self._cut(frame)
        self._history.append(frame)
        if self._frame_stream is None:
            return self._begin() if len(self._history) == WARM_UP_FRAMES else []
        self._prepare_change()
        return self._run(frame)

    def flush(self) -> list[DenoisedFrame]:
        """Finish what is under way; a clip shorter than a warm-up warms up on what there is."""
        if self._frame_stream is None:
            return self._begin() if self._history else []
        self._collect(self._frame_stream, self._frame_stream.flush())
        if self._incoming is not None:
            self._collect(self._incoming.frame_stream, self._incoming.frame_stream.flush())
        return self._ready()

    def _begin(self) -> list[DenoisedFrame]:
        """The first warm-up, at once: nothing is on air yet that could stall."""
        self._frame_stream = frame_stream = StreamLane(
            self.plan, batched=self.batched, cache=self.cache
        )
        self._age, self._wants_refresh = 0, False
        return self._out(frame_stream.warmed_up(self._history))

    def _cut(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        """Nothing of the old scene is any use: begin anew on the newest frame alone."""
        finished = self.flush()
        self._history.clear()
        self._history.append(frame)
        self._incoming = None
        first = self._begin()
        self._age = REFRESH_FRAMES - WARM_UP_FRAMES  # a whole warm-up as soon as there is one
        return finished + first

    def _prepare_change(self) -> None:
        self._age += 1
        due = self._wants_refresh or self._age >= REFRESH_FRAMES
        if self._incoming is not None or not due:
            return
        self._wants_refresh, self._age = False, 0
        if not self.second_cache:
            self._hold()
        frame_stream = StreamLane(self.plan, batched=self.batched, cache=self.cache)
        self._incoming = _Incoming(frame_stream, frame_stream.warm_up(self._history))

    def _hold(self) -> None:
        """Let go of the old window before the new one is made."""
        assert self._frame_stream is not None
        assert self._last is not None
        under_way = self._frame_stream.flush()
        self._collect(self._frame_stream, under_way)
        self._frame_stream = FrozenStream(
            under_way[-1] if under_way else self._last, self._frame_stream.plan
        )

    def _run(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        shares = self._shares()
        self._waiting.append(_Waiting(frame.number, shares))
        for frame_stream, _ in shares:
            self._collect(frame_stream, frame_stream.step(frame))
        if self._incoming is not None and shares == ((self._incoming.frame_stream, 1.0),):
            self._settle()
        return self._ready()

    def _shares(self) -> tuple[tuple[FrameStream, float], ...]:
        """Which lanes make the next frame, and their weights; moves a change on."""
        assert self._frame_stream is not None
        change = self._incoming
        if change is not None and not change.warm:
            change.advance()
        elif change is not None:
            change.faded += 1
            weight = change.faded / FADE_FRAMES
            if weight == 1.0:
                return ((change.frame_stream, 1.0),)
            return ((self._frame_stream, 1.0 - weight), (change.frame_stream, weight))
        return ((self._frame_stream, 1.0),)

    def _settle(self) -> None:
        """The incoming lane is the stream from now on."""
        assert self._frame_stream is not None
        assert self._incoming is not None
        self._collect(self._frame_stream, self._frame_stream.flush())
        self._frame_stream, self._incoming = self._incoming.frame_stream, None

    def _collect(self, frame_stream: FrameStream, results: list[DenoisedFrame]) -> None:
        waiting_for = {waiting.number: waiting for waiting in self._waiting}
        for result in results:
            waiting_for[result.number].take(frame_stream, result)

    def _ready(self) -> list[DenoisedFrame]:
        finished = []
        while self._waiting and (mixed := self._waiting[0].mixed()) is not None:
            finished.append(mixed)
            self._waiting.popleft()
        return self._out(finished)

    def _out(self, finished: list[DenoisedFrame]) -> list[DenoisedFrame]:
        if finished:
            self._last = finished[-1]
        return finished
