"""A translator without a model: it inverts the picture's colours, at once."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import numpy as np

from engine.events import ProgressListener
from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import TranslatorStatus, Wait, ignore_ready
from engine.settings import BuildSettings, LiveSettings

WARM_UP = 8


class StandIn:
    """Behaves as a translator does: a warm-up of eight frames, then one for one."""

    def __init__(
        self, _build: BuildSettings, _live: LiveSettings, _progress: ProgressListener
    ) -> None:
        self._gathered = 0
        self._waiting: list[Frame] = []

    @property
    def status(self) -> TranslatorStatus:
        return TranslatorStatus(self._gathered, WARM_UP)

    def submit(self, frame: Frame, on_ready: Callable[[], None] = ignore_ready) -> None:
        self._gathered = min(self._gathered + 1, WARM_UP)
        self._waiting.append(frame)

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        if self._gathered < WARM_UP:
            return []
        waiting, self._waiting = self._waiting, []
        return [_styled(frame) for frame in waiting]

    def apply(self, settings: LiveSettings) -> None:
        """There is nothing to change."""

    def render_still(self, pixels: Pixels, settings: LiveSettings) -> Generator[None, None, Pixels]:
        yield
        return np.ascontiguousarray(255 - pixels)

    def reset(self) -> None:
        self._gathered, self._waiting = 0, []

    def close(self) -> None:
        """There is nothing to release."""


def _styled(frame: Frame) -> StyledFrame:
    turned = np.ascontiguousarray(255 - frame.pixels)
    return StyledFrame(turned, frame.number, frame.captured_at)
