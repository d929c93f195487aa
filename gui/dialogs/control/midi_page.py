"""MIDI: the device, and which knob or pad does what, by learning."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.control.settings import MidiBinding, MidiSettings
from gui.dialogs.base import paragraph
from gui.dialogs.control.page import ControlPage
from gui.dialogs.form_helpers import fill_picker, make_picker
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.features.control.controller import RemoteControl
from gui.state.app_model import AppModel
from gui.text.control_words import binding_text, target_names
from gui.theme.theme import UNIT


class MidiPage(ControlPage):
    """The devices are listed in the background: a driver may take its time."""

    def __init__(
        self, app_model: AppModel, control: RemoteControl, parent: QWidget | None = None
    ) -> None:
        super().__init__(app_model, control.midi, parent)
        self._control = control
        self._names = dict(target_names(app_model.styles, control.cue_names))
        self.on = QCheckBox(self.tr("Use a MIDI device"))
        self.device = make_picker(self.tr("MIDI device"), {}, "")
        self.target = make_picker(self.tr("What to bind"), self._names, "")
        self.learn = QPushButton(self.tr("Learn"))
        self.learn.setCheckable(True)
        self.hint = paragraph("", "caption")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Knobs and pads that are bound"))
        self.remove = QPushButton(self.tr("Remove"))
        self._task = Task(Background("MIDI devices"), self)
        self._arrange()
        self._connect()
        self._show_devices(())
        self._show_outcome()

    def showEvent(self, event: QShowEvent) -> None:
        """The devices may have changed since."""
        super().showEvent(event)
        self._task.run(self._control.midi_devices)

    def hideEvent(self, event: QHideEvent) -> None:
        """A knob that is moved later shall not be bound."""
        self._stop_learning()
        super().hideEvent(event)

    def _arrange(self) -> None:
        self.learn.setMinimumWidth(12 * UNIT)
        self.body.addWidget(self.on)
        self.body.addWidget(self.device)
        learning = QHBoxLayout()
        learning.setSpacing(UNIT)
        learning.addWidget(self.target, stretch=1)
        learning.addWidget(self.learn)
        self.body.addLayout(learning)
        self.body.addWidget(self.hint)
        bound = QHBoxLayout()
        bound.setSpacing(UNIT)
        bound.addWidget(self.list, stretch=1)
        side = QVBoxLayout()
        side.addWidget(self.remove)
        side.addStretch(1)
        bound.addLayout(side)
        self.body.addLayout(bound)

    def _connect(self) -> None:
        self.on.clicked.connect(lambda on: self._set(replace(self._chosen.midi, on=on)))
        self.device.activated.connect(
            lambda: self._set(replace(self._chosen.midi, port=self.device.currentData()))
        )
        self.learn.clicked.connect(self._learn)
        self.target.activated.connect(self._stop_learning)
        self.remove.clicked.connect(self._remove)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self._control.learned.connect(self._on_learned)
        self._task.done.connect(self._show_devices)
        self._task.failed.connect(lambda _error: self._show_devices(()))

    def _learn(self, on: bool) -> None:
        if not on:
            self._stop_learning()
            return
        self._control.learn(self.target.currentData())
        self.hint.setText(self.tr("Now move a knob, or press a pad or a key."))

    def _stop_learning(self) -> None:
        self._control.forget_learning()
        self.learn.setChecked(False)
        self.hint.setText(self.tr("Choose what to bind, then press “Learn” and move a knob."))

    def _on_learned(self, binding: MidiBinding) -> None:
        if not self.learn.isChecked():
            return
        from engine.control.surfaces.midi import bound  # noqa: PLC0415 - mido is in use by now

        self._stop_learning()
        midi = self._chosen.midi
        self._set(replace(midi, bindings=bound(midi.bindings, binding)))

    def _remove(self) -> None:
        gone = [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
        midi = self._chosen.midi
        self._set(replace(midi, bindings=tuple(b for b in midi.bindings if b not in gone)))

    def _set(self, midi: MidiSettings) -> None:
        self._change(lambda chosen: replace(chosen, midi=midi))
        self._show_outcome()

    def _show_devices(self, names: tuple[str, ...]) -> None:
        chosen = self._chosen.midi.port
        texts = {"": self.tr("The first device there is")}
        texts |= {name: name for name in names}
        if chosen:
            texts.setdefault(chosen, self.tr("{0} (not connected)").format(chosen))
        fill_picker(self.device, texts, chosen)

    def _show_outcome(self) -> None:
        midi = self._chosen.midi
        self.on.setChecked(midi.on)
        self.list.clear()
        for binding in midi.bindings:
            name = self._names.get(binding.target, binding.target)
            item = QListWidgetItem(f"{name}  ·  {binding_text(binding)}")
            item.setData(Qt.ItemDataRole.UserRole, binding)
            self.list.addItem(item)
        self._show_buttons()
        super()._show_outcome()

    def _show_buttons(self) -> None:
        works = self._chosen.midi.on and self._surface.error is None
        self.learn.setEnabled(works)
        self.remove.setEnabled(bool(self.list.selectedItems()))
        if not self.learn.isChecked():
            self.hint.setText(
                self.tr("Choose what to bind, then press “Learn” and move a knob.") if works else ""
            )
