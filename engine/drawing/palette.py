"""A person's colours, decided once and held: what one frame tells, and what is made of many.

Colours are L*a*b*. The palette is what the drawing uses and what the network is told; a frame's own
reading is never drawn by itself, since single frames say blue here and brown there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.drawing.colour import Lab, as_lab, lch, lch_of, mixed

PLAIN_SKIN: Lab = (70.0, 15.0, 18.0)
PLAIN_HAIR: Lab = (25.0, 2.0, 2.0)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one frame tells of a person.

    skin: without its shadows and shine; iris and cheek: in the same light. radius: the iris' in
    pixels. beard: cover 0..1. glasses: log-odds that some are worn. white: the L* that white has
    in the picture. weight: how well the face is seen, above 0.
    """

    skin: Lab
    hair: Lab | None
    iris: Lab
    cheek: Lab
    radius: float
    lips: Lab | None
    beard: float
    beard_colour: Lab
    glasses: float
    frame: Lab
    white: float
    weight: float


@dataclass(frozen=True, slots=True)
class Palette:
    """A person's drawn colours, and how much beard, lip colour and glasses they wear (0..1)."""

    skin: Lab
    shadow: Lab
    deep: Lab
    hair: Lab
    iris: Lab
    lips: Lab
    beard: Lab
    frame: Lab
    beard_cover: float
    lip_colour: float
    glasses: float

    def vector(self) -> NDArray[np.float32]:
        """All of it as (27,) float32: colours over 100, then the amounts."""
        parts = [
            np.ravel(value) / (100.0 if isinstance(value, tuple) else 1.0)
            for value in astuple(self)
        ]
        return np.concatenate(parts).astype(np.float32)


def palette_of(vector: ArrayLike) -> Palette:
    """The palette that `Palette.vector` was made from. Raises ValueError for another length."""
    numbers = np.asarray(vector, np.float64).ravel()
    amounts = 3
    colours = len(fields(Palette)) - amounts
    if len(numbers) != 3 * colours + amounts:
        raise ValueError(f"a palette has {3 * colours + amounts} numbers, not {len(numbers)}")
    skin, shadow, deep, hair, iris, lips, beard, frame = (
        as_lab(100.0 * numbers[3 * i : 3 * i + 3]) for i in range(colours)
    )
    cover, lip_colour, glasses = numbers[3 * colours :].tolist()
    return Palette(skin, shadow, deep, hair, iris, lips, beard, frame, cover, lip_colour, glasses)


