from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.frames import Pixels, Size
from engine.provenance.mark import embedding
from engine.provenance.mark.embedding import CYCLE, add_mark, overlays, prepare_mark
from engine.provenance.mark.payload import Payload
from tests.engine.provenance.films import PAYLOAD


def flat(level: int, height: int = 180, width: int = 320) -> Pixels:
    return np.full((height, width, 3), level, np.uint8)


def change(level: int, number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return add_mark(flat(level), number, PAYLOAD).astype(np.int64) - level


def test_the_mark_is_faint_and_even_over_time() -> None:
    for number in range(CYCLE):
        difference = change(128, number)
        psnr = 10 * np.log10(255**2 / np.mean(difference**2))
        assert psnr >= 45.5
        assert abs(difference.mean()) < 0.05  # no pulse
        assert np.abs(difference).max() <= 4


def test_the_same_number_adds_the_same() -> None:
    assert (change(90, 5) == change(90, 5)).all()
    assert (change(90, 5) == change(90, 5 + CYCLE)).all()
    assert (change(90, 5) != change(90, 9)).any()


def test_it_turns_by_half_in_half_a_cycle() -> None:
    assert (change(128, 3) == -change(128, 3 + CYCLE // 2)).all()


@pytest.mark.parametrize(("level", "low", "high"), [(0, 0, 4), (255, 251, 255)])
def test_black_and_white_do_not_wrap_around(level: int, low: int, high: int) -> None:
    marked = add_mark(flat(level), 2, PAYLOAD)
    assert low <= int(marked.min()) <= int(marked.max()) <= high


def test_the_picture_it_is_put_on_stays_as_it_was() -> None:
    picture = flat(128)
    add_mark(picture, 0, PAYLOAD)
    assert (picture == 128).all()


def test_a_picture_too_small_for_it_is_left_alone() -> None:
    tiny = flat(128, 64, 64)
    assert add_mark(tiny, 0, PAYLOAD) is tiny


def test_only_the_form_of_the_picture_and_the_version_matter() -> None:
    pairs = overlays(Size(96, 128), PAYLOAD)
    assert pairs.shape == (CYCLE // 2, 2, 128, 96)
    assert not np.logical_and(pairs[:, 0] > 0, pairs[:, 1] > 0).any()


def test_a_frame_that_comes_while_it_is_prepared_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size, computed, untouched = Size(326, 184), list[Size](), embedding._field

    def noting(size: Size, payload: Payload) -> NDArray[np.complex64]:
        computed.append(size)
        return untouched(size, payload)

    monkeypatch.setattr(embedding, "_field", noting)
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda _: overlays(size, PAYLOAD), range(4)))
    assert computed == [size]
    assert all(each is made[0] for each in made)


def test_nothing_is_prepared_for_a_picture_too_small_for_it() -> None:
    prepare_mark(Size(64, 64), PAYLOAD)


def test_in_place_the_picture_itself_gets_the_same_mark() -> None:
    picture = flat(100)
    marked = add_mark(picture, 7, PAYLOAD)
    assert add_mark(picture, 7, PAYLOAD, in_place=True) is picture
    assert (picture == marked).all()
