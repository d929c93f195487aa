"""A translator without a model: it turns the picture's colours round, at once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import numpy as np

from engine.events import ProgressListener
from engine.frames import Frame, Pixels, StyledFrame
from engine.settings import BuildSettings, LiveSettings

WARM_UP = 8


class StandIn:
    """Behaves as a translator does: a warm-up of eight frames, then one for one."""

    def __init__(
        self, _build: BuildSettings, _live: LiveSettings, _progress: ProgressListener
    ) -> None:
        self._gathered: list[Frame] = []

    @property
    def warm_up_progress(self) -> tuple[int, int]:
        return len(self._gathered), WARM_UP

    @property
    def seconds_until_ready(self) -> float:
        return 0.0

    def step(self, frame: Frame) -> Sequence[StyledFrame]:
        if len(self._gathered) == WARM_UP:
            return [_styled(frame)]
        self._gathered.append(frame)
        if len(self._gathered) < WARM_UP:
            return []
        return [_styled(gathered) for gathered in self._gathered]

    def take_finished(self, *, wait: bool = False) -> Sequence[StyledFrame]:
        return []

    def on_ready(self, ready: Callable[[], None]) -> None:
        """What comes, comes from `step`."""

    def flush(self) -> Sequence[StyledFrame]:
        return []

    def apply(self, settings: LiveSettings) -> None:
        """There is nothing to change."""

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        yield
        return np.ascontiguousarray(255 - pixels)

    def reset(self) -> None:
        self._gathered = []

    def close(self) -> None:
        """There is nothing to let go of."""


def _styled(frame: Frame) -> StyledFrame:
    turned = np.ascontiguousarray(255 - frame.pixels)
    return StyledFrame(turned, frame.number, frame.captured_at)
