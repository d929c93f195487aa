"""Masks are steady where the picture is, follow it where it moves, and fit its edges."""

import logging
import threading

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from engine.frames import Pixels
from engine.model.person.mask import PersonMask, enlarged
from engine.model.person.network import MaskNetwork

HEIGHT, WIDTH = 144, 256


class Bright:
    """Takes whatever is bright for a person; unsure by as much as `noise`."""

    def __init__(self, noise: float = 0.0) -> None:
        self._noise, self._generator = noise, torch.Generator().manual_seed(0)

    def __call__(self, x: Tensor) -> tuple[Tensor]:
        unsure = torch.rand((1, 1, HEIGHT, WIDTH), generator=self._generator) - 0.5
        return ((x.mean(1, keepdim=True) * 1.6 - 0.3 + self._noise * unsure).clamp(0, 1),)


def scene(left: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Pixels:
    """A bright textured square before a dark textured wall."""
    texture = np.random.default_rng(1).integers(0, 60, (HEIGHT, WIDTH), np.uint8)
    grey = cv2.GaussianBlur(texture, (0, 0), 1.5)
    square = np.random.default_rng(2).integers(0, 120, (60, 60), np.uint8)
    grey[40:100, left : left + 60] = 150 + cv2.GaussianBlur(square, (0, 0), 1.5) // 2
    large = cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.cvtColor(large, cv2.COLOR_GRAY2RGB), np.uint8)


def read_all(network: MaskNetwork, pictures: list[Pixels]) -> list[np.ndarray]:
    reader = PersonMask(lambda: network)
    masks = [reader.read(picture) for picture in pictures]
    return [mask for mask in masks if mask is not None]


def test_what_stands_still_does_not_flicker() -> None:
    still = [scene(80)] * 24
    masks = np.stack(read_all(Bright(noise=0.4), still))
    network = Bright(noise=0.4)
    alone = np.stack([read_all(network, [picture])[0] for picture in still])
    assert len(masks) == 24
    assert masks[8:].std(axis=0).mean() < 0.45 * alone[8:].std(axis=0).mean()


def test_what_moves_is_followed_without_lag() -> None:
    lefts = list(range(40, 88, 3))
    masks = read_all(Bright(), [scene(left) for left in lefts])
    for left, mask in zip(lefts, masks, strict=True):
        wanted = np.zeros((HEIGHT, WIDTH), bool)
        wanted[40:100, left : left + 60] = True
        found = mask > 0.5
        assert (found & wanted).sum() / (found | wanted).sum() > 0.93


def test_what_comes_into_view_counts_at_once() -> None:
    there, gone = scene(80), scene(150)
    (_, mask) = read_all(Bright(), [gone, there])
    assert mask[50:90, 90:130].min() > 0.6


def test_a_reader_that_forgets_begins_anew() -> None:
    reader = PersonMask(Bright)
    first = reader.read(scene(80))
    reader.read(scene(83))
    reader.forget()
    again = reader.read(scene(80))
    assert first is not None
    assert again is not None
    np.testing.assert_array_equal(first, again)


def test_a_mask_is_moved_along_without_asking_the_network() -> None:
    asked = []

    def network(x: Tensor) -> tuple[Tensor]:
        asked.append(x)
        return Bright()(x)

    reader = PersonMask(lambda: network)
    assert reader.read(scene(80), moved=True) is not None  # there is none before the first
    later = reader.read(scene(86), moved=True)
    assert len(asked) == 1
    wanted = np.zeros((HEIGHT, WIDTH), bool)
    wanted[40:100, 86:146] = True
    assert later is not None
    found = later > 0.5
    assert (found & wanted).sum() / (found | wanted).sum() > 0.93
    reader.read(scene(86))
    assert len(asked) == 2


@pytest.mark.parametrize("bad", ["raises", "not finite", "shape"])
def test_a_failure_is_no_mask_and_is_logged_once_in_a_row(
    bad: str, caplog: pytest.LogCaptureFixture
) -> None:
    state = {"bad": True}

    def network(x: Tensor) -> tuple[Tensor]:
        if not state["bad"]:
            return Bright()(x)
        if bad == "raises":
            raise RuntimeError("broken")
        return (torch.full((1, 1, HEIGHT, WIDTH if bad != "shape" else 9), torch.nan),)

    reader = PersonMask(lambda: network)
    with caplog.at_level(logging.ERROR):
        assert [reader.read(scene(80)) for _ in range(3)] == [None] * 3
    assert len(caplog.records) == 1
    state["bad"] = False
    assert reader.read(scene(80)) is not None


def test_a_network_that_cannot_be_loaded_is_no_mask() -> None:
    def load() -> MaskNetwork:
        raise OSError("gone")

    assert PersonMask(load).read(scene(80)) is None


def test_while_the_network_is_loaded_beside_there_is_no_mask_and_no_wait() -> None:
    go, loads = threading.Event(), list[bool]()

    def load() -> MaskNetwork:
        loads.append(go.wait(5.0))
        return Bright()

    reader = PersonMask(load)
    reader.prepare(beside=True)
    assert reader.read(scene(80)) is None
    go.set()
    reader.prepare(beside=False)
    assert reader.read(scene(80)) is not None
    assert loads == [True]


@pytest.mark.parametrize("off", [-1, 1])
def test_an_edge_is_drawn_to_that_of_the_picture(off: int) -> None:
    picture = scene(80, (1280, 720))
    rough = np.zeros((HEIGHT, WIDTH), np.float32)
    rough[40 + off : 100 - off, 80 + off : 140 - off] = 1.0  # five pixels off at full size
    rough = np.asarray(cv2.GaussianBlur(rough, (0, 0), 1.0), np.float32)
    exact = np.zeros((720, 1280), np.float32)
    exact[200:500, 400:700] = 1.0
    plain = cv2.resize(rough, (1280, 720)) > 0.5
    fitted = enlarged(rough, picture) / 255.0
    assert fitted.shape == (720, 1280)
    assert np.abs(fitted - exact).sum() < 0.5 * np.abs(plain - exact).sum()


@pytest.mark.parametrize("value", [0.0, 0.2, 0.8, 1.0])
def test_what_is_hardly_or_nearly_a_person_is_none_or_one(value: float) -> None:
    mask = np.full((HEIGHT, WIDTH), value, np.float32)
    assert set(np.unique(enlarged(mask, scene(80, (320, 180))))) == {255 if value > 0.5 else 0}
