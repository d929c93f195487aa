"""The pattern of the invisible mark: one square tile of cells, repeated over the whole picture.

T: the side of the tile in cells. Each cell of the tile is a complex number of modulus 1, whose
phase says when in a cycle of the carrier the cell is at its brightest. Everything comes from a
hash of a fixed word, so that every version and every computer makes the same pattern.

The cells are dealt to the bytes of the payload, a quarter to each. A byte chooses one of the 256
rows of a Walsh-Hadamard matrix, which are orthogonal, and its cells turn by half a cycle where
the row has -1 (M-ary orthogonal signalling: Proakis, Digital Communications, 4.4). The bytes of
the program's mark never change, so that their cells are known beforehand and serve to find it.
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.provenance.mark.payload import BYTES, PROGRAM, Payload

SIDE = 32
"""T, cells."""
LETTERS = 256
"""How many values a byte has, and so the cells of each."""
_WORD = b"Live2Diff Camera: the invisible mark, first pattern"

Tile = NDArray[np.complex64]
"""(T, T), modulus 1, or 0 where a cell is left out."""


def tile_of(payload: Payload) -> Tile:
    """(T, T): the pattern that carries a payload."""
    flat = np.zeros(SIDE * SIDE, np.complex64)
    for place, letter in enumerate(payload.to_bytes()):
        flat[cells_of(place)] = letters_of(place)[letter]
    return flat.reshape(SIDE, SIDE)


@cache
def known_tile() -> Tile:
    """(T, T): the cells of the program's mark, which are the same in every version."""
    flat = np.zeros(SIDE * SIDE, np.complex64)
    for place, letter in enumerate(PROGRAM):
        flat[cells_of(place)] = letters_of(place)[letter]
    return flat.reshape(SIDE, SIDE)


@cache
def cells_of(place: int) -> NDArray[np.intp]:
    """(256,): the cells that carry one byte of the payload, as indices into the flat tile."""
    order = np.argsort(_words(b"cells", SIDE * SIDE), kind="stable")
    return np.asarray(order.reshape(BYTES, LETTERS)[place], np.intp)


@cache
def letters_of(place: int) -> NDArray[np.complex64]:
    """(256 letters, 256 cells): how each value of a byte looks, orthogonal to one another."""
    turns = _words(b"phases", SIDE * SIDE)[cells_of(place)] / 2.0**64
    phases = np.exp(2j * np.pi * turns).astype(np.complex64)
    return np.asarray(_walsh() * phases, np.complex64)


@cache
def _walsh() -> NDArray[np.float32]:
    """(256, 256): the Walsh-Hadamard matrix, of +1 and -1."""
    matrix = np.ones((1, 1), np.float32)
    while len(matrix) < LETTERS:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix


def _words(purpose: bytes, count: int) -> NDArray[np.uint64]:
    """(count,): numbers of 64 bits that nobody could tell from random ones."""
    stream = hashlib.shake_256(_WORD + b"/" + purpose).digest(8 * count)
    return np.frombuffer(stream, "<u8")
