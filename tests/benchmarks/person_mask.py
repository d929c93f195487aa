"""What styling only a person costs a frame, and how steady the mask is.

    python -m tests.benchmarks.person_mask [WIDTHxHEIGHT]

Times the reading of the mask (beside the network, on its own thread in a stream) and the
composition, each on one thread, in milliseconds: median and lowest. Then the flicker of the mask's
edge on a still picture with a webcam's noise: as read, and as steadied.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Annotated

import cv2
import numpy as np
import torch
import typer

from engine.frames import Pixels, Size
from engine.imaging import resize
from engine.model.acceleration.openvino.person import quickest_person_network
from engine.model.person.composition import Composer
from engine.model.person.mask import PersonMask
from engine.settings import Styled, parse_composition, parse_size
from engine.video.sources.demo import demo_source

RUNS = 100
NOISE = 6.0
CHOICES = [(styled, behind) for styled in Styled for behind in ("as-styled", "blurred", "blue")][1:]


def main(
    size: Annotated[str, typer.Argument(help="WIDTHxHEIGHT of the picture.")] = "1280x720",
) -> None:
    """Print the figures."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    wanted_size = parse_size(size)
    source = demo_source(wanted_size, live=False)
    source.open()
    frame = source.read()
    assert frame is not None
    picture = np.asarray(frame.pixels)
    small = resize(picture, Size(wanted_size.width // 16 * 8, wanted_size.height // 16 * 8))
    reader = PersonMask(quickest_person_network)
    mask = reader.read(small)
    assert mask is not None
    _print("read", lambda: reader.read(small))
    styled = np.ascontiguousarray(255 - picture)
    for choice in CHOICES:
        wanted, composer = parse_composition(*choice), Composer()
        _print(
            f"compose {choice[0].value}, {choice[1]}",
            lambda composer=composer, wanted=wanted: composer.compose(  # type: ignore[misc]
                styled, picture, mask, wanted
            ),
        )
    plain, steady = _flicker(small)
    sys.stdout.write(f"flicker of the edge: {plain:.4f} as read, {steady:.4f} steadied\n")


def _print(name: str, work: Callable[[], object]) -> None:
    work()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - began))
    sys.stdout.write(f"{name}: median {np.median(times):.2f} ms, lowest {min(times):.2f} ms\n")


def _flicker(picture: Pixels) -> tuple[float, float]:
    """Mean standard deviation over time where the mask is neither 0 nor 1."""
    random = np.random.default_rng(0)
    steadied, alone = PersonMask(quickest_person_network), PersonMask(quickest_person_network)
    masks = []
    for _ in range(60):
        noisy = picture + random.normal(0.0, NOISE, picture.shape)
        given = np.clip(np.rint(noisy), 0, 255).astype(np.uint8)
        alone.forget()
        masks.append((alone.read(given), steadied.read(given)))
    both = np.asarray(masks, np.float32)[20:]
    edge = (both[:, 0].mean(axis=0) > 0.05) & (both[:, 0].mean(axis=0) < 0.95)
    plain, steady = both.std(axis=0)[:, edge].mean(axis=1)
    return float(plain), float(steady)


if __name__ == "__main__":
    typer.run(main)
