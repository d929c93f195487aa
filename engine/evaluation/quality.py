"""Measures the quality of a style on clips: the stream against the same model frame by frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import repeat
from pathlib import Path

import numpy as np

from engine.errors import SourceError
from engine.evaluation.clips import ClipSet, Teacher
from engine.evaluation.scoring import (
    FlickerScorer,
    FrameObserver,
    ObservedFrame,
    Scorer,
    Scores,
    StructureMetric,
    mean_scores,
)
from engine.evaluation.timing import Stopwatch
from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import Translator, Wait
from engine.settings import LiveSettings

FRESH, SAME = 0.0, 1.0
"""The share of noise that frames have in common, in both frame-by-frame modes."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of a style, or their means. A teacher's are None where none was given.

    warp_error and its kin: mean squared difference of RGB 0..255 from the previous picture warped
    along the input's flow. structure_error, sharpness: see `engine.evaluation.metrics`.
    fresh_noise, same_noise: each frame alone in a fresh stream. Memory in MB.
    Figures of faces: see `engine.evaluation.face_scores`; None where there are none.
    """

    warp_error: float
    input_warp_error: float
    warp_error_fresh_noise: float
    warp_error_same_noise: float
    structure_error: float
    sharpness: float
    fps: float
    latency_ms: float
    peak_memory_mb: float
    weights_mb: float
    warp_error_teacher: float | None = None
    structure_error_teacher: float | None = None
    sharpness_teacher: float | None = None
    face_like_photo: float | None = None
    eyes_like_photo: float | None = None
    mouth_like_photo: float | None = None
    face_like_drawing: float | None = None
    eyes_like_drawing: float | None = None
    mouth_like_drawing: float | None = None
    face_sharpness: float | None = None
    skin_difference: float | None = None
    skin_difference_whole: float | None = None
    blinks_followed: float | None = None
    lips_followed: float | None = None

    def figures(self) -> dict[str, float]:
        """By name, without figures that were not measured."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if value is not None}

    def excess(self, warp_error: float) -> float:
        """The warp error in excess of the input's own: the flicker that the model adds."""
        return warp_error - self.input_warp_error


def mean_quality(styles: Sequence[Quality]) -> Quality:
    """The mean of each figure over the styles that have it. Raises ValueError without a style."""
    if not styles:
        raise ValueError("no style has been measured")
    figures = [style.figures() for style in styles]
    names = {name: None for each in figures for name in each}
    return Quality(**{n: float(np.mean([each[n] for each in figures if n in each])) for n in names})


@dataclass(frozen=True, slots=True)
class ScoringSetup:
    """The conditions of scoring. on_frame: called after each frame of each clip."""

    clips: ClipSet
    judge: StructureMetric
    teacher: Teacher | None = None
    on_frame: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class ModelPair:
    """A model with one style, twice: one for the stream, one for separate frames."""

    stream: Translator
    alone: Translator
    settings: LiveSettings

    def restyled_alone(self, pixels: Pixels, number: int, consistency: float) -> Pixels:
        """One picture (H, W, 3), warmed up only on itself."""
        self.alone.apply(replace(self.settings, noise_consistency=consistency))
        self.alone.reset()
        self.alone.submit(Frame(pixels, number, 0.0))
        (result,) = self.alone.take_finished(Wait.END)
        return result.pixels


@dataclass(frozen=True, slots=True)
class _ClipScores:
    """The scores of one clip."""

    stream: Scores
    teacher: Scores | None
    flicker: Mapping[str, float]


def score_style(models: ModelPair, setup: ScoringSetup, weights_mb: float) -> Quality:
    """Score every clip; all have equal weight. Raises SourceError and ModelError."""
    watch = Stopwatch(models.stream)
    clips = [_score_clip(path, models, watch, setup) for path in setup.clips.paths]
    stream = mean_scores([clip.stream for clip in clips])
    teachers = [clip.teacher for clip in clips if clip.teacher is not None]
    teacher = mean_scores(teachers) if teachers else None
    flicker = {
        name: float(np.mean([clip.flicker[name] for clip in clips])) for name in clips[0].flicker
    }
    return Quality(
        warp_error=stream.warp_error,
        structure_error=stream.structure_error,
        sharpness=stream.sharpness,
        fps=watch.fps,
        latency_ms=watch.latency_ms,
        peak_memory_mb=watch.peak_memory_mb,
        weights_mb=weights_mb,
        warp_error_teacher=None if teacher is None else teacher.warp_error,
        structure_error_teacher=None if teacher is None else teacher.structure_error,
        sharpness_teacher=None if teacher is None else teacher.sharpness,
        **asdict(stream.faces),
        **flicker,
    )


def _score_clip(
    path: Path, models: ModelPair, watch: Stopwatch, setup: ScoringSetup
) -> _ClipScores:
    trial = _ClipTrial(models, watch, setup)
    taught = _taught(path, models.settings.style, setup)
    for pixels in setup.clips.frames(path):
        trial.add(pixels, _next_taught(taught, path))
        setup.on_frame()
    return trial.finish()


def _taught(path: Path, style: str, setup: ScoringSetup) -> Iterator[Pixels | None]:
    """The teacher's frames of a clip; endless Nones where there is no teacher."""
    if setup.teacher is None:
        return repeat(None)
    return setup.clips.frames(setup.teacher.path(style, path))


def _next_taught(taught: Iterator[Pixels | None], path: Path) -> Pixels | None:
    try:
        return next(taught)
    except StopIteration:
        raise SourceError(
            "The teacher's {clip} is shorter than the clip.",
            "Render all of it, or evaluate fewer frames with --frames NUMBER.",
            clip=path.stem,
        ) from None


class _ClipTrial:
    """One clip on its way through both models; keeps the few frames whose results are pending."""

    def __init__(self, models: ModelPair, watch: Stopwatch, setup: ScoringSetup) -> None:
        self._models, self._watch = models, watch
        self._observer = FrameObserver(setup.judge)
        self._waiting: deque[ObservedFrame] = deque()
        self._stream = Scorer(setup.judge)
        self._teacher = None if setup.teacher is None else Scorer(setup.judge)
        self._plain, self._fresh, self._same = (FlickerScorer() for _ in range(3))
        self._number = 0
        watch.restart()

    def add(self, pixels: Pixels, taught: Pixels | None) -> None:
        """Add the next picture (H, W, 3), and the teacher's version of it."""
        observed = self._observer.observe(pixels, taught)
        self._waiting.append(observed)
        self._plain.add(observed, pixels)
        for scorer, consistency in ((self._fresh, FRESH), (self._same, SAME)):
            scorer.add(observed, self._models.restyled_alone(pixels, self._number, consistency))
        if self._teacher is not None and taught is not None:
            self._teacher.add(observed, taught)
        self._number += 1
        self._score(self._watch.step(pixels))

    def finish(self) -> _ClipScores:
        """Score the pending frames, and return all scores."""
        self._score(self._models.stream.take_finished(Wait.END))
        return _ClipScores(
            stream=self._stream.scores(),
            teacher=None if self._teacher is None else self._teacher.scores(),
            flicker={
                "input_warp_error": self._plain.warp_error,
                "warp_error_fresh_noise": self._fresh.warp_error,
                "warp_error_same_noise": self._same.warp_error,
            },
        )

    def _score(self, results: Sequence[StyledFrame]) -> None:
        for result in results:
            self._stream.add(self._waiting.popleft(), result.pixels)
