from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.frames import Pixels
from engine.provenance.film import windows_of
from engine.provenance.mark.detection import ENOUGH, detect
from engine.provenance.mark.search import Match, search
from engine.provenance.mark.spectrum import GreyFilm, Spectrum
from tests.engine.provenance.films import HEIGHT, PAYLOAD, WIDTH, grey, marked, plain, write_film


def test_the_mark_is_found_with_its_version() -> None:
    found = detect(grey(marked()))
    assert found.found
    assert found.payload == PAYLOAD
    assert not found.mirrored
    assert abs(found.hertz - 30 / 24) < 0.1


def test_a_film_without_it_has_none() -> None:
    found = detect(grey(plain()))
    assert found.score < ENOUGH
    assert found.payload is None


def test_a_mirrored_film_is_told() -> None:
    found = detect(grey([np.ascontiguousarray(each[:, ::-1]) for each in marked()]))
    assert (found.found, found.mirrored, found.payload) == (True, True, PAYLOAD)


@pytest.mark.parametrize("share", [0.8, 0.85])
def test_a_part_of_the_picture_is_enough(share: float) -> None:
    rows, columns = round(HEIGHT * share), round(WIDTH * share)
    assert detect(grey([each[-rows:, 5 : 5 + columns] for each in marked()])).payload == PAYLOAD


def test_it_is_found_in_the_corner_of_another_film() -> None:
    def within(whole: Pixels, small: Pixels) -> Pixels:
        result: Pixels = cv2.resize(whole[::-1], (2 * WIDTH, 2 * HEIGHT))
        result[150 : 150 + HEIGHT, 300 : 300 + WIDTH] = small
        return result

    assert detect(grey([within(*both) for both in zip(plain(), marked(), strict=True)])).found


@pytest.mark.parametrize("rate", [15, 25, 60])
def test_any_frame_rate_will_do(rate: int) -> None:
    assert detect(grey(marked(), rate)).payload == PAYLOAD


def test_every_second_frame_is_enough() -> None:
    assert detect(grey(marked()[::2], 15)).payload == PAYLOAD


def test_it_survives_a_hard_encoding_into_another_size(tmp_path: Path) -> None:
    small = [cv2.resize(each, (240, 136), interpolation=cv2.INTER_AREA) for each in marked()]
    (window,) = windows_of(write_film(tmp_path / "film.mp4", small, kbits=120))
    assert detect(window.film).found


def test_more_windows_are_more_chances_of_a_false_alarm() -> None:
    film = grey(marked())
    assert detect(film).score - detect(film, windows=100).score == pytest.approx(2)


def test_chance_does_no_better_than_its_bound() -> None:
    films = [noise(seed) for seed in range(12)]
    x = [found.x for film in films if (found := best_of(film)) is not None]
    assert all(each < 30 for each in x)  # of some millions of tries each: e^-30 is 1e-13


def test_what_is_left_of_a_picture_that_is_mostly_full_white_is_enough() -> None:
    """As a white pencil drawing made brighter: nothing of the mark is left in the white, and
    what an encoder does there is no measure for the rest.
    """
    white = np.zeros((HEIGHT, WIDTH, 1), bool)
    white[:, : WIDTH * 4 // 5] = True
    faint = np.random.default_rng(3)
    film = [np.where(white, 255 - (faint.random(white.shape) < 0.02), each) for each in marked()]
    found = detect(grey([each.astype(np.uint8) for each in film]))
    assert found.payload == PAYLOAD


def noise(seed: int) -> GreyFilm:
    pixels = np.random.default_rng(seed).normal(128, 3, (60, 72, 96)).astype(np.float32)
    return GreyFilm(pixels, np.arange(60) / 30)


def best_of(film: GreyFilm) -> Match | None:
    return search(Spectrum(film))[0]
