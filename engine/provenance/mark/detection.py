"""Says whether a film bears the invisible mark, how sure that is, and of which version it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.provenance.mark.payload import BYTES, PROGRAM, Payload
from engine.provenance.mark.search import Match, search
from engine.provenance.mark.spectrum import GreyFilm, Spectrum
from engine.provenance.mark.tile import LETTERS, Tile, cells_of, known_tile, letters_of, tile_of

ENOUGH = 6.0
"""The score from which a mark counts as found: by chance, less than once in a million."""
PIXELS = 192 * 192
"""The size at which a film is analysed: a cell is then about four pixels wide."""
_SURE_LEAD = 1.5
"""Standard deviations by which a letter must stand out above the next best one to be told."""
_VERSION_PLACES = range(len(PROGRAM), BYTES)


@dataclass(frozen=True, slots=True)
class Detection:
    """score: -log10 of an upper bound of how often chance alone would do as well, 0 at least.

    payload: the version, None where it cannot be read. mirrored: left and right are exchanged.
    hertz: how often a second the pattern turns.
    """

    score: float
    payload: Payload | None = None
    mirrored: bool = False
    hertz: float = 0.0

    @property
    def found(self) -> bool:
        """Whether the mark is there."""
        return self.score >= ENOUGH


def detect(film: GreyFilm, *, windows: int = 1) -> Detection:
    """Look for the mark in one window of a film. windows: how many of it are looked at in all;
    each is a chance of a false alarm.
    """
    match, tried = search(Spectrum(film))
    if match is None:
        return Detection(0.0)
    payload, sure, x = _read(match)
    tries = tried * windows * LETTERS ** len(_VERSION_PLACES)
    score = max(-_log10_of_chance(x, tries), 0.0)
    told = payload if sure and score >= ENOUGH else None
    return Detection(score, told, match.mirrored, match.hertz)


def _log10_of_chance(x: float, tried: float) -> float:
    """The bound that `search` explains, for the best of so many tries."""
    x = max(x, 1.0)
    return (math.log(tried) + 1 + math.log(x) - x) / math.log(10)


def _read(match: Match) -> tuple[Payload, bool, float]:
    """The likeliest version, whether it is sure, and x for the whole tile with that version."""
    turn = np.vdot(known_tile(), match.tile)
    seen = match.tile * (np.conj(turn) / (abs(turn) + 1e-20))
    letters = [_letter(seen, place) for place in _VERSION_PLACES]
    payload = Payload.of_bytes(bytes(letter for letter, _ in letters))
    whole = abs(np.vdot(tile_of(payload), match.tile)) ** 2
    x = float(whole / (np.sum(np.abs(match.tile) ** 2) + 1e-20))
    return payload, all(sure for _, sure in letters), x


def _letter(seen: Tile, place: int) -> tuple[int, bool]:
    """The likeliest letter, and whether it is well above the others."""
    cells = seen.ravel()[cells_of(place)]
    noise = math.sqrt(float(np.sum(np.abs(cells) ** 2)) / 2) + 1e-20
    likeness = np.real(letters_of(place).conj() @ cells) / noise
    second, best = np.sort(likeness)[-2:]
    return int(np.argmax(likeness)), bool(best - second >= _SURE_LEAD)
