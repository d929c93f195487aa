"""Keys that work in every program."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QKeySequenceEdit, QWidget

from engine.control.commands import Action
from engine.control.settings import Hotkey, HotkeySettings
from engine.control.surfaces.key_names import read_keys
from engine.installation import with_own_commands
from gui.dialogs.base import paragraph
from gui.dialogs.control.page import ControlPage
from gui.features.control.controller import RemoteControl
from gui.state.app_model import AppModel
from gui.text.control_words import action_names
from gui.theme.theme import UNIT
from gui.widgets.icon_button import IconButton

OFFERED = (
    Action.TOGGLE_PANIC,
    Action.TOGGLE_LIVE,
    Action.NEXT_STYLE,
    Action.PREVIOUS_STYLE,
    Action.NEXT_CUE,
    Action.PREVIOUS_CUE,
    Action.SNAPSHOT,
    Action.TOGGLE_RECORDING,
)


class KeysPage(ControlPage):
    """A key that cannot be used is said so, and the former one stays."""

    def __init__(
        self, app_model: AppModel, control: RemoteControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(app_model, control.hotkeys, parent)
        self.on = QCheckBox(self.tr("Use keys that work in every program"))
        self.edits = {action: QKeySequenceEdit() for action in OFFERED}
        form = QFormLayout()
        form.setHorizontalSpacing(3 * UNIT)
        form.setVerticalSpacing(UNIT)
        names = action_names()
        for action, edit in self.edits.items():
            edit.setMaximumSequenceLength(1)
            edit.setAccessibleName(names[action])
            form.addRow(names[action], self._row(action, edit))
            edit.editingFinished.connect(lambda chosen=action: self._set_key(chosen))
        self.body.addWidget(self.on)
        self.body.addLayout(form)
        self.body.addWidget(
            paragraph(
                with_own_commands(
                    self.tr(
                        "Under Wayland, the desktop asks you to allow them and may give other "
                        "keys. Where it gives none, bind the command “python main.py remote "
                        "panic” in its own settings."
                    )
                ),
                "caption",
            )
        )
        self.on.clicked.connect(self._set_on)
        self._show_outcome()

    def _row(self, action: Action, edit: QKeySequenceEdit) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        clear = IconButton("close", self.tr("No key for: {0}").format(action_names()[action]))
        clear.clicked.connect(lambda: self._clear(action))
        row.addWidget(edit, stretch=1)
        row.addWidget(clear)
        return both

    def _set_on(self, on: bool) -> None:
        self._set(replace(self._chosen.hotkeys, on=on))

    def _clear(self, action: Action) -> None:
        self.edits[action].clear()
        self._set_key(action)

    def _set_key(self, action: Action) -> None:
        portable = QKeySequence.SequenceFormat.PortableText
        text = self.edits[action].keySequence().toString(portable)
        others = tuple(key for key in self._chosen.hotkeys.keys if key.action is not action)
        keys = (*others, Hotkey(action, text)) if text else others

        def edit() -> HotkeySettings:
            if text:
                read_keys(text)
            return replace(self._chosen.hotkeys, keys=keys)

        if self._change(lambda chosen: replace(chosen, hotkeys=edit())):
            self._show_outcome()
        else:
            self._show_keys()

    def _set(self, hotkeys: HotkeySettings) -> None:
        self._change(lambda chosen: replace(chosen, hotkeys=hotkeys))
        self._show_outcome()

    def _show_outcome(self) -> None:
        self.on.setChecked(self._chosen.hotkeys.on)
        self._show_keys()
        super()._show_outcome()

    def _show_keys(self) -> None:
        chosen = {key.action: key.keys for key in self._chosen.hotkeys.keys}
        for action, edit in self.edits.items():
            if not edit.hasFocus() or not edit.keySequence().toString():
                edit.setKeySequence(QKeySequence(chosen.get(action, "")))
