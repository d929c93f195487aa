"""Recording the styled stream and taking snapshots of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError, SinkError
from engine.events import SizesChosen
from engine.frames import Size, StyledFrame
from engine.provenance.credentials.history import Change, History, Made
from engine.session.commands import AddSink, RemoveSink
from engine.video.sinks.metadata import Provenance, fresh_path, provenance_of
from engine.video.sinks.unfinished_file import MARK
from gui.engine_link.background import Background
from gui.state.app_model import AppModel

if TYPE_CHECKING:
    from engine.video.sinks.recorder import Recorder

logger = logging.getLogger(__name__)

Signer = Callable[[Path], EngineError | None]
Work = Callable[[], None]


class _RecordingSink:
    """A recording, and what is set while it runs. On the engine thread it calls `completed` with
    itself, if it becomes a file, and `ended` in any case.
    """

    def __init__(
        self,
        sink: Recorder,
        history: History,
        completed: Callable[[_RecordingSink], object],
        ended: Callable[[_RecordingSink], object],
    ) -> None:
        self._sink, self._history = sink, history
        self._completed, self._ended = completed, ended

    def note(self, made: Provenance) -> None:
        """Something else is set from now on."""
        self._history.note(self._sink.seconds, made)

    def signing(self) -> tuple[Path, Signer]:
        """The file, and what signs it as it was made."""
        history, sink = self._history, self._sink
        signer = _signer(history.made, marked=sink.marked, changes=history.changes)
        return sink.path, signer

    def open(self, size: Size, fps: float) -> None:
        self._sink.open(size, fps)

    def send(self, frame: StyledFrame) -> None:
        self._sink.send(frame)

    def blank(self) -> None:
        self._sink.blank()

    def close(self) -> None:
        self._sink.close()
        if self._sink.finished:
            self._completed(self)
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
        app_model.preferences_changed.connect(self._note)
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
            provenance = self._provenance()
            self._background.run(lambda: self._save(frame, provenance))

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
        provenance = self._provenance()
        self._recording = _RecordingSink(
            Recorder(path, provenance),
            History(provenance),
            lambda recording: self._background.run(self._completion(*recording.signing())),
            self._ended.emit,
        )
        self._app_model.bridge.send(AddSink(self._recording))
        self._app_model.set_recording(True)

    def _on_ended(self, recording: _RecordingSink) -> None:
        """For any reason: the user's click, the end of the session, a full disk."""
        if recording is self._recording:
            self._recording = None
            self._app_model.set_recording(False)

    def _completion(self, path: Path, sign: Signer) -> Work:
        """Signs a recording, which takes a while for a long one, and says that it is there."""

        def complete() -> None:
            self._tell(sign(path))
            self.recording_saved.emit(str(path))

        return complete

    def _save(self, frame: StyledFrame, provenance: Provenance) -> None:
        from engine.video.sinks.snapshot import save_snapshot  # noqa: PLC0415 - loads slowly

        try:
            path = fresh_path(self._folder(), ".png")
            save_snapshot(path, frame, provenance)
            self._tell(_signer(provenance, marked=frame.marked)(path))
            self.snapshot_saved.emit(str(path))
        except EngineError as error:
            self._failed.emit(error)

    def _tell(self, error: EngineError | None) -> None:
        if error is not None:
            self._failed.emit(error)

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

    def _note(self) -> None:
        """Keep what is set now for the credentials of what is being recorded."""
        if self._recording is not None:
            self._recording.note(self._provenance())

    def _on_sizes(self, sizes: SizesChosen) -> None:
        self._engine_size = sizes.engine
        self._note()


def _signer(provenance: Made, *, marked: bool, changes: Sequence[Change] = ()) -> Signer:
    """Signs a file that was made so; gives the reason where it cannot."""

    def sign_as_made(path: Path) -> EngineError | None:
        from engine.provenance.credentials.signing import sign  # noqa: PLC0415 - loads slowly

        return sign(path, provenance, marked=marked, changes=changes)

    return sign_as_made
