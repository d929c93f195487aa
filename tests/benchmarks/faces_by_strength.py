"""Prints the model card's table of faces: how much of the photograph each style leaves of them.

    python -m tests.benchmarks.faces_by_strength [--people 16]

Portraits that no training saw, 512 x 512, each in a stream of its own.
"""

from __future__ import annotations

from typing import Annotated

import cv2
import numpy as np
import torch
import typer
from rich.progress import track

from engine.evaluation.faces import likeness
from engine.frames import Frame, Pixels, Size
from engine.interfaces import Wait
from engine.model.face.tracking import FaceTracker
from engine.model.face.weights import load_face_networks
from engine.model.factory import build_translator
from engine.model.translator import DiffusionTranslator
from engine.model_store.catalog import load_catalog
from engine.settings import BuildSettings, LiveSettings
from training.render import square
from training.sources import face_paths

SIDE = 512
STRENGTHS = (0.2, 0.6, 1.0)


def main(
    people: Annotated[int, typer.Option(help="How many portraits.")] = 16,
) -> None:
    """Measure and print."""
    networks = load_face_networks(torch.device("cpu"))
    found: list[tuple[Pixels, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]] = []
    for path in face_paths(held_out=True)[:people]:
        picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
        portrait = square(np.asarray(picture, np.uint8), SIDE)
        faces = FaceTracker(*networks).read(portrait)
        if faces:
            found.append((portrait, faces[0].points))
    build = BuildSettings(size=Size(SIDE, SIDE))
    translator = build_translator(build, LiveSettings())
    typer.echo(f"{len(found)} portraits")
    for style in load_catalog().styles_of("built-in"):
        values = [
            np.mean([_likeness(translator, each, style.name, strength) for each in track(found)])
            for strength in STRENGTHS
        ]
        typer.echo(f"| {style.name} | " + " | ".join(f"{value:.2f}" for value in values) + " |")
    translator.close()


def _likeness(
    translator: DiffusionTranslator,
    each: tuple[Pixels, np.ndarray[tuple[int, ...], np.dtype[np.float32]]],
    style: str,
    strength: float,
) -> float:
    portrait, points = each
    translator.apply(LiveSettings(style=style, strength=strength))
    translator.reset()
    translator.submit(Frame(portrait, 0, 0.0))
    (result,) = translator.take_finished(Wait.END)
    return likeness(portrait, np.asarray(result.pixels), points) or 0.0


if __name__ == "__main__":
    typer.run(main)
