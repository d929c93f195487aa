"""The clips that a model is scored on: a folder of videos, fitted like any input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import SettingError, SourceError
from engine.frames import Pixels, Size
from engine.imaging import FrameFitter
from engine.settings import InputSettings
from engine.video.sources.file import FileSource

ENDINGS = frozenset({".mkv", ".mp4", ".m4v", ".mov", ".webm", ".avi"})
FEWEST_FRAMES = 10
"""A warm-up of 8, and two more to be timed."""


@dataclass(frozen=True, slots=True)
class ClipSet:
    """Videos to score on, at the engine's size, at most `limit` frames of each."""

    paths: tuple[Path, ...]
    size: Size
    limit: int | None = None

    @staticmethod
    def of_folder(folder: Path, size: Size, limit: int | None = None) -> ClipSet:
        """Every video directly in a folder, by name. Raises SourceError where there is none."""
        if limit is not None and limit < FEWEST_FRAMES:
            raise SettingError(
                "{limit} frames per clip are too few.",
                "Use at least {fewest}.",
                limit=limit,
                fewest=FEWEST_FRAMES,
            )
        if not folder.is_dir():
            raise SourceError(
                "There is no folder {folder}.", "Choose a folder of video clips.", folder=folder
            )
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
        if not paths:
            raise SourceError(
                "There are no videos in {folder}.",
                "Supported are {endings}.",
                folder=folder,
                endings=", ".join(sorted(ENDINGS)),
            )
        return ClipSet(tuple(paths), size, limit)

    def frames(self, path: Path) -> Iterator[Pixels]:
        """The fitted pictures (H, W, 3) of one clip, in order. Raises SourceError."""
        source = FileSource(path)
        source.open()
        try:
            fitter = FrameFitter.between(source.size, self.size, InputSettings())
            number = 0
            while number != self.limit and (frame := source.read()) is not None:
                yield fitter.apply(frame.pixels)
                number += 1
        finally:
            source.close()
        if number < FEWEST_FRAMES:
            raise SourceError(
                "{path} has only {number} frames.",
                "A clip needs at least {fewest}.",
                path=path,
                number=number,
                fewest=FEWEST_FRAMES,
            )

    def length(self, path: Path) -> int | None:
        """How many frames a clip will give; None if its file does not say."""
        source = FileSource(path)
        source.open()
        source.close()
        known = [count for count in (source.frames, self.limit) if count is not None]
        return min(known, default=None) if source.frames is not None else self.limit


@dataclass(frozen=True, slots=True)
class Teacher:
    """A folder with clips as a teacher styles them, frame by frame: FOLDER/STYLE/CLIP.mkv."""

    folder: Path

    def path(self, style: str, clip: Path) -> Path:
        """The teacher's version of a clip. Raises SourceError where there is none."""
        folder = self.folder / style
        for ending in sorted(ENDINGS):
            if (path := folder / f"{clip.stem}{ending}").is_file():
                return path
        raise SourceError(
            "The teacher has no {style}/{clip} in {folder}.",
            "Render it: python -m training.teacher_clips --help",
            style=style,
            clip=clip.stem,
            folder=self.folder,
        )
