"""The list of cues: filled, put in order, stepped through, saved as one file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.errors import EngineError
from engine.paths import config_dir
from gui.dialogs.base import BaseDialog, paragraph
from gui.features.cue_player import CuePlayer
from gui.state.app_model import AppModel
from gui.state.cues import LONGEST_FADE_S, SUFFIX, Cue
from gui.state.presets import Preset, PresetStore
from gui.text.catalog_strings import in_users_language
from gui.text.languages import number
from gui.theme.theme import UNIT

USUAL_FADE_S = 2.0


class CuesDialog(BaseDialog):
    """Every change is kept at once."""

    def __init__(
        self,
        app_model: AppModel,
        cues: CuePlayer,
        parent: QWidget | None = None,
        *,
        presets: PresetStore | None = None,
    ) -> None:
        title = QCoreApplication.translate("CuesDialog", "Cues")
        super().__init__(title, 76 * UNIT, parent)
        self._app_model, self._cues = app_model, cues
        self._presets = presets or PresetStore(config_dir())
        self._filter = self.tr("Cues ({0})").format(f"*{SUFFIX}")
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.name = QLineEdit(maxLength=60)
        self.fade = QDoubleSpinBox(maximum=LONGEST_FADE_S, singleStep=0.5, decimals=1)
        self.add, self.file = QPushButton(self.tr("Add…")), QPushButton(self.tr("File…"))
        self.up, self.down = QPushButton(self.tr("Up")), QPushButton(self.tr("Down"))
        self.update_cue = QPushButton(self.tr("Take over what is set"))
        self.remove = QPushButton(self.tr("Remove"))
        self.go = QPushButton(self.tr("Go to this cue"))
        self.previous = QPushButton(self.tr("Previous"))
        self.next = QPushButton(self.tr("Next"))
        self.setMinimumHeight(62 * UNIT)
        self._arrange(title)
        self._connect()
        self._show()

    def _arrange(self, title: str) -> None:
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(
            paragraph(
                self.tr(
                    "Settings of the picture in the order of a show, each with the time it takes "
                    "to fade to. Keys, OSC, MIDI and the phone step through them."
                ),
                "quiet",
            )
        )
        both = QHBoxLayout()
        both.setSpacing(2 * UNIT)
        both.addWidget(self.list, stretch=1)
        side = QVBoxLayout()
        side.setSpacing(UNIT)
        form = QFormLayout()
        form.setHorizontalSpacing(UNIT)
        form.addRow(self.tr("Name"), self.name)
        self.fade.setSuffix(self.tr(" s"))
        self.fade.setKeyboardTracking(False)
        self.fade.lineEdit().setTextMargins(UNIT, 0, UNIT, 0)
        form.addRow(self.tr("Fade"), self.fade)
        side.addLayout(form)
        for widgets in ((self.up, self.down), (self.update_cue,), (self.remove,), (self.go,)):
            side.addLayout(_row(widgets))
        side.addStretch(1)
        both.addLayout(side)
        self.body.addLayout(both, stretch=1)
        self.next.setProperty("type", "primary")
        self.body.addLayout(_row((self.add, self.file, self.previous, self.next)))
        self.add_close().setAutoDefault(False)

    def _connect(self) -> None:
        add, file = QMenu(self.add), QMenu(self.file)
        add.aboutToShow.connect(lambda: self._fill_add(add))
        self.add.setMenu(add)
        file.addAction(self.tr("Open…"), self._open)
        file.addAction(self.tr("Save as…"), self._save)
        self.file.setMenu(file)
        self.list.currentRowChanged.connect(self._show_chosen)
        self.list.itemDoubleClicked.connect(lambda _item: self._go())
        self.name.editingFinished.connect(self._rename)
        self.fade.valueChanged.connect(self._set_fade)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.update_cue.clicked.connect(self._take_over)
        self.remove.clicked.connect(self._remove)
        self.go.clicked.connect(self._go)
        self.previous.clicked.connect(lambda: self._try(lambda: self._cues.step(-1)))
        self.next.clicked.connect(lambda: self._try(lambda: self._cues.step(1)))
        self._cues.changed.connect(self._show)

    def _fill_add(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(self.tr("What is set now"), self._add_present)
        presets = self._presets.all()
        if presets:
            menu.addSeparator()
        for preset in presets:
            menu.addAction(preset.name, partial(self._add_preset, preset))

    def _add_present(self) -> None:
        live = self._app_model.preferences.live
        titles = {style.name: in_users_language(style.title) for style in self._app_model.styles}
        name = titles.get(live.style, live.style)
        self._try(lambda: self._cues.add(name, USUAL_FADE_S))
        self.list.setCurrentRow(self.list.count() - 1)

    def _add_preset(self, preset: Preset) -> None:
        cue = Cue(preset.name, preset.model, preset.live, USUAL_FADE_S)
        self._try(lambda: self._cues.edit(self._cues.cues.added(cue)))
        self.list.setCurrentRow(self.list.count() - 1)

    def _edit(self, change: Callable[[Cue], Cue]) -> None:
        row = self.list.currentRow()
        if row >= 0:
            cue = self._cues.cues.cues[row]
            self._try(lambda: self._cues.edit(self._cues.cues.changed(row, change(cue))))

    def _rename(self) -> None:
        name = self.name.text().strip()
        if name:
            self._edit(lambda cue: replace(cue, name=name))

    def _set_fade(self, seconds: float) -> None:
        self._edit(lambda cue: replace(cue, fade_s=seconds))

    def _take_over(self) -> None:
        now = self._app_model.preferences
        self._edit(lambda cue: replace(cue, model=now.build.model, live=now.live))

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._cues.edit(self._cues.cues.moved(row, by))
        self.list.setCurrentRow(min(max(row + by, 0), self.list.count() - 1))

    def _remove(self) -> None:
        self._cues.edit(self._cues.cues.removed(self.list.currentRow()))

    def _go(self) -> None:
        self._try(lambda: self._cues.go_to(self.list.currentRow() + 1))

    def _open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open cues"), filter=self._filter)
        if name:
            self._try(lambda: self._cues.open(Path(name)))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save cues"), f"show{SUFFIX}", self._filter
        )
        if name:
            self._try(lambda: self._cues.save_as(Path(name.removesuffix(SUFFIX) + SUFFIX)))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except EngineError as error:
            self._app_model.report(error)

    def _show(self) -> None:
        cues, status = self._cues.cues.cues, self._cues.status
        row = min(max(self.list.currentRow(), 0), len(cues) - 1)
        with QSignalBlocker(self.list):
            self.list.clear()
            for index, cue in enumerate(cues, 1):
                mark = "▶" if index == status.position else "\N{EM SPACE}"
                fade = self.tr("{0} s").format(number(cue.fade_s, 1))
                self.list.addItem(f"{mark} {index}  {cue.name}  ·  {fade}")
            self.list.setCurrentRow(row)
        self._show_chosen()
        self.previous.setEnabled(status.position > 1)
        self.next.setEnabled(status.position < len(cues))

    def _show_chosen(self) -> None:
        row, cues = self.list.currentRow(), self._cues.cues.cues
        chosen = cues[row] if 0 <= row < len(cues) else None
        for widget in (self.name, self.fade, self.update_cue, self.remove, self.go):
            widget.setEnabled(chosen is not None)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < len(cues) - 1)
        with QSignalBlocker(self.name), QSignalBlocker(self.fade):
            self.name.setText(chosen.name if chosen else "")
            self.fade.setValue(chosen.fade_s if chosen else 0.0)


def _row(widgets: tuple[QWidget, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(UNIT)
    for widget in widgets:
        row.addWidget(widget)
    return row
