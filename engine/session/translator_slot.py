"""Builds a job's translator, keeps its settings up to date, and replaces it when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from engine.errors import EngineError, MemoryShortError, SettingError
from engine.events import Event, Failed
from engine.frames import Frame, Pixels, Size, StyledFrame
from engine.interfaces import Translator, TranslatorStatus, Wait
from engine.session.job import Job, TranslatorFactory
from engine.session.memory_fallback import MemoryLimits, next_lower_setting
from engine.settings import MAX_STEPS, LiveSettings

REBUILD_SECONDS = 2.0


class TranslatorSlot:
    """Contains the translator, or none between a failure and the next build; on one thread.

    wanted: the newest settings requested; `submit` applies them. applied: those in use.
    """

    def __init__(
        self,
        job: Job,
        build: TranslatorFactory,
        listener: Callable[[Event], None],
        on_ready: Callable[[], None],
    ) -> None:
        self._factory, self._listener, self._on_ready = build, listener, on_ready
        self._begun = False
        self._limits = MemoryLimits(replace(job.build, at_once=job.realtime), MAX_STEPS)
        self.wanted = self.applied = job.live
        self._translator: Translator | None = None
        self._rebuild_at = 0.0
        self._dropped = self._dropped_now = 0

    @property
    def dropped(self) -> int:
        """Frames submitted to any of its translators that have no result. Any thread may ask."""
        return self._dropped + self._dropped_now

    @property
    def status(self) -> TranslatorStatus | None:
        """The translator's; None while there is none."""
        return None if self._translator is None else self._translator.status

    @property
    def size(self) -> Size:
        """The size that the translator computes at; memory may have lowered it."""
        return self._limits.build.size

    @property
    def begun(self) -> bool:
        """Whether `begin` was called."""
        return self._begun

    def begin(self, size: Size) -> None:
        """Build the first translator, to compute at this size. Raises ModelError."""
        self._begun = True
        self._limits = replace(self._limits, build=replace(self._limits.build, size=size))
        self._build()

    def _build(self) -> None:
        """Build the translator, within the limits found for memory. Raises ModelError."""
        self._translator = self._factory(self._limits.build, self.applied, self._listener)

    def submit(self, frame: Frame) -> bool:
        """Submit a frame with the newest settings; returns whether there is a translator.

        A failed one is built again, at most every 2 s. Raises whatever a model may raise.
        """
        if self._translator is None and time.monotonic() >= self._rebuild_at:
            self._build()
        if self._translator is None:
            return False
        self._apply_to(self._translator)
        self._translator.submit(frame, self._on_ready)
        return True

    def take_finished(self, wait: Wait = Wait.NOTHING) -> Sequence[StyledFrame]:
        """The results so far, in order. Raises whatever a model may raise."""
        if self._translator is None:
            return ()
        results = self._translator.take_finished(wait)
        self._dropped_now = self._translator.status.dropped
        return results

    def render_still(self, pixels: Pixels, live: LiveSettings) -> Generator[None, None, Pixels]:
        """See `Translator.render_still`."""
        assert self._translator is not None, "only called while there is a translator"
        return self._translator.render_still(pixels, live)

    def reset(self) -> None:
        """Forget the stream."""
        if self._translator is not None:
            self._translator.reset()

    def close(self) -> None:
        """Release the model."""
        translator = self._let_go()
        if translator is not None:
            translator.close()

    def fail(self, error: EngineError) -> EngineError:
        """Drop a failed translator; returns the error to report.

        After running out of memory, the next one is built immediately with one setting lowered, if
        possible. The error has no traceback, which would keep the model in memory.
        """
        self._let_go()
        self._limits = replace(self._limits, build=replace(self._limits.build, resumed=True))
        self._rebuild_at = time.monotonic() + REBUILD_SECONDS
        if isinstance(error, MemoryShortError):
            lower = next_lower_setting(replace(self._limits, steps=self.applied.steps))
            if lower is not None:
                self._limits, error = lower
                self.applied = self._limits.within(self.applied)
                self._rebuild_at = 0.0
        return error.with_traceback(None)

    def _let_go(self) -> Translator | None:
        self._dropped, self._dropped_now = self.dropped, 0
        translator, self._translator = self._translator, None
        return translator

    def _apply_to(self, translator: Translator) -> None:
        wanted = self._limits.within(self.wanted)
        if wanted == self.applied:
            return
        try:
            translator.apply(wanted)
            self.applied = wanted
        except SettingError as error:
            # whoever wishes to be styled again is, also if the style was refused
            self.wanted = replace(
                self.applied,
                composition=wanted.composition,
                auto_framing=wanted.auto_framing,
                interpolation=wanted.interpolation,
            )
            self._listener(Failed(error, recovering=True))
