import hashlib

import numpy as np

from engine.provenance.mark.payload import Payload
from engine.provenance.mark.tile import cells_of, letters_of, tile_of


def test_the_pattern_never_changes() -> None:
    turns = np.round(np.angle(tile_of(Payload(0, 1, 0))) / (2 * np.pi) * 1024).astype(np.int64)
    digest = hashlib.sha256((turns % 1024).astype("<i2").tobytes()).hexdigest()
    assert (
        digest == "3a221223dc685b28b2bf13f4c1712d43ad06ab915b1f9f8117b72fbb1fde51a0"
    )  # films that are out there bear this one


def test_the_bytes_share_the_cells_of_the_tile() -> None:
    dealt = np.concatenate([cells_of(place) for place in range(4)])
    assert sorted(dealt.tolist()) == list(range(1024))


def test_letters_are_orthogonal() -> None:
    letters = letters_of(2)
    products = np.abs(letters @ letters.conj().T)
    assert np.allclose(products, 256 * np.eye(256), atol=1e-2)
