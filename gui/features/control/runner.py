"""Carries out commands from outside, by the same actions as the user's own clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.control.changes import blended, given, next_style
from engine.control.commands import (
    Action,
    Adjust,
    ApplyPreset,
    ChooseStyle,
    Command,
    Do,
    GoToCue,
    SetBlend,
    SetInput,
    SetMark,
)
from engine.control.inbox import Inbox
from engine.errors import EngineError, SettingError
from gui.features.cue_player import CuePlayer
from gui.features.recording import RecordingController
from gui.state.app_model import AppModel
from gui.state.presets import PresetStore


class CommandRunner:
    """Only the GUI thread calls it. The inbox has made a panic or a release of their toggle."""

    def __init__(
        self,
        app_model: AppModel,
        recordings: RecordingController,
        presets: PresetStore,
        cues: CuePlayer,
        inbox: Inbox,
    ) -> None:
        self._app_model, self._recordings = app_model, recordings
        self._presets, self._cues, self._inbox = presets, cues, inbox
        self._actions: dict[Action, Callable[[], object]] = {
            Action.PANIC: lambda: app_model.panic(True),
            Action.RELEASE: self._release,
            Action.LIVE: self._go_live,
            Action.STOP: app_model.stop,
            Action.TOGGLE_LIVE: app_model.toggle,
            Action.NEXT_STYLE: lambda: self._step_style(1),
            Action.PREVIOUS_STYLE: lambda: self._step_style(-1),
            Action.NEXT_CUE: lambda: cues.step(1),
            Action.PREVIOUS_CUE: lambda: cues.step(-1),
            Action.SNAPSHOT: self._snapshot,
            Action.RECORD: lambda: self._record(True),
            Action.STOP_RECORDING: lambda: self._record(False),
            Action.TOGGLE_RECORDING: lambda: self._record(not app_model.state.recording),
        }

    def run(self, command: Command) -> None:
        """Carry a command out. Raises EngineError."""
        app_model = self._app_model
        match command:
            case Do(action):
                self._actions[action]()
            case ChooseStyle(name):
                app_model.catalog.style(app_model.preferences.build.model, name)
                app_model.choose_style(name)
            case ApplyPreset(name):
                self._apply_preset(name)
            case SetBlend():
                self._blend(command)
            case Adjust():
                app_model.set_live(replace(app_model.preferences.live, **given(command)))
            case SetMark():
                app_model.set_watermark(replace(app_model.preferences.mark, **given(command)))
            case SetInput():
                self._set_input(command)
            case GoToCue(number):
                self._cues.go_to(number)

    def _release(self) -> None:
        """At the camera first, which holds up a panic for a moment; then in the window."""
        self._inbox.release(self._app_model.camera.show_at_once)
        self._app_model.note_release()

    def _go_live(self) -> None:
        if not self._app_model.state.running:
            self._app_model.go_live()

    def _step_style(self, by: int) -> None:
        names = tuple(style.name for style in self._app_model.styles)
        chosen = self._app_model.preferences.live.style
        self._app_model.choose_style(next_style(names, chosen, by))

    def _apply_preset(self, name: str) -> None:
        preset = next((one for one in self._presets.all() if one.name == name), None)
        if preset is None:
            raise SettingError("There is no preset {name}.", "Save one under this name.", name=name)
        self._app_model.apply(preset.model, preset.live)

    def _blend(self, wanted: SetBlend) -> None:
        changed = blended(self._app_model.preferences.live, wanted)
        self._app_model.catalog.check(self._app_model.preferences.build.model, changed)
        self._app_model.set_live(changed)

    def _set_input(self, wanted: SetInput) -> None:
        words = given(wanted)
        following = words.pop("auto_framing", None)
        self._app_model.set_input(replace(self._app_model.preferences.input, **words))
        if following is not None:
            self._app_model.set_auto_framing(following)

    def _snapshot(self) -> None:
        frame = self._app_model.last_output
        if frame is None or frame.original:
            raise _nothing_styled()
        self._recordings.snapshot()

    def _record(self, on: bool) -> None:
        if on and not self._app_model.state.live:
            raise _nothing_styled()
        if on != self._app_model.state.recording:
            self._recordings.toggle_recording()


def _nothing_styled() -> EngineError:
    return SettingError("There is no styled picture yet.", "Go live first.")
