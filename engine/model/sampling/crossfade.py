"""Changes of style, strength, seed or scene without a gap.

A change that touches the KV cache needs a new warm-up. It uses the last 8 input frames,
kept as latents, and runs step by step between the frames of the old stream; then the new stream
fades in. Where memory does not allow a second cache, the last result is repeated meanwhile.

    GATHERING --8 frames--> STEADY --change, age--> WARMING UP --all steps done--> FADING
    FADING --last frame--> STEADY
    any --scene cut--> STEADY, warmed up on the first frame of the new scene alone,
                       and refreshed once 8 frames of it have arrived

Everything depends on frame counts, never on time, so that the same frames give the same result.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import torch

from engine.model.network.config import WARM_UP_FRAMES
from engine.model.sampling.stream import Stream, run_to_end
from engine.model.sampling.stream_spec import (
    DenoisedFrame,
    EncodedFrame,
    NoiseSource,
    StreamSpec,
)
from engine.settings import CachePrecision

FADE_FRAMES = 6
REFRESH_FRAMES = 240
"""Age of a warm-up, in frames, at which it is renewed."""


class FrameStream(Protocol):
    """Gives a result for every frame it takes, in order, possibly with a delay."""

    def step(self, frame: EncodedFrame) -> list[DenoisedFrame]: ...

    def flush(self) -> list[DenoisedFrame]: ...

    def set_noise(self, noise: NoiseSource) -> None: ...


class FrozenStream:
    """Repeats one result where memory does not allow two caches."""

    def __init__(self, frozen: DenoisedFrame) -> None:
        self._frozen = frozen

    def step(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        return [replace(self._frozen, number=frame.number)]

    def flush(self) -> list[DenoisedFrame]:
        return []

    def set_noise(self, noise: NoiseSource) -> None:
        """Unused: the result is only repeated."""


Shares = tuple[tuple[FrameStream, float], ...]
"""The streams that make a frame, the older one first, and their weights, which sum to 1."""


@dataclass(frozen=True, slots=True)
class _Gathering:
    """No stream yet: the frames of its warm-up are still arriving."""

    streams: tuple[FrameStream, ...] = ()


@dataclass(frozen=True, slots=True)
class _Steady:
    """One stream makes every frame."""

    stream: FrameStream

    @property
    def streams(self) -> tuple[FrameStream, ...]:
        return (self.stream,)


@dataclass(frozen=True, slots=True)
class _WarmingUp:
    """The old stream makes every frame; between them the new one warms up, step by step. otherwise:
    by other settings, not only by newer frames.
    """

    old: FrameStream
    new: Stream
    work: Generator[None, None, list[DenoisedFrame]]
    otherwise: bool

    @property
    def streams(self) -> tuple[FrameStream, ...]:
        return (self.old, self.new)

    def advance(self) -> bool:
        """Do an eighth of the warm-up, so that it takes about 8 frames; whether it is done."""
        steps = range(-(-self.new.warm_up_steps // WARM_UP_FRAMES))
        return any(next(self.work, StopIteration) is StopIteration for _ in steps)


@dataclass(frozen=True, slots=True)
class _Fading:
    """Both streams make every frame; the new one's weight grows. faded: frames made so far.
    otherwise: see `_WarmingUp`.
    """

    old: FrameStream
    new: Stream
    otherwise: bool
    faded: int = 0

    @property
    def streams(self) -> tuple[FrameStream, ...]:
        return (self.old, self.new)


_State = _Gathering | _Steady | _WarmingUp | _Fading


@dataclass(slots=True)
class _Waiting:
    """A frame that waits for the results of the streams that contribute to it. changing: see
    `DenoisedFrame`.
    """

    number: int
    shares: Shares
    changing: bool
    results: list[DenoisedFrame | None] = field(init=False)

    def __post_init__(self) -> None:
        self.results = [None] * len(self.shares)

    def add(self, stream: FrameStream, result: DenoisedFrame) -> None:
        streams = [sharing for sharing, _ in self.shares]
        self.results[streams.index(stream)] = result

    def mixed(self) -> DenoisedFrame | None:
        """The weighted result, once every stream has contributed."""
        found = [result for result in self.results if result is not None]
        if len(found) < len(self.shares):
            return None
        latent = found[0].latent
        if len(found) > 1:
            latent = torch.lerp(latent, found[1].latent, self.shares[1][1])
        return DenoisedFrame(self.number, latent, self.changing)


class StreamCrossfader:
    """Frames in, finished frames out, through every change of settings.

    batched: order of the denoising steps, see `Stream`. second_cache: whether memory allows two
    KV caches at once; if not, the last result is repeated during a change. cache: their precision.
    """

    def __init__(
        self,
        spec: StreamSpec,
        *,
        batched: bool = False,
        second_cache: bool = True,
        cache: CachePrecision = CachePrecision.SAME,
    ) -> None:
        self._spec, self._batched, self._cache = spec, batched, cache
        self._second_cache = second_cache
        self._state: _State = _Gathering()
        self._history: deque[EncodedFrame] = deque(maxlen=WARM_UP_FRAMES)
        self._waiting: deque[_Waiting] = deque()
        self._newest: deque[DenoisedFrame] = deque(maxlen=1)
        self._age = 0
        self._change_wanted = False

    @property
    def gathered(self) -> int:
        """Frames of the first warm-up that have arrived, 0..8; 8 once the stream runs."""
        return len(self._history) if isinstance(self._state, _Gathering) else WARM_UP_FRAMES

    def change(self, spec: StreamSpec) -> None:
        """Change to this; it replaces an earlier change whose warm-up has not begun."""
        self._spec = spec
        self._change_wanted = True

    def set_noise(self, noise: NoiseSource) -> None:
        """Use other noise from the next frame on; that needs no new warm-up."""
        self._spec = replace(self._spec, noise=noise)
        for stream in self._state.streams:
            stream.set_noise(noise)

    def step(self, frame: EncodedFrame, *, cut: bool) -> list[DenoisedFrame]:
        """Take the next frame; cut: it begins a new scene."""
        if cut and self._history:
            return self._cut(frame)
        self._history.append(frame)
        if isinstance(self._state, _Gathering):
            return self._begin() if len(self._history) == WARM_UP_FRAMES else []
        changing = self._changing()
        self._run(_Waiting(frame.number, self._next_shares(), changing), frame)
        return self._ready()

    def flush(self) -> list[DenoisedFrame]:
        """Finish what is under way; a clip shorter than a warm-up uses the frames that it has."""
        if isinstance(self._state, _Gathering):
            return self._begin() if self._history else []
        for stream in self._state.streams:
            self._collect(stream, stream.flush())
        return self._ready()

    def _changing(self) -> bool:
        """Whether the next frame comes after a mixed one, or is one, of other settings."""
        return isinstance(self._state, _Fading) and self._state.otherwise

    def _new_stream(self) -> Stream:
        return Stream(self._spec, batched=self._batched, cache=self._cache)

    def _begin(self) -> list[DenoisedFrame]:
        """The first warm-up, in one go: nothing is on air yet that could stall."""
        stream = self._new_stream()
        self._state = _Steady(stream)
        self._age, self._change_wanted = 0, False
        return self._out(run_to_end(stream.warm_up(self._history)))

    def _cut(self, frame: EncodedFrame) -> list[DenoisedFrame]:
        """The old scene is of no use: start again from the newest frame alone."""
        finished = self.flush()
        self._history.clear()
        self._history.append(frame)
        self._state = _Gathering()
        first = self._begin()
        self._age = REFRESH_FRAMES - WARM_UP_FRAMES  # a whole warm-up follows as soon as possible
        return finished + first

    def _next_shares(self) -> Shares:
        """The streams that make the next frame, and their weights; advances a change."""
        self._age += 1
        due = self._change_wanted or self._age >= REFRESH_FRAMES
        if due and isinstance(self._state, _Steady):
            self._start_change()
        state = self._state
        match state:
            case _WarmingUp(old, new, _, otherwise):
                if state.advance():
                    self._state = _Fading(old, new, otherwise)
                return ((old, 1.0),)
            case _Fading(old, new, _, faded) if faded + 1 < FADE_FRAMES:
                self._state = replace(state, faded=faded + 1)
                weight = (faded + 1) / FADE_FRAMES
                return ((old, 1.0 - weight), (new, weight))
            case _Fading(old, new):
                self._collect(old, old.flush())
                self._state = _Steady(new)
        return tuple((stream, 1.0) for stream in self._state.streams)

    def _start_change(self) -> None:
        otherwise, self._change_wanted, self._age = self._change_wanted, False, 0
        if not self._second_cache:
            self._freeze()
        new = self._new_stream()
        (old,) = self._state.streams
        work = new.warm_up(self._history)
        self._state = _WarmingUp(old, new, work, otherwise)

    def _freeze(self) -> None:
        """Release the old cache before the new one is allocated."""
        (old,) = self._state.streams
        under_way = old.flush()
        self._collect(old, under_way)
        self._state = _Steady(FrozenStream([*self._newest, *under_way][-1]))

    def _run(self, waiting: _Waiting, frame: EncodedFrame) -> None:
        self._waiting.append(waiting)
        for stream, _ in waiting.shares:
            self._collect(stream, stream.step(frame))

    def _collect(self, stream: FrameStream, results: Sequence[DenoisedFrame]) -> None:
        waiting_for = {waiting.number: waiting for waiting in self._waiting}
        for result in results:
            waiting_for[result.number].add(stream, result)

    def _ready(self) -> list[DenoisedFrame]:
        finished = []
        while self._waiting and (mixed := self._waiting[0].mixed()) is not None:
            finished.append(mixed)
            self._waiting.popleft()
        return self._out(finished)

    def _out(self, finished: list[DenoisedFrame]) -> list[DenoisedFrame]:
        self._newest.extend(finished)
        return finished
