"""The sound beside pictures that are being written. It can fail alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from av.container import OutputContainer

from engine.errors import EngineError
from engine.video.film.opening import TROUBLE
from engine.video.film.probe import has_sound
from engine.video.sinks.audio_track import AudioTrack, sound_tracks
from engine.video.sinks.unfinished_file import UnfinishedFile

logger = logging.getLogger(__name__)


class SoundCompanion:
    """Carries a film's sound along as well as it can be done, and remembers what a user should
    know. path: the film; None for silence. Errors of the output file are raised, those of the
    sound never.
    """

    def __init__(self, path: Path | None, container_format: str) -> None:
        self._path, self._format = path, container_format
        self._track: AudioTrack | None = None
        self._ended_early = False
        self.remarks: list[EngineError] = []

    @property
    def _name(self) -> str:
        return "" if self._path is None else self._path.name

    def choices(self) -> Iterator[AudioTrack | None]:
        """The tracks to begin a file with, to be tried in turn; the last choice is silence."""
        if self._path is not None:
            try:
                yield from sound_tracks(self._path, self._format)
                if has_sound(self._path):
                    self._remark_silence()
            except EngineError as error:
                self.remarks.append(error)
        yield None

    def take(self, track: AudioTrack | None) -> None:
        """Carry this track along from now on."""
        self._track = track

    def feed(self, container: OutputContainer, file: UnfinishedFile, until: Fraction) -> None:
        """Write what begins before `until` seconds."""
        if self._track is not None:
            try:
                self._track.feed(container, until)
            except TROUBLE as error:
                self._give_up(error, file)

    def finish(
        self, container: OutputContainer, file: UnfinishedFile, until: Fraction | None
    ) -> None:
        """Write the rest up to `until` seconds; all of it where that is None."""
        if self._track is None:
            return
        try:
            self._track.finish(container, until)
        except TROUBLE as error:
            self._give_up(error, file)
        if self._track is not None and self._track.damaged:
            self.remarks.append(
                EngineError(
                    "Damaged parts of the sound of {file} are silent.",
                    "The pictures are complete.",
                    file=self._name,
                )
            )

    def close(self) -> None:
        """Close the film that the sound comes from."""
        if self._track is not None:
            self._track.close()
            self._track = None

    def _give_up(self, error: Exception, file: UnfinishedFile) -> None:
        if file.failed:
            raise error
        logger.debug("the sound ends early: %r", error)
        self.remarks.append(
            EngineError(
                "The sound of {file} ends early, because it cannot be read any further.",
                "The pictures are complete.",
                file=self._name,
            )
        )
        self.close()

    def _remark_silence(self) -> None:
        self.remarks.append(
            EngineError(
                "The sound of {file} is of a kind that cannot be read; the new film is silent.",
                "To keep it, turn it into AAC with another program first.",
                file=self._name,
            )
        )
