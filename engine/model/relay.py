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
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

import torch
from torch import Tensor

from engine.model.config import WARM_UP_FRAMES
from engine.model.noise import NoiseSource
from engine.model.stream import Recipe, Stream, finish
from engine.settings import CacheForm

FADE_FRAMES = 6
REFRESH_FRAMES = 240
"""Age of a warm-up, in frames, at which it is taken anew."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """An input frame as the network takes it. latent: (c, h, w); structure: (A, h, w)."""

    number: int
    latent: Tensor
    structure: Tensor


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings brought to the network's terms. generation counts the user's changes."""

    recipe: Recipe
    noise: NoiseSource
    generation: int


@dataclass(frozen=True, slots=True)
class Denoised:
    """A finished frame, still a latent (c, h, w)."""

    number: int
    latent: Tensor
    generation: int


class Lane(Protocol):
    """Gives a result for every frame it takes, in order, maybe later."""

    plan: Plan

    def step(self, frame: Encoded) -> list[Denoised]: ...

    def flush(self) -> list[Denoised]: ...


class StreamLane:
    """A stream with the numbers of the frames that are under way in it."""

    def __init__(self, plan: Plan, *, batched: bool, cache: CacheForm = CacheForm.SAME) -> None:
        self.plan = plan
        self.stream = Stream(plan.recipe, batched=batched, cache=cache)
        self._under_way: deque[int] = deque()

    def warm_up(self, frames: Iterable[Encoded]) -> Generator[None, None, Tensor]:
        """See `Stream.warm_up`."""
        chosen = list(frames)
        latents = torch.stack([frame.latent for frame in chosen])
        structure = torch.stack([frame.structure for frame in chosen])
        noise = torch.stack([self._noise(frame) for frame in chosen], dim=1)
        return self.stream.warm_up(latents, structure, noise)

    def warmed_up(self, frames: Iterable[Encoded]) -> list[Denoised]:
        """Warm up at once and give the results of these frames."""
        chosen = list(frames)
        results = finish(self.warm_up(chosen))
        return [
            Denoised(frame.number, latent, self.plan.generation)
            for frame, latent in zip(chosen, results, strict=True)
        ]

    def step(self, frame: Encoded) -> list[Denoised]:
        self._under_way.append(frame.number)
        return self._named(self.stream.step(frame.latent, frame.structure, self._noise(frame)))

    def flush(self) -> list[Denoised]:
        return self._named(self.stream.flush())

    def _named(self, latents: list[Tensor]) -> list[Denoised]:
        return [
            Denoised(self._under_way.popleft(), latent, self.plan.generation) for latent in latents
        ]

    def _noise(self, frame: Encoded) -> Tensor:
        shape = tuple(frame.latent.shape)
        noise = self.plan.noise.draw(frame.number, self.stream.steps, shape)
        return noise.to(frame.latent.device, frame.latent.dtype)


class HeldLane:
    """Repeats one result, for want of memory for two windows."""

    def __init__(self, held: Denoised, plan: Plan) -> None:
        self.plan = plan
        self._held = held

    def step(self, frame: Encoded) -> list[Denoised]:
        return [Denoised(frame.number, self._held.latent, self._held.generation)]

    def flush(self) -> list[Denoised]:
        return []


@dataclass(slots=True)
class _Waiting:
    """A frame until the lanes that have a share in it have given their results."""

    number: int
    shares: tuple[tuple[Lane, float], ...]
    results: list[Denoised | None] = field(init=False)

    def __post_init__(self) -> None:
        self.results = [None] * len(self.shares)

    def take(self, lane: Lane, result: Denoised) -> None:
        lanes = [sharing for sharing, _ in self.shares]
        self.results[lanes.index(lane)] = result

    def mixed(self) -> Denoised | None:
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
        return Denoised(self.number, latent, leading.generation)


