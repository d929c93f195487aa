"""Recording the styled stream and taking snapshots of it."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError, SinkError
from engine.events import SessionState
from engine.frames import StyledFrame
from engine.video.naming import fresh_path
from engine.video.provenance import Provenance
from engine.video.sink import FrameSink
from gui.background import Background
from gui.situation import Situation
from gui.studio import Studio

logger = logging.getLogger(__name__)


class Takes(QObject):
    """Starts and ends recordings, and writes snapshots off the GUI thread."""

    snapshot_saved = Signal(str)
    recording_saved = Signal(str)
    _failed = Signal(object)

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._background = Background("snapshots")
        self._recorder: FrameSink | None = None
        self._path = Path()
        self._failed.connect(studio.report)
        studio.situation_changed.connect(self._on_situation)

    def toggle_recording(self) -> None:
        """Begin to record while live, or complete the file."""
        if self._recorder is not None:
            self._end()
        elif self._studio.situation.live:
            self._begin()

    def snapshot(self) -> None:
        """Write the styled picture on show, with the settings that made it."""
        frame = self._studio.last_output
        if frame is not None and not frame.original:
            provenance = self._provenance()
            self._background.run(lambda: self._save(frame, provenance))

    def wait(self, timeout: float) -> bool:
        """Wait until what was taken is written; True when so."""
        return self._background.wait(timeout)

    def _begin(self) -> None:
        from engine.video.recorder import Recorder  # noqa: PLC0415 - PyAV loads slowly

        try:
            self._path = fresh_path(self._folder(), ".mp4")
        except SinkError as error:
            self._studio.report(error)
            return
        self._recorder = Recorder(self._path, self._provenance())
        self._studio.bridge.add_sink(self._recorder)
        self._studio.set_recording(True)

    def _end(self) -> None:
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            self._studio.bridge.remove_sink(recorder)
            self._studio.set_recording(False)
            self.recording_saved.emit(str(self._path))

    def _on_situation(self, now: Situation) -> None:
        """A session that ends completes its recording by itself."""
        if now.session is SessionState.OFF and self._recorder is not None:
            self._recorder = None
            self._studio.set_recording(False)
            self.recording_saved.emit(str(self._path))

    def _save(self, frame: StyledFrame, provenance: Provenance) -> None:
        from engine.video.snapshot import save_snapshot  # noqa: PLC0415 - loads slowly

        try:
            path = fresh_path(self._folder(), ".png")
            save_snapshot(path, frame, provenance)
            self.snapshot_saved.emit(str(path))
        except EngineError as error:
            self._failed.emit(error)

    def _folder(self) -> Path:
        """The chosen folder, made where it is missing. Raises SinkError."""
        folder = Path(self._studio.preferences.folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SinkError(
                f"The folder for recordings cannot be used: {error.strerror}.",
                "Choose another one in the settings.",
            ) from error
        return folder

    def _provenance(self) -> Provenance:
        wish = self._studio.preferences
        live = wish.live
        names = ("strength", "steps", "structure", "smoothness", "seed", "prompt")
        settings = {name: str(getattr(live, name)) for name in names if getattr(live, name) != ""}
        if live.blend is not None:
            settings["blend"] = f"{live.blend.style} {live.blend.weight:g}"
        settings["size"] = str(wish.build.size)
        return Provenance(wish.build.model, live.style, settings)
