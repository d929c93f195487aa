"""How good a style is on a set of clips: the stream, against the same model frame by frame."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import repeat
from pathlib import Path

import numpy as np

from engine.errors import SourceError
from engine.evaluation.clips import ClipSet, Teacher
from engine.evaluation.scoring import (
    FrameObserver,
    ObservedFrame,
    Scorer,
    Scores,
    SteadinessScorer,
    StructureJudge,
    mean_scores,
)
from engine.evaluation.timing import Stopwatch
from engine.frames import Frame, Pixels, StyledFrame
from engine.interfaces import Translator, Wait
from engine.settings import LiveSettings

FRESH, SAME = 0.0, 1.0
"""Shares of the noise that frames have in common: the two ways to work frame by frame."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of a style, or their means. A teacher's are None where none was given.

    warp_error and its kin: mean squared difference of RGB 0..255 from the previous picture moved
    along the input's motion. structure_error, sharpness: see `engine.evaluation.metrics`.
    fresh_noise, same_noise: each frame alone in a fresh window. Memory in millions of bytes.
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

    def figures(self) -> dict[str, float]:
        """By name, without what was not measured."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if value is not None}

    def excess(self, warp_error: float) -> float:
        """What a warp error has beyond the input's own: the flicker that the model adds."""
        return warp_error - self.input_warp_error


def mean_quality(styles: Sequence[Quality]) -> Quality:
    """The mean of each figure. Raises ValueError where there is no style."""
    if not styles:
        raise ValueError("no style has been measured")
    first = styles[0].figures()
    return Quality(**{name: float(np.mean([q.figures()[name] for q in styles])) for name in first})


@dataclass(frozen=True, slots=True)
class Judging:
    """What a style is judged on and with. on_frame: called after each frame of each clip."""

    clips: ClipSet
    judge: StructureJudge
    teacher: Teacher | None = None
    on_frame: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Versions:
    """A model in one style, twice: one for the stream, one for frames by themselves."""

    stream: Translator
    alone: Translator
    settings: LiveSettings

    def restyled_alone(self, pixels: Pixels, number: int, smoothness: float) -> Pixels:
        """One picture (H, W, 3) warmed up on itself and nothing else."""
        self.alone.apply(replace(self.settings, noise_consistency=smoothness))
        self.alone.reset()
        self.alone.submit(Frame(pixels, number, 0.0))
        (result,) = self.alone.take_finished(Wait.END)
        return result.pixels


@dataclass(frozen=True, slots=True)
class _ClipScores:
    """What one clip came to."""

    stream: Scores
    teacher: Scores | None
    steadiness: Mapping[str, float]


def judge_style(versions: Versions, judging: Judging, weights_mb: float) -> Quality:
    """Score every clip; each counts the same. Raises SourceError and ModelError."""
    watch = Stopwatch(versions.stream)
    clips = [_score_clip(path, versions, watch, judging) for path in judging.clips.paths]
    stream = mean_scores([clip.stream for clip in clips])
    teachers = [clip.teacher for clip in clips if clip.teacher is not None]
    teacher = mean_scores(teachers) if teachers else None
    steadiness = {
        name: float(np.mean([clip.steadiness[name] for clip in clips]))
        for name in clips[0].steadiness
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
        **steadiness,
    )


def _score_clip(path: Path, versions: Versions, watch: Stopwatch, judging: Judging) -> _ClipScores:
    trial = _ClipTrial(versions, watch, judging)
    taught = _taught(path, versions.settings.style, judging)
    for pixels in judging.clips.frames(path):
        trial.take(pixels, _next_taught(taught, path))
        judging.on_frame()
    return trial.finish()


def _taught(path: Path, style: str, judging: Judging) -> Iterator[Pixels | None]:
    """The teacher's pictures of a clip; Nones without end where there is no teacher."""
    if judging.teacher is None:
        return repeat(None)
    return judging.clips.frames(judging.teacher.path(style, path))


def _next_taught(taught: Iterator[Pixels | None], path: Path) -> Pixels | None:
    try:
        return next(taught)
    except StopIteration:
        raise SourceError(
            "The teacher's {clip} is shorter than the clip.",
            "Render it whole, or evaluate fewer frames: --frames N.",
            clip=path.stem,
        ) from None


class _ClipTrial:
    """One clip on its way through every version of the model; holds the few frames under way."""

    def __init__(self, versions: Versions, watch: Stopwatch, judging: Judging) -> None:
        self._versions, self._watch = versions, watch
        self._watcher = FrameObserver(judging.judge)
        self._waiting: deque[ObservedFrame] = deque()
        self._stream = Scorer(judging.judge)
        self._teacher = None if judging.teacher is None else Scorer(judging.judge)
        self._plain, self._fresh, self._same = (SteadinessScorer() for _ in range(3))
        self._number = 0
        watch.restart()

    def take(self, pixels: Pixels, taught: Pixels | None) -> None:
        """The next picture (H, W, 3), and the teacher's of it."""
        seen = self._watcher.observe(pixels)
        self._waiting.append(seen)
        self._plain.add(seen, pixels)
        for scorer, smoothness in ((self._fresh, FRESH), (self._same, SAME)):
            scorer.add(seen, self._versions.restyled_alone(pixels, self._number, smoothness))
        if self._teacher is not None and taught is not None:
            self._teacher.add(seen, taught)
        self._number += 1
        self._score(self._watch.step(pixels))

    def finish(self) -> _ClipScores:
        """Score what is still under way, and sum up."""
        self._score(self._versions.stream.take_finished(Wait.END))
        return _ClipScores(
            stream=self._stream.scores(),
            teacher=None if self._teacher is None else self._teacher.scores(),
            steadiness={
                "input_warp_error": self._plain.warp_error,
                "warp_error_fresh_noise": self._fresh.warp_error,
                "warp_error_same_noise": self._same.warp_error,
            },
        )

    def _score(self, results: Sequence[StyledFrame]) -> None:
        for result in results:
            self._stream.add(self._waiting.popleft(), result.pixels)
