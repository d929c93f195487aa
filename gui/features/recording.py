"""Recording the styled stream and taking snapshots of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError, SinkError
from engine.events import SizesChosen
from engine.frames import Size, StyledFrame
from engine.session.commands import AddSink, RemoveSink
from engine.video.sinks.metadata import Provenance, fresh_path, provenance_of
from engine.video.sinks.unfinished_file import MARK
from gui.engine_link.background import Background
from gui.state.app_model import AppModel

if TYPE_CHECKING:
    from engine.video.sinks.recorder import Recorder

logger = logging.getLogger(__name__)

Signer = Callable[[Path], EngineError | None]


class _RecordingSink:
    """A recording; on the engine thread it calls `completed` with its file, if it becomes one, and
    `ended` in any case.
    """

    def __init__(
        self,
        sink: Recorder,
        completed: Callable[[Path], object],
        ended: Callable[[_RecordingSink], object],
    ) -> None:
        self._sink, self._completed, self._ended = sink, completed, ended

    def open(self, size: Size, fps: float) -> None:
        self._sink.open(size, fps)

    def send(self, frame: StyledFrame) -> None:
        self._sink.send(frame)

    def blank(self) -> None:
        self._sink.blank()

    def close(self) -> None:
        self._sink.close()
        if self._sink.finished:
            self._completed(self._sink.path)
        self._ended(self)

    def abort(self) -> None:
        self._sink.abort()
        self._ended(self)


class RecordingController(QObject):
    """Starts and ends recordings, and writes snapshots off the GUI thread."""

    snapshot_saved = Signal(str)
    """The path of a complete file."""
    recording_saved = Signal(str)
    """The same."""
    _failed = Signal(EngineError)
    _ended = Signal(_RecordingSink)

    def __init__(self, app_model: AppModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app_model = app_model
        self._background = Background("snapshots")
        self._recording: _RecordingSink | None = None
        self._engine_size: Size | None = None
        app_model.bridge.sizes_chosen.connect(self._on_sizes)
        self._failed.connect(app_model.report)
        self._ended.connect(self._on_ended)

    def toggle_recording(self) -> None:
        """Begin to record while live, or complete the file."""
        if self._recording is not None:
            self._app_model.bridge.send(RemoveSink(self._recording))
        elif self._app_model.state.live:
            self._begin()

    def snapshot(self) -> None:
        """Write the styled picture that is shown, with the settings that made it."""
        frame = self._app_model.last_output
        if frame is not None and not frame.original:
            provenance, sign = self._provenance(), self._signer()
            self._background.run(lambda: self._save(frame, provenance, sign))

    def recover(self) -> None:
        """Complete what a killed program has left in the folder, and say so."""
        folder = Path(self._app_model.preferences.folder)

        def search() -> None:
            if not any(folder.glob(f"*.{MARK}*")):
                return
            from engine.video.sinks.recovery import recover_unfinished  # noqa: PLC0415 - PyAV

            for path in recover_unfinished(folder):
                self.recording_saved.emit(str(path))

        self._background.run(search)

    def wait(self, timeout: float) -> bool:
        """Wait until every snapshot is written; True when they are."""
        return self._background.wait(timeout)

    def _begin(self) -> None:
        from engine.video.sinks.recorder import Recorder  # noqa: PLC0415 - PyAV loads slowly

        try:
            path = fresh_path(self._folder(), ".mp4")
        except SinkError as error:
            self._app_model.report(error)
            return
        sign = self._signer()
        self._recording = _RecordingSink(
            Recorder(path, self._provenance()),
            lambda file: self._background.run(lambda: self._complete(file, sign)),
            self._ended.emit,
        )
        self._app_model.bridge.send(AddSink(self._recording))
        self._app_model.set_recording(True)

    def _on_ended(self, recording: _RecordingSink) -> None:
        """For any reason: the user's click, the end of the session, a full disk."""
        if recording is self._recording:
            self._recording = None
            self._app_model.set_recording(False)

    def _complete(self, path: Path, sign: Signer) -> None:
        """Sign a recording, which takes a while for a long one, and say that it is there."""
        self._tell(sign(path))
        self.recording_saved.emit(str(path))

    def _save(self, frame: StyledFrame, provenance: Provenance, sign: Signer) -> None:
        from engine.video.sinks.snapshot import save_snapshot  # noqa: PLC0415 - loads slowly

        try:
            path = fresh_path(self._folder(), ".png")
            save_snapshot(path, frame, provenance)
            self._tell(sign(path))
            self.snapshot_saved.emit(str(path))
        except EngineError as error:
            self._failed.emit(error)

    def _tell(self, error: EngineError | None) -> None:
        if error is not None:
            self._failed.emit(error)

    def _signer(self) -> Signer:
        """Signs a file of what is set now; gives the reason where it cannot."""
        provenance, mark = self._provenance(), self._app_model.preferences.mark

        def sign_as_made(path: Path) -> EngineError | None:
            from engine.provenance.credentials.signing import sign  # noqa: PLC0415 - loads slowly

            return sign(path, provenance, marked=mark.invisible)

        return sign_as_made

    def _folder(self) -> Path:
        """The chosen folder, created if it is missing. Raises SinkError."""
        folder = Path(self._app_model.preferences.folder)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SinkError(
                "The folder for recordings cannot be used: {reason}.",
                "Choose another one in the settings.",
                reason=error.strerror,
            ) from error
        return folder

    def _provenance(self) -> Provenance:
        preferences = self._app_model.preferences
        live = replace(preferences.live, composition=preferences.composition)
        return provenance_of(preferences.build.model, live, self._engine_size)

    def _on_sizes(self, sizes: SizesChosen) -> None:
        self._engine_size = sizes.engine
