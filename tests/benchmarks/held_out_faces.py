"""Compares the faces that a style draws with the drawings of people it was not trained on.

    python -m tests.benchmarks.held_out_faces PACKS_FOLDER [--style anime] [--report FILE.json]

PACKS_FOLDER has the packs that `python -m training.anime.pairs` writes; those named held-*.npz are
read. Each source is restyled alone, in a stream of its own. The same figures of the drawing and of
the photograph, as if they were results, say what is best and what a filter gets.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from engine.evaluation.faces import EYES, MOUTH, likeness, relative_sharpness
from engine.evaluation.machine import this_machine
from engine.evaluation.skin import skin_colour, skin_difference
from engine.frames import Frame, Pixels, Size
from engine.interfaces import Translator, Wait
from engine.model.factory import build_translator
from engine.settings import BuildSettings, LiveSettings
from training.anime.packs import Pair, PairFace, read_pack

MODEL = "built-in"
PORTRAITS = "face"
"""The kind of pair that shows a person once, in their own picture: those that skin is judged by."""

Restyle = Callable[[Pair], Pixels]
console = Console()


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one face, or means. See `engine.evaluation.face_scores`; light: the source's L*."""

    eyes_like_drawing: float | None
    mouth_like_drawing: float | None
    eyes_like_photo: float | None
    mouth_like_photo: float | None
    sharpness: float | None
    skin: float | None
    skin_whole: float | None
    light: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure has to reach; at_most: it may not exceed it instead."""

    name: str
    value: float | None
    limit: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether it does."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.at_most else self.value >= self.limit


def main(
    packs: Annotated[Path, typer.Argument(help="A folder of packed pairs.")],
    style: Annotated[str, typer.Option(help="A style of the built-in model.")] = "anime",
    report: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
) -> None:
    """Measure one style."""
    pairs = [pair for path in sorted(packs.glob("held-*.npz")) for pair in read_pack(path)]
    if not pairs:
        raise typer.BadParameter(f"there is no held-*.npz in {packs}")
    height, width = pairs[0].source.shape[:2]
    build = BuildSettings(MODEL, Size(width, height))
    translator = build_translator(build, LiveSettings(style=style))
    ways: dict[str, Restyle] = {
        style: lambda pair: restyled(translator, pair.source),
        "the drawing": lambda pair: pair.drawing,
        "the photograph": lambda pair: pair.source,
    }
    found = {name: measured(pairs, way, name) for name, way in ways.items()}
    translator.close()
    means = {name: by_kind(figures) for name, figures in found.items()}
    skin = thirds([figures for kind, figures in found[style] if kind == PORTRAITS])
    bars = bars_of(means[style]["all"], skin)
    show(means, skin, bars)
    if report is not None:
        result = {
            "machine": asdict(this_machine("cpu")),
            "size": str(build.size),
            "style": style,
            "means": {n: {k: asdict(f) for k, f in kinds.items()} for n, kinds in means.items()},
            "skin_by_thirds": {name: asdict(part) for name, part in skin.items()},
            "bars": [{**asdict(bar), "met": bar.met} for bar in bars],
        }
        report.write_text(json.dumps(result, indent=1) + "\n")


def restyled(translator: Translator, pixels: Pixels) -> Pixels:
    """One picture (H, W, 3) in a stream of its own."""
    translator.reset()
    translator.submit(Frame(pixels, 0, 0.0))
    (result,) = translator.take_finished(Wait.END)
    return np.asarray(result.pixels)


def measured(pairs: Sequence[Pair], restyle: Restyle, name: str) -> list[tuple[str, Figures]]:
    """The figures of every face, each with the kind of its pair."""
    return [
        (pair.name.partition("-")[0], figures)
        for pair in track(pairs, name, console=console)
        for figures in _figures_of(pair, restyle(pair))
    ]


def _figures_of(pair: Pair, result: Pixels) -> Iterator[Figures]:
    for face in pair.faces:
        yield figures_of_face(pair, face, result)


def figures_of_face(pair: Pair, face: PairFace, result: Pixels) -> Figures:
    """The figures of one face; boxes lie where it is in the source, skin where it is drawn."""
    mouth = (MOUTH,)
    before, after = skin_colour(pair.source, face.seen), skin_colour(result, face.drawn)
    unlit, whole = skin_difference(before, after) if before and after else (None, None)
    return Figures(
        eyes_like_drawing=likeness(pair.drawing, result, face.seen, EYES),
        mouth_like_drawing=likeness(pair.drawing, result, face.seen, mouth),
        eyes_like_photo=likeness(pair.source, result, face.seen, EYES),
        mouth_like_photo=likeness(pair.source, result, face.seen, mouth),
        sharpness=relative_sharpness(pair.drawing, result, face.seen),
        skin=unlit,
        skin_whole=whole,
        light=before[0] if before else None,
    )


def mean_of(figures: Sequence[Figures]) -> Figures:
    """The mean of each figure over the faces that have it."""
    means = {}
    for each in fields(Figures):
        known = [value for one in figures if (value := getattr(one, each.name)) is not None]
        means[each.name] = float(np.mean(known)) if known else None
    return Figures(**means)


def by_kind(figures: Sequence[tuple[str, Figures]]) -> dict[str, Figures]:
    """The means over all faces, and over those of each kind of pair."""
    kinds = sorted({kind for kind, _ in figures})
    means = {kind: mean_of([one for own, one in figures if own == kind]) for kind in kinds}
    return {"all": mean_of([one for _, one in figures]), **means}


def thirds(portraits: Sequence[Figures]) -> dict[str, Figures]:
    """The means over the people of the darkest, the middle and the fairest third."""
    known = sorted((one for one in portraits if one.light is not None), key=_light)
    parts = np.array_split(np.arange(len(known)), 3)
    names = ("darkest", "middle", "fairest")
    return {
        name: mean_of([known[index] for index in part])
        for name, part in zip(names, parts, strict=True)
        if len(part)
    }


def _light(figures: Figures) -> float:
    return figures.light or 0.0


def bars_of(mean: Figures, skin: Mapping[str, Figures]) -> list[Bar]:
    """What a style that draws faces has to reach on people whom it has not seen."""
    differences = [part.skin for part in skin.values() if part.skin is not None]
    whole = [part.skin_whole for part in skin.values() if part.skin_whole is not None]
    likely = Bar("eyes like the drawing", mean.eyes_like_drawing, 0.7)
    sharp = Bar("sharpness of the drawing's", mean.sharpness, 0.6)
    apart = float(np.ptp(differences)) if differences else None
    apart_whole = float(np.ptp(whole)) if whole else None
    return [
        likely,
        replace(likely, name=f"{likely.name}, aim", limit=0.8),
        Bar("eyes like the photograph", mean.eyes_like_photo, 0.5, at_most=True),
        sharp,
        replace(sharp, name=f"{sharp.name}, aim", limit=0.8),
        Bar("skin, light taken out", mean.skin, 8.0, at_most=True),
        Bar("skin, whole", mean.skin_whole, 8.0, at_most=True),
        Bar("thirds apart, light taken out", apart, 2.0, at_most=True),
        Bar("thirds apart, whole", apart_whole, 2.0, at_most=True),
    ]


def show(
    means: Mapping[str, Mapping[str, Figures]], skin: Mapping[str, Figures], bars: Sequence[Bar]
) -> None:
    """Print all of it."""
    names = [each.name for each in fields(Figures)]
    table = Table("", "faces", *(name.replace("_", " ") for name in names))
    for way, kinds in means.items():
        for kind, figures in kinds.items():
            table.add_row(way, kind, *_cells(figures))
    for part, figures in skin.items():
        table.add_row("", f"{PORTRAITS}, {part}", *_cells(figures))
    console.print(table)
    for bar in bars:
        value = "not measured" if bar.value is None else f"{bar.value:.2f}"
        limit = f"{'at most' if bar.at_most else 'at least'} {bar.limit:g}"
        console.print(f"{'met' if bar.met else 'NOT met'}: {bar.name} {value} ({limit})")


def _cells(figures: Figures) -> list[str]:
    return ["" if value is None else f"{value:.2f}" for value in asdict(figures).values()]


if __name__ == "__main__":
    typer.run(main)
