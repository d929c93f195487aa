"""Whether a styled face blinks and speaks with its owner.

How far eyes and mouth are open is told by the points of the face mesh, read in the source and, at
the same place, in the result. Both are compared over a clip by their correlation. An untouched
picture has 1; the drawings that the project learns from have about 0.6 to 0.97.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.faces import Points

FEWEST_FRAMES = 8

SHUT = 0.5
"""An eye blinks where it is open less than this share of its median."""

LEAST_SPEECH = 0.1
"""A mouth speaks if its gap changes by this share of its width."""


@dataclass(frozen=True, slots=True)
class Feature:
    """An eye or the mouth by its mesh points: its corners, and the middle of its two lids or lips.

    moves: whether a course of openings is one that can be judged.
    """

    corners: tuple[int, int]
    gap: tuple[int, int]
    moves: Callable[[NDArray[np.float64]], bool]

    def opening(self, points: Points) -> float:
        """How far it is open, relative to the distance of its corners."""
        width, gap = (
            np.hypot(*(points[one, :2] - points[other, :2]))
            for one, other in (self.corners, self.gap)
        )
        return float(gap / max(width, 1e-6))


def blinks(openings: NDArray[np.float64]) -> bool:
    """Whether an eye closes."""
    return bool(openings.min() < SHUT * np.median(openings))


def speaks(openings: NDArray[np.float64]) -> bool:
    """Whether a mouth opens and closes."""
    return bool(np.ptp(openings) > LEAST_SPEECH)


EYES = (Feature((33, 133), (159, 145), blinks), Feature((362, 263), (386, 374), blinks))
MOUTH = Feature((78, 308), (13, 14), speaks)


@dataclass(slots=True)
class _Course:
    """How far one feature of one face is open, in each frame of the source and of the result."""

    source: list[float] = field(default_factory=list)
    result: list[float] = field(default_factory=list)

    def correlation(self, feature: Feature) -> float | None:
        """None if it does not move in the source."""
        source, result = np.array(self.source), np.array(self.result)
        if len(source) < FEWEST_FRAMES or not feature.moves(source):
            return None
        spread = float(source.std() * result.std())
        if spread < 1e-9:
            return 0.0  # it never moves in the result
        return float(((source - source.mean()) * (result - result.mean())).mean()) / spread


class Following:
    """Gathers how far eyes and mouths are open in a clip and in its result, frame by frame."""

    def __init__(self) -> None:
        self._courses: dict[tuple[int, Feature], _Course] = {}

    def add(self, number: int, source: Points, result: Points) -> None:
        """The points of the face with this number, read in a frame and in its result."""
        for feature in (*EYES, MOUTH):
            course = self._courses.setdefault((number, feature), _Course())
            course.source.append(feature.opening(source))
            course.result.append(feature.opening(result))

    @property
    def blinks(self) -> float | None:
        """Correlation of the eyes' opening, -1..1; None where nobody blinks."""
        return self._mean(EYES)

    @property
    def lips(self) -> float | None:
        """Correlation of the mouth's opening, -1..1; None where nobody's mouth moves."""
        return self._mean((MOUTH,))

    def _mean(self, features: Sequence[Feature]) -> float | None:
        found = [
            value
            for (_, feature), course in self._courses.items()
            if feature in features and (value := course.correlation(feature)) is not None
        ]
        return float(np.mean(found)) if found else None
