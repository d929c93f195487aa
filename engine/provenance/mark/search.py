"""Looks for the pattern at every frequency, size and place, straight and mirrored.

F carrier frequencies; T: the side of the tile in cells; P: places between two cells that are
looked at. The picture is folded: cells one tile apart are added up, so that only shifts within
one tile remain, which a Fourier transform tries all at once.

How large a correlation chance can make is known without any assumption about the picture. The
phases of the tile are independent and even over the circle, so that the correlation C with any
picture is a Steinhaus sum, whose moments are at most those of a Gaussian: with x = |C|^2 / E|C|^2,
E[exp(a x)] <= 1 / (1 - a), hence P(x > X) <= X exp(1 - X), for each thing that was tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from engine.provenance.mark.embedding import CELLS
from engine.provenance.mark.spectrum import STEP, Maps, Spectrum
from engine.provenance.mark.tile import SIDE, Tile, known_tile

PLACES = 2
"""P."""
SMALLEST, LARGEST = 0.36, 1.75
"""Sizes of a cell, as shares of what it would be if the whole picture bore the mark: from a
quarter of the picture with bars around it, to a square one cropped to 16:9 and once more."""
_SIZE_STEP = 1.03
_FINE_SIZES = np.linspace(-0.012, 0.012, 7)
_FINE_HERTZ = np.linspace(-0.4, 0.4, 5)
_CANDIDATES = 5
_WORTH_A_CLOSER_LOOK = 15.0
"""x. Below this a candidate cannot become one that counts."""

Folded = NDArray[np.complex64]
"""(F, P, P, T, T): the sum of all tiles, for each place of the grid."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where the pattern fits best.

    x: its correlation, squared, by what chance makes on average. cell: (width, height) in pixels
    of the analysed picture. tile: (T, T), what was seen of each cell there.
    """

    x: float
    hertz: float
    cell: tuple[float, float]
    mirrored: bool
    tile: Tile


@dataclass(frozen=True, slots=True)
class _Candidate:
    x: float
    hertz: float
    cell: float
    mirrored: bool


def search(spectrum: Spectrum) -> tuple[Match | None, int]:
    """The best match, None where none is worth a closer look, and how much was tried."""
    sizes = cell_sizes(spectrum)
    found = [candidate for cell in sizes for candidate in _scan(spectrum, cell)]
    tried = len(sizes) * len(spectrum.hertz) * 2 * (PLACES * SIDE) ** 2
    best = sorted(found, key=lambda candidate: -candidate.x)[:_CANDIDATES]
    matches = [_refine(spectrum, each) for each in best if each.x > _WORTH_A_CLOSER_LOOK]
    tried += _CANDIDATES * len(_FINE_HERTZ) * len(_FINE_SIZES) ** 2 * (PLACES * SIDE) ** 2
    return max(matches, key=lambda match: match.x, default=None), tried


def cell_sizes(spectrum: Spectrum) -> NDArray[np.float64]:
    """The sizes of a cell that are tried, in pixels."""
    usual = np.sqrt(spectrum.size[0] * spectrum.size[1]) / CELLS
    count = int(np.log(LARGEST / SMALLEST) / np.log(_SIZE_STEP)) + 2
    return np.asarray(usual * SMALLEST * _SIZE_STEP ** np.arange(count))


def _scan(spectrum: Spectrum, cell: float) -> list[_Candidate]:
    """The best shift at this size, straight and mirrored. x is approximate."""
    folded = _fold(spectrum.maps, cell, cell)
    power = np.sum(np.square(folded.real) + np.square(folded.imag), axis=(-2, -1)) / 2 + 1e-20
    waves = np.fft.fft2(folded)
    found = []
    for mirrored, template in enumerate(_templates()):
        sums = np.fft.ifft2(waves * template)
        highest = np.max(np.square(sums.real) + np.square(sums.imag), axis=(-2, -1))
        x = np.max(highest / power, axis=(1, 2))
        best = int(np.argmax(x))
        found.append(_Candidate(float(x[best]), spectrum.hertz[best], cell, bool(mirrored)))
    return found


def _refine(spectrum: Spectrum, candidate: _Candidate) -> Match:
    """The best match near a candidate, its x exact."""
    near = STEP * _step(spectrum.hertz) * _FINE_HERTZ
    hertz = candidate.hertz + near if len(spectrum.hertz) > 1 else spectrum.hertz
    maps = spectrum.maps_at(hertz)
    if candidate.mirrored:
        maps = np.ascontiguousarray(maps[..., ::-1])
    best: Match | None = None
    for wider, taller in product(_FINE_SIZES, _FINE_SIZES):
        cell = candidate.cell * (1 + wider), candidate.cell * (1 + taller)
        folded = _fold(maps, *cell)
        x = _exact(folded)
        place = np.unravel_index(np.argmax(x), x.shape)
        if best is None or x[place] > best.x:
            tile = np.roll(folded[place[:3]], (-place[3], -place[4]), (0, 1))
            found = float(x[place]), float(hertz[place[0]])
            best = Match(*found, cell, candidate.mirrored, tile)
    assert best is not None
    return best


def _exact(folded: Folded) -> NDArray[np.float32]:
    """(F, P, P, T, T): x for every shift."""
    sums = np.fft.ifft2(np.fft.fft2(folded) * _templates()[0])
    powers = np.square(folded.real) + np.square(folded.imag)
    known = np.fft.fft2(np.abs(known_tile())).conj()
    expected = np.fft.ifft2(np.fft.fft2(powers) * known).real
    x = (np.square(sums.real) + np.square(sums.imag)) / np.maximum(expected, 1e-20)
    return np.asarray(x, np.float32)


def _step(hertz: NDArray[np.float64]) -> float:
    return float(hertz[1] - hertz[0]) if len(hertz) > 1 else 0.0


@cache
def _templates() -> NDArray[np.complex64]:
    """(2, T, T): the known cells, straight and mirrored, as a correlation needs them."""
    tile = known_tile()
    both = np.stack([np.fft.fft2(tile), np.fft.fft2(tile[:, ::-1])])
    return both.conj().astype(np.complex64)


def _fold(maps: Maps, width: float, height: float) -> Folded:
    """Average a picture over cells of this size, at P places each, and add up all tiles."""
    rows, columns = (
        _folding(maps.shape[2], round(height, 6)),
        _folding(maps.shape[3], round(width, 6)),
    )
    narrowed = maps.reshape(-1, maps.shape[3]) @ columns.T  # one product is faster than many
    parts = np.matmul(rows, narrowed.reshape(*maps.shape[:3], SIDE * PLACES))
    cells = (parts[:, 0] + 1j * parts[:, 1]).astype(np.complex64)
    split = cells.reshape(-1, SIDE, PLACES, SIDE, PLACES)
    return np.ascontiguousarray(split.transpose(0, 2, 4, 1, 3))


@lru_cache(maxsize=512)
def _folding(length: int, cell: float) -> NDArray[np.float32]:
    """(T * P, length): how much each pixel of a row belongs to each cell of the tile."""
    matrix = np.zeros((SIDE, PLACES, length), np.float32)
    begin = np.arange(length) / cell
    end = begin + 1 / cell
    for place in range(PLACES):
        for number in range(-1, int(np.ceil(length / cell)) + 1):
            left = number + place / PLACES
            overlap = np.minimum(end, left + 1) - np.maximum(begin, left)
            matrix[number % SIDE, place] += np.maximum(overlap, 0).astype(np.float32)
    return matrix.reshape(SIDE * PLACES, length)
