"""What was measured so far, so that a long measurement goes on after an interruption.

Figures are kept per line; those of another detector or pattern do not count. Several processes
may work in one folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from engine.evaluation.clips import ClipSet
from engine.frames import Frame, Pixels, Size, size_of
from engine.imaging import FrameFitter
from engine.interfaces import Wait
from engine.model.factory import build_translator
from engine.model_store.catalog import load_catalog
from engine.provenance import film, mark
from engine.settings import BuildSettings, InputSettings, LiveSettings
from tests.benchmarks.mark_handling import LENGTH, RATE, Pictures, decoded

SIZES = (Size(640, 360), Size(512, 512))


class Ledger:
    """Figures by their names, in a file of JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def known(self) -> dict[str, list[float]]:
        """Everything that this detector has measured."""
        if not self._path.exists():
            return {}
        lines = [json.loads(line) for line in self._path.read_text("utf-8").splitlines()]
        return {line["name"]: line["figures"] for line in lines if line["of"] == detector_digest()}

    def add(self, name: str, figures: list[float]) -> None:
        """Keep what was measured."""
        line = json.dumps({"of": detector_digest(), "name": name, "figures": figures})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


@cache
def detector_digest() -> str:
    """Changes whenever the pattern or the detector does."""
    folder = Path(str(mark.__file__)).parent
    sources = [Path(film.__file__), *sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def styled_name(number: int, folder: Path) -> tuple[str, Path, str, Size]:
    """What the clip of this number is called, of which clip, look and size it is made."""
    looks = [style.name for style in load_catalog().styles_of("built-in")]
    look = looks[number % len(looks)]
    size = SIZES[(number + number // len(looks)) % len(SIZES)]
    paths = ClipSet.of_folder(folder, size).paths
    path = paths[number % len(paths)]
    return f"{look}, {path.stem}, {size}", path, look, size


def styled_clip(number: int, folder: Path, work: Path) -> Pictures:
    """(LENGTH, H, W, 3): a webcam clip, forth and back, styled as a stream; kept in `work`."""
    kept = work / f"styled-{number:02}.npy"
    if not kept.exists():
        _, path, look, size = styled_name(number, folder)
        frames = list(_fitted(path, size))
        there_and_back = islice(cycle([*frames, *frames[-2:0:-1]]), LENGTH)
        pictures = np.stack(list(_styled(look, size, there_and_back)))
        partial = kept.with_suffix(".part")
        with partial.open("wb") as file:
            np.save(file, pictures)
        partial.rename(kept)
    pictures = np.load(kept, mmap_mode="r")
    return [np.asarray(picture) for picture in pictures]


def _fitted(path: Path, size: Size) -> Iterator[Pixels]:
    """Like any input, but read in this process: a busy computer must not end a long run."""
    fitter: FrameFitter | None = None
    for pixels in decoded(path):
        fitter = fitter or FrameFitter.between(size_of(pixels), size, InputSettings())
        yield fitter.apply(pixels)


def _styled(look: str, size: Size, frames: Iterator[Pixels]) -> Iterator[Pixels]:
    translator = build_translator(BuildSettings("built-in", size), LiveSettings(style=look))
    try:
        for number, pixels in enumerate(frames):
            translator.submit(Frame(pixels, number, number / RATE))
            yield from (each.pixels for each in translator.take_finished(Wait.SUBMITTED))
        yield from (each.pixels for each in translator.take_finished(Wait.END))
    finally:
        translator.close()
