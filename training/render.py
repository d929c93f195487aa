"""Renders thumbnails with the trained model, and a sheet of held-out clips for inspection."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from engine.frames import Pixels
from engine.model.factory import build_translator
from engine.model.sampling.stream import run_to_end
from engine.settings import BuildSettings, LiveSettings
from engine.video.sources.demo import read_portrait
from training.batches import to_pixels, to_tensor
from training.checkpoints import load_trained
from training.network import CHARACTER_STYLES, STYLES, BuiltIn
from training.paths import RUNS
from training.paths import STYLES as THUMBNAILS
from training.pictures import write_sheet
from training.sources import at_height, clip_paths, read_clip
from training.teachers import TEACHERS
from training.train_network import restyle

SIZE = 512
THUMBNAIL_SIZE = 256
SHEET_FRAMES = 12


def square(pixels: Pixels, side: int) -> Pixels:
    """The middle of a picture, scaled to side x side."""
    scaled = at_height(pixels, side)
    left = (scaled.shape[1] - side) // 2
    return np.ascontiguousarray(scaled[:, left : left + side])


def styled_clip(model: BuiltIn, frames: list[Pixels], style: int, strength: float) -> list[Pixels]:
    """The frames as the stream would give them in one step."""
    mixture = nn.functional.one_hot(torch.tensor([style]), len(STYLES.styles)).float()
    torch.manual_seed(0)
    return to_pixels(restyle(model, to_tensor(frames)[None], mixture, strength, 1)[0])


def write_thumbnails() -> None:
    """One JPEG per style of the model that ships: the public-domain portrait, by the program."""
    portrait = square(np.ascontiguousarray(read_portrait()[:340, 50:390]), SIZE)
    translator = build_translator(BuildSettings(), LiveSettings(style=CHARACTER_STYLES.styles[0]))
    THUMBNAILS.mkdir(parents=True, exist_ok=True)
    for name in CHARACTER_STYLES.styles:
        picture = run_to_end(translator.render_still(portrait, LiveSettings(style=name)))
        small = cv2.resize(picture, (THUMBNAIL_SIZE,) * 2, interpolation=cv2.INTER_AREA)
        write_sheet(THUMBNAILS / f"{name}.jpg", [[np.asarray(small, np.uint8)]])
    translator.close()


def write_clip_sheet(checkpoint: Path, path: Path = RUNS / "sheets" / "clips.jpg") -> None:
    """The last of some frames of the held-out clips: source, then each style taught and learned."""
    model = load_trained(checkpoint)
    rows = []
    for clip in clip_paths(held_out=True):
        frames = [square(frame, SIZE) for frame in read_clip(clip)[:SHEET_FRAMES]]
        rows.append([frames[-1]])
        for style, teacher in enumerate(TEACHERS):
            rows[-1] += [teacher(frames[-1]), styled_clip(model, frames, style, 1.0)[-1]]
    write_sheet(path, rows)
