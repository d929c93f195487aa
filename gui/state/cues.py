"""Cues: the settings of a show's moments, in order, each with the time it takes to fade to.

The whole list is one file, with everything that the cues need: it can be taken along.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import EngineError, SettingError, TranslatableValue
from engine.files.json_data import read_json, write_json
from engine.files.names import shown
from engine.settings import Blend, LiveSettings, check_range
from gui.state.json_files import load_json

logger = logging.getLogger(__name__)

SUFFIX = ".cues.json"
FILE = f"current{SUFFIX}"
MOST_CUES = 500
LONGEST_FADE_S = 120.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A name, the model it was made for, what is set live, and the seconds of the fade, 0..120."""

    name: str
    model: str = "built-in"
    live: LiveSettings = field(default_factory=LiveSettings)
    fade_s: float = 0.0

    def __post_init__(self) -> None:
        check_range(TranslatableValue("The time of a fade"), self.fade_s, 0.0, LONGEST_FADE_S)


@dataclass(frozen=True, slots=True)
class CueList:
    """The cues of a show, in order."""

    cues: tuple[Cue, ...] = ()

    def __post_init__(self) -> None:
        if len(self.cues) > MOST_CUES:
            raise SettingError(
                "There can be at most {most} cues.",
                "Remove some, or use several files.",
                most=MOST_CUES,
            )

    def added(self, cue: Cue) -> CueList:
        """With one more at the end."""
        return replace(self, cues=(*self.cues, cue))

    def removed(self, index: int) -> CueList:
        """Without one of them; index: from 0."""
        return replace(self, cues=self.cues[:index] + self.cues[index + 1 :])

    def moved(self, index: int, by: int) -> CueList:
        """With one of them further up or down; as it is where there is no such place."""
        if not 0 <= index + by < len(self.cues):
            return self
        others = list(self.cues)
        others.insert(index + by, others.pop(index))
        return replace(self, cues=tuple(others))

    def changed(self, index: int, cue: Cue) -> CueList:
        """With another cue in this place."""
        return replace(self, cues=(*self.cues[:index], cue, *self.cues[index + 1 :]))


class CueStore:
    """The list that is in use, kept in the settings folder."""

    def __init__(self, settings: Path) -> None:
        self._path = settings / "cues" / FILE

    def load(self) -> CueList:
        """The list; an empty one where there is none, or none that can be read."""
        try:
            return load_json(self._path, CueList) or CueList()
        except OSError as error:
            logger.warning("the cues cannot be read now: %s", error.strerror)
            return CueList()

    def save(self, cues: CueList) -> None:
        """Keep the list. Raises SettingError."""
        write_cues(self._path, cues)


def write_cues(path: Path, cues: CueList) -> None:
    """Write a list to a file, whole or not at all. Raises SettingError."""
    try:
        write_json(path, cues)
    except (OSError, ValueError) as error:
        raise SettingError(
            "The cues could not be saved: {reason}.",
            "Choose another folder.",
            reason=getattr(error, "strerror", None) or shown(str(error)),
        ) from error


def read_cues(path: Path) -> CueList:
    """Read a list that somebody shared; the file stays as it is. Raises SettingError."""
    try:
        return read_json(path, CueList)
    except EngineError as error:
        raise SettingError(
            "{name!r} is not a list of cues.",
            "Choose a file that ends in {ending}.",
            name=path.name,
            ending=SUFFIX,
        ) from error


def between(before: LiveSettings, after: LiveSettings, share: float) -> LiveSettings:
    """What is set at a share of 0..1 of the fade from `before` to `after`.

    Everything with a slider moves evenly. So do the styles where there are two of them in all:
    one is mixed into the other. Where there are more, and for whatever cannot move evenly, the
    change comes half way; the engine's own short fade softens it.
    """
    near = before if share < 0.5 else after
    return replace(
        _styled(near, _mixed(_weights(before), _weights(after), share)),
        strength=_lerp(before.strength, after.strength, share),
        structure=_lerp(before.structure, after.structure, share),
        noise_consistency=_lerp(before.noise_consistency, after.noise_consistency, share),
        flicker_reduction=_lerp(before.flicker_reduction, after.flicker_reduction, share),
    )


def _weights(live: LiveSettings) -> dict[str, float]:
    """The styles and their weights, which sum to 1; those of no weight count as well."""
    second = live.blend
    if second is None or second.style == live.style:
        return {live.style: 1.0}
    return {live.style: 1.0 - second.weight, second.style: second.weight}


def _mixed(
    before: dict[str, float], after: dict[str, float], share: float
) -> dict[str, float] | None:
    """The weights in between; None where they cannot be mixed."""
    styles = [*before, *(style for style in after if style not in before)]
    if len(styles) != 2:
        return None
    return {style: _lerp(before.get(style, 0.0), after.get(style, 0.0), share) for style in styles}


def _styled(live: LiveSettings, weights: dict[str, float] | None) -> LiveSettings:
    if weights is None:
        return live
    first, second = weights
    return replace(live, style=first, blend=Blend(second, weights[second]))


def _lerp(before: float, after: float, share: float) -> float:
    """Never beyond either end, as rounding would have it."""
    low, high = sorted((before, after))
    return min(max(before + (after - before) * share, low), high)
