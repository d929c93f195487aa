"""Control from outside the window: what is on, as the preferences say, and the commands' way in."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.control.board import Board
from engine.control.inbox import Inbox
from engine.control.pairing import Pairing
from engine.control.settings import ControlSettings, MidiBinding
from engine.control.tokens import TokenStore
from engine.errors import EngineError
from engine.events import Stats
from gui.engine_link.background import Deadline
from gui.features.control.runner import CommandRunner
from gui.features.control.status import PresetNames, status_of
from gui.features.control.surface import Applicable, SurfaceTask
from gui.features.cue_player import CuePlayer
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from gui.state.preferences import Preferences
from gui.state.presets import PresetStore
from gui.text.control_words import action_names

logger = logging.getLogger(__name__)

FOLDER = "control"
STATUS_AFTER_MS = 30
NETWORK_CHECK_MS = 5000


class RemoteControl(QObject):
    """Owns every way in. All of them put commands into one inbox, which is emptied here, on the
    GUI thread: whatever is done from outside, the window shows.
    """

    changed = Signal()
    """A way in has begun, ended or failed."""
    devices_changed = Signal()
    """A device has been paired or removed."""
    learned = Signal(MidiBinding)
    """What was moved on the MIDI device while it was to be learned."""
    _woken = Signal()
    _devices_noted = Signal()

    def __init__(
        self,
        app_model: AppModel,
        recordings: RecordingController,
        cues: CuePlayer,
        settings: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._app_model, self._cues = app_model, cues
        self._folder = settings / FOLDER
        self._preset_names = PresetNames(settings)
        self._error: EngineError | None = None
        self._address: str | None = None
        self._applied = ControlSettings()
        self.board = Board()
        self.inbox = Inbox(app_model.camera.hide_at_once, self._woken.emit)
        self.tokens = TokenStore(self._folder / "paired.json", self._devices_noted.emit)
        self.pairing = Pairing()
        self._runner = CommandRunner(app_model, recordings, PresetStore(settings), cues, self.inbox)
        self.web = SurfaceTask("control interface", self._make_web, self)
        self.osc = SurfaceTask("OSC", self._make_osc, self)
        self.midi = SurfaceTask("MIDI", self._make_midi, self)
        self.hotkeys = SurfaceTask("hotkeys", self._make_hotkeys, self)
        self._surfaces = (self.web, self.osc, self.midi, self.hotkeys)
        self._showing = QTimer(self, interval=STATUS_AFTER_MS, singleShot=True)
        self._network_check = QTimer(self, interval=NETWORK_CHECK_MS)
        self._connect()

    def start(self) -> None:
        """Begin with what is on."""
        self._show()
        self._on_preferences(self._app_model.preferences)

    @property
    def cue_names(self) -> tuple[str, ...]:
        """The names of the cues, in order."""
        return self._cues.status.names

    def remove_device(self, device_id: str) -> None:
        """Take a device's token back; what keeps that from lasting is reported."""
        try:
            self.tokens.remove(device_id)
        except EngineError as error:
            self._app_model.report(error)

    def midi_devices(self) -> tuple[str, ...]:
        """The MIDI devices that are there; may take a while. Raises SettingError."""
        from engine.control.surfaces.midi import device_names  # noqa: PLC0415 - only when asked

        return device_names()

    def learn(self, target: str) -> None:
        """Bind what is moved next on the MIDI device to a target; `learned` tells what it was."""
        if self.midi.surface is not None:
            self.midi.surface.mapper.learn(target, self.learned.emit)

    def forget_learning(self) -> None:
        """Wait for no device any more."""
        if self.midi.surface is not None:
            self.midi.surface.mapper.forget_learning()

    def close(self, timeout: float) -> bool:
        """End every way in; whether that was done within `timeout` seconds."""
        self._network_check.stop()
        self._showing.stop()
        deadline = Deadline(timeout)
        ended = [surface.close(deadline.left) for surface in self._surfaces]
        return all(ended)

    def _connect(self) -> None:
        app_model = self._app_model
        self._devices_noted.connect(self.devices_changed, Qt.ConnectionType.QueuedConnection)
        self._woken.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)
        app_model.state_changed.connect(self._on_state)
        app_model.preferences_changed.connect(self._on_preferences)
        app_model.troubled.connect(self._on_trouble)
        app_model.bridge.measured.connect(self._on_stats)
        self._cues.changed.connect(self._showing.start)
        self._showing.timeout.connect(self._show)
        self._network_check.timeout.connect(self._check_network)
        for surface in self._surfaces:
            surface.changed.connect(self._on_surface)

    def _carry_out(self) -> None:
        for asked in self.inbox.take():
            if asked.done.cancelled():
                continue
            try:
                self._runner.run(asked.command)
            except EngineError as error:
                asked.done.set_exception(error)
            except Exception as error:
                logger.exception("a command from outside could not be carried out")
                asked.done.set_exception(error)
            else:
                self._show()
                asked.done.set_result(None)

    def _on_state(self) -> None:
        state = self._app_model.state
        self.inbox.note_panic(state.panic)
        if not state.running:
            self.board.show_figures(None)
        self._showing.start()

    def _on_preferences(self, preferences: Preferences) -> None:
        self._showing.start()
        if preferences.control != self._applied:
            self._applied = preferences.control
            self._apply()

    def _on_trouble(self, error: EngineError | None) -> None:
        self._error = error
        self._showing.start()

    def _on_stats(self, stats: Stats) -> None:
        self.board.show_figures(stats)

    def _on_surface(self) -> None:
        answering = self.web.outcome
        watch = self._applied.web.on and self._applied.web.network
        if not (watch and answering is not None):
            self._network_check.stop()
        elif not self._network_check.isActive():
            self._address = _network_address()
            self._network_check.start()
        self.changed.emit()

    def _apply(self) -> None:
        wanted = self._applied
        self.web.apply(wanted.web, on=wanted.web.on)
        self.osc.apply(wanted.osc, on=wanted.osc.on)
        self.midi.apply(wanted.midi, on=wanted.midi.on)
        self.hotkeys.apply(wanted.hotkeys, on=wanted.hotkeys.on)

    def _show(self) -> None:
        self.board.show_status(
            status_of(self._app_model, self._preset_names.now(), self._cues.status, self._error)
        )

    def _check_network(self) -> None:
        """A laptop that has moved to another network has another address there."""
        address = _network_address()
        if address != self._address:
            self._address = address
            self.web.apply(self._applied.web, on=True, again=True)

    def _make_web(self) -> Applicable[Any]:
        from engine.control.web.access import Access  # noqa: PLC0415 - aiohttp loads slowly
        from engine.control.web.interface import ControlInterface  # noqa: PLC0415

        access = Access(self.tokens, self.pairing)
        return ControlInterface(self.inbox, self.board, access, self._folder)

    def _make_osc(self) -> Applicable[Any]:
        from engine.control.surfaces.osc import OscSurface  # noqa: PLC0415 - only where it is on

        return OscSurface(self.inbox, self.board)

    def _make_midi(self) -> Applicable[Any]:
        from engine.control.surfaces.midi import MidiSurface  # noqa: PLC0415 - only where it is on

        return MidiSurface(self.inbox)

    def _make_hotkeys(self) -> Applicable[Any]:
        from engine.control.surfaces.hotkeys import HotkeySurface  # noqa: PLC0415

        return HotkeySurface(self.inbox, action_names)


def _network_address() -> str | None:
    from engine.control.web.addresses import network_address  # noqa: PLC0415 - only where it is on

    return network_address()
