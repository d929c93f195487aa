"""What is remembered of one style must not stay in the next; with the weights that ship.

By the decoder alone, and by flicker reduction of results that are enlarged.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch

from engine.frames import Frame, Pixels, Size
from engine.imaging import resize
from engine.interfaces import Wait
from engine.model.network.config import WARM_UP_FRAMES
from engine.model.sampling.crossfade import FADE_FRAMES
from engine.model.styles.built_in import load_built_in
from engine.model.styles.style_model import StyleModel
from engine.model.translator import DiffusionTranslator, Hardware
from engine.paths import RESOURCES
from engine.settings import LiveSettings
from engine.video.sources.demo import read_portrait

SIZE, FRAMES, CHANGED = Size(128, 128), 48, 10
CPU = torch.device("cpu")


@cache
def model() -> StyleModel:
    """What ships."""
    return load_built_in(RESOURCES / "models" / "built_in", CPU, torch.float32)


def seen(number: int, side: int) -> Pixels:
    """A window that sways over the portrait."""
    x, y = (round(40 + 8 * np.sin(number / pace)) for pace in (5.0, 7.0))
    window = np.ascontiguousarray(read_portrait()[y : y + 128, x + 60 : x + 188])
    return resize(window, Size(side, side))


def shown(first: str, then: str, side: int, reduction: float) -> list[Pixels]:
    """The pictures of a stream in one style that becomes another."""
    settings = LiveSettings(style=first, flicker_reduction=reduction)
    translator = DiffusionTranslator(model(), SIZE, settings, Hardware(CPU))
    made: list[Pixels] = []
    for number in range(FRAMES):
        if number == CHANGED:
            translator.apply(replace(settings, style=then))
        translator.submit(Frame(seen(number, side), number, number / 30))
        made += [result.pixels for result in translator.take_finished()]
    made += [result.pixels for result in translator.take_finished(Wait.END)]
    translator.close()
    return made


@pytest.mark.parametrize(("side", "reduction"), [(128, 0.0), (256, 0.6), (384, 0.6)])
@pytest.mark.parametrize(
    ("first", "other", "then"), [("comic", "oil", "pencil"), ("anime", "oil", "ink")]
)
def test_nothing_of_the_old_style_stays(
    first: str, other: str, then: str, side: int, reduction: float
) -> None:
    """Once it has faded out, a stream does not tell which style it was in before."""
    settled = CHANGED + WARM_UP_FRAMES + FADE_FRAMES
    one, two = (shown(each, then, side, reduction) for each in (first, other))
    assert _apart(one[settled - FADE_FRAMES - 1], two[settled - FADE_FRAMES - 1]) > 10.0
    apart = [_apart(*pair) for pair in zip(one[settled:], two[settled:], strict=True)]
    assert max(apart) < 3.0


def _apart(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(int) - other).mean())