def weighted_median(values: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """The median of each column of (K, C), by weights (K,)."""
    table, share = np.atleast_2d(np.asarray(values, np.float64)), np.asarray(weights, np.float64)
    order = np.argsort(table, axis=0)
    ordered = np.take_along_axis(table, order, 0)
    heaped = np.cumsum(share[order], 0)
    middle = (heaped >= heaped[-1:] / 2).argmax(0)
    return np.asarray(np.take_along_axis(ordered, middle[None], 0)[0])


def decided(seen: Sequence[Seen]) -> Palette:
    """One palette from all that was seen of a person. Raises ValueError for nothing."""
    if not seen:
        raise ValueError("a palette needs at least one frame that shows the person")
    weights = [one.weight for one in seen]
    skin = as_lab(weighted_median([one.skin for one in seen], weights))
    hair = _of_those([(one.hair, one.weight) for one in seen])
    lips = _of_those([(one.lips, one.weight) for one in seen]) or skin
    beard = as_lab(weighted_median([one.beard_colour for one in seen], weights))
    frame = as_lab(weighted_median([one.frame for one in seen], weights))
    amounts = [(one.beard, one.glasses, one.white) for one in seen]
    cover, odds, white = weighted_median(amounts, weights).tolist()
    drawn = drawn_skin(skin, white)
    hair_drawn = drawn_hair(hair, skin) if hair else PLAIN_HAIR
    light, chroma, hue = lch_of(drawn)
    return Palette(
        skin=drawn,
        shadow=lch(light - 12 - 0.04 * (light - 50), chroma * 1.12 + 6, hue - 16),
        deep=lch(light - 23, chroma * 1.1 + 8, hue - 22),
        hair=hair_drawn,
        iris=drawn_iris(seen),
        lips=_drawn_lips(lips, drawn),
        beard=mixed(drawn_hair(beard, skin), hair_drawn, 0.6) if hair else drawn_hair(beard, skin),
        frame=_drawn_frame(frame),
        beard_cover=float(cover),
        lip_colour=float(np.clip((lips[1] - skin[1] - 5) / 16, 0, 1)),
        glasses=float(np.clip(0.3 + odds / 4.5, 0, 1)) if odds > 1.0 else 0.0,
    )


def _of_those(found: Sequence[tuple[Lab | None, float]]) -> Lab | None:
    there = [(colour, weight) for colour, weight in found if colour is not None]
    if not there:
        return None
    return as_lab(weighted_median([colour for colour, _ in there], [w for _, w in there]))


def drawn_skin(skin: Lab, white: float) -> Lab:
    """The flat tone of a skin: its own, a little nearer to a painter's hue.

    Where white is dim (L* below 93) the skin is lifted by at most 6, the same for everybody.
    """
    light, chroma, hue = lch_of(skin)
    dim = float(np.clip(93.0 / max(white, 1.0) - 1.0, 0.0, 0.16))
    light += 35.0 * dim
    return lch(
        float(np.clip(light + 4.0, 12, 93)),
        float(np.clip(0.95 * chroma, 16.0, 38)),
        float(np.clip(0.7 * hue + 0.3 * 57, 38, 72)),
    )


def drawn_hair(hair: Lab, skin: Lab) -> Lab:
    """The middle tone of hair: clearer than it is seen; black and grey lean to blue.

    Grey is what has much less colour than the person's skin; where the skin has little as well,
    the picture is hazy.
    """
    light, chroma, hue = lch_of(hair)
    skin_chroma = lch_of(skin)[1]
    paler = 0.45 if light > 40 else 0.38
    # coloured light: no hair is a little green, nor is dark hair
    cast = 110 < hue < 330 and chroma < (32 if light < 45 else 18)
    grey = chroma < 14 and chroma < paler * skin_chroma and skin_chroma > 19
    if skin_chroma < 19 and chroma < 9 and 24 < light < 62:  # haze takes the brown from hair
        hue, chroma = 62.0, float(np.clip(1.8 * chroma + 7, 11, 18))
        light = 1.25 * light - 12  # ... and the dark
    elif grey and light > 33:
        hue, chroma = (80.0, 4.0) if light > 78 else (265.0, 5.0)
    elif chroma < (3.2 if 30 < hue < 115 and light > 22 else 7) or cast:
        hue, chroma = (285.0, 9.0) if light < 60 else (270.0, 6.0)
    elif chroma < 12:  # pale brown in a hazy picture
        chroma, hue = chroma * 1.8 + 5, 0.5 * hue + 0.5 * 62
    else:
        chroma = min(chroma * 1.35 + 3, 55)
    return lch(float(np.clip(light * 1.12 + 4, 20, 86)), chroma, hue)


def drawn_iris(seen: Sequence[Seen]) -> Lab:
    """An iris of a hue that eyes have, by all frames together.

    The cheeks tell the light of the room. A small iris is mostly lash and white, whose grey would
    pass for blue: the smaller it is, the clearer it has to be.
    """
    weights = [one.weight * one.radius**2 for one in seen]
    told = [(*one.iris, *one.cheek[1:], one.radius, one.skin[0]) for one in seen]
    light, a, b, cheek_a, cheek_b, radius, skin = weighted_median(told, weights).tolist()
    doubt = float(np.clip((4.0 - radius) / 2.5, 0, 1)) + float(np.clip((55 - skin) / 15, 0, 1))
    redder, yellower = a / max(cheek_a, 1.0), b / max(cheek_b, 1.0)
    blue = 0.94 - redder - yellower + (light - 36) / 20 - 0.3 * doubt
    if light > 28.5 and blue > 0.12 and yellower < 0.65:
        grey = float(np.clip((yellower - 0.25) / 0.25, 0, 1))
        return lch(47, 36 - 10 * grey, 262)
    if light > 33 and b > 1.5 * max(a, 1) and redder < 0.75 - 0.3 * doubt:
        return lch(46, 34, 120)  # green, hazel
    return lch(
        float(np.clip(22 + 0.5 * light, 27, 44)),
        float(np.clip(24 + 0.5 * light, 28, 42)),
        float(np.clip(50 + 0.6 * b, 50, 66)),
    )


def _drawn_lips(lips: Lab, skin: Lab) -> Lab:
    red = float(np.clip((lips[1] - skin[1] - 5) / 16, 0, 1))
    hue = lch_of(lips)[2]
    return lch(
        float(np.clip(skin[0] - 18 - 8 * red, 15, 75)),
        30 + 26 * red,
        float(np.clip(hue if hue < 180 else 20, 8, 34)),
    )


def _drawn_frame(frame: Lab) -> Lab:
    light, chroma, hue = lch_of(frame)
    return lch(float(np.clip(light * 0.7, 10, 45)), min(chroma, 25.0), hue)


def in_the_light_of(person: Palette, there: Palette) -> Palette:
    """A known person in another light: tones as they are there, traits as they are known."""
    return replace(
        there,
        iris=person.iris,
        beard_cover=person.beard_cover,
        lip_colour=person.lip_colour,
        glasses=person.glasses,
    )


def with_colours(palette: Palette, iris: Lab | None, hair: Lab | None) -> Palette:
    """The palette with colours of the user's choice; None keeps the person's own."""
    chosen = palette if iris is None else replace(palette, iris=iris)
    return (
        chosen if hair is None else replace(chosen, hair=hair, beard=mixed(hair, chosen.beard, 0.3))
    )