@dataclass(slots=True)
class _Incoming:
    """A lane on its way in: first its warm-up, part by part, then its fade."""

    lane: StreamLane
    work: Generator[None, None, Tensor]
    warm: bool = False
    faded: int = 0

    def advance(self) -> None:
        """Do an eighth of the warm-up, so that it spreads over about 8 frames."""
        for _ in range(-(-self.lane.stream.parts // WARM_UP_FRAMES)):
            if next(self.work, StopIteration) is StopIteration:
                self.warm = True
                return


@dataclass(slots=True)
class Relay:
    """Frames in, finished frames out, whatever changes on the way.

    batched: order of the denoising steps, see `Stream`. second_cache: whether memory allows two
    windows at once; if not, the last result is held during a change. cache: how windows are kept.
    """

    plan: Plan
    batched: bool = False
    second_cache: bool = True
    cache: CacheForm = CacheForm.SAME
    _lane: Lane | None = None
    _incoming: _Incoming | None = None
    _history: deque[Encoded] = field(default_factory=lambda: deque(maxlen=WARM_UP_FRAMES))
    _waiting: deque[_Waiting] = field(default_factory=deque)
    _last: Denoised | None = None
    _age: int = 0
    _wants_refresh: bool = False

    @property
    def gathered(self) -> int:
        """Frames of the first warm-up that have come, 0..8; 8 once the stream runs."""
        return WARM_UP_FRAMES if self._lane is not None else len(self._history)

    @property
    def changing(self) -> bool:
        """Whether a new warm-up or a fade is under way."""
        return self._incoming is not None

    def change(self, plan: Plan) -> None:
        """Go over to this plan; a newer one replaces one whose warm-up has not begun."""
        self.plan = plan
        self._wants_refresh = True

    def soften(self, noise: NoiseSource, generation: int) -> None:
        """Use other noise from the next frame on; the window need not change for that."""
        self.plan = replace(self.plan, noise=noise, generation=generation)
        lanes = [self._lane, self._incoming.lane if self._incoming else None]
        for lane in filter(None, lanes):
            lane.plan = replace(lane.plan, noise=noise, generation=generation)

    def step(self, frame: Encoded, *, cut: bool) -> list[Denoised]:
        """Take the next frame; cut: it begins a new scene."""
        if cut and self._history:
            return self._cut(frame)
        self._history.append(frame)
        if self._lane is None:
            return self._begin() if len(self._history) == WARM_UP_FRAMES else []
        self._prepare_change()
        return self._run(frame)

    def flush(self) -> list[Denoised]:
        """Finish what is under way; a clip shorter than a warm-up warms up on what there is."""
        if self._lane is None:
            return self._begin() if self._history else []
        self._collect(self._lane, self._lane.flush())
        if self._incoming is not None:
            self._collect(self._incoming.lane, self._incoming.lane.flush())
        return self._ready()

    def _begin(self) -> list[Denoised]:
        """The first warm-up, at once: nothing is on air yet that could stall."""
        self._lane = lane = StreamLane(self.plan, batched=self.batched, cache=self.cache)
        self._age, self._wants_refresh = 0, False
        return self._out(lane.warmed_up(self._history))

    def _cut(self, frame: Encoded) -> list[Denoised]:
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
        lane = StreamLane(self.plan, batched=self.batched, cache=self.cache)
        self._incoming = _Incoming(lane, lane.warm_up(self._history))

    def _hold(self) -> None:
        """Let go of the old window before the new one is made."""
        assert self._lane is not None
        assert self._last is not None
        under_way = self._lane.flush()
        self._collect(self._lane, under_way)
        self._lane = HeldLane(under_way[-1] if under_way else self._last, self._lane.plan)

    def _run(self, frame: Encoded) -> list[Denoised]:
        shares = self._shares()
        self._waiting.append(_Waiting(frame.number, shares))
        for lane, _ in shares:
            self._collect(lane, lane.step(frame))
        if self._incoming is not None and shares == ((self._incoming.lane, 1.0),):
            self._settle()
        return self._ready()

    def _shares(self) -> tuple[tuple[Lane, float], ...]:
        """Which lanes make the next frame, and their weights; moves a change on."""
        assert self._lane is not None
        change = self._incoming
        if change is not None and not change.warm:
            change.advance()
        elif change is not None:
            change.faded += 1
            weight = change.faded / FADE_FRAMES
            if weight == 1.0:
                return ((change.lane, 1.0),)
            return ((self._lane, 1.0 - weight), (change.lane, weight))
        return ((self._lane, 1.0),)

    def _settle(self) -> None:
        """The incoming lane is the stream from now on."""
        assert self._lane is not None
        assert self._incoming is not None
        self._collect(self._lane, self._lane.flush())
        self._lane, self._incoming = self._incoming.lane, None

    def _collect(self, lane: Lane, results: list[Denoised]) -> None:
        waiting_for = {waiting.number: waiting for waiting in self._waiting}
        for result in results:
            waiting_for[result.number].take(lane, result)

    def _ready(self) -> list[Denoised]:
        finished = []
        while self._waiting and (mixed := self._waiting[0].mixed()) is not None:
            finished.append(mixed)
            self._waiting.popleft()
        return self._out(finished)

    def _out(self, finished: list[Denoised]) -> list[Denoised]:
        if finished:
            self._last = finished[-1]
        return finished
