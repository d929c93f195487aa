"""Fetching a model: how much it is, on which terms, how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from engine.errors import EngineError
from engine.events import Progress
from engine.model_store.components import ModelComponent
from engine.model_store.resolve import components_needed
from gui.dialogs.base import BaseDialog, paragraph
from gui.engine_link.model_download import ModelDownload
from gui.state.app_model import AppModel
from gui.text.catalog_strings import in_users_language
from gui.text.languages import number
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT

STEPS = 1000
"""Of the bar: bytes do not fit into Qt's whole numbers."""


class ModelDownloadDialog(BaseDialog):
    """Asks, shows each licence once, then bytes; closing it calls the download off.

    ASKING -> TERMS -> FETCHING <-> PAUSED -> DONE
    any -> FAILED -> ASKING
    """

    def __init__(
        self, app_model: AppModel, download: ModelDownload, parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("ModelDownloadDialog", "Fetch a model")
        super().__init__(title, 60 * UNIT, parent)
        self._download = download
        wish = app_model.preferences
        self._model = app_model.catalog.model(wish.build.model)
        self._style = app_model.catalog.style(self._model.name, wish.live.style)
        self.text = paragraph("")
        self.text.setOpenExternalLinks(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.bar = QProgressBar(maximum=STEPS, textVisible=False)
        self.bar.setAccessibleName(title)
        self.amount = paragraph("", "caption")
        self.body.addWidget(paragraph(in_users_language(self._model.title), "headline"))
        for widget in (self.text, self.bar, self.amount):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.pause = self.add_button(self.tr("Pause"))
        self.pause.setCheckable(True)
        self.leave = self.add_button("")
        self.go = self.add_button("", leading=True)
        self._leave: Callable[[], object] = self.reject
        self._go: Callable[[], object] = self._start
        self.leave.clicked.connect(self._on_leave)
        self.go.clicked.connect(self._on_go)
        self.pause.toggled.connect(self._set_paused)
        self.finished.connect(download.cancel)
        download.progressed.connect(self._on_progress)
        download.licence_asked.connect(self._on_terms)
        download.ended.connect(self._on_end)
        self._ask()

    def _on_leave(self) -> None:
        self._leave()

    def _on_go(self) -> None:
        self._go()

    def _ask(self) -> None:
        parts = components_needed(self._model, self._style)
        size = number(sum(part.size for part in parts) / 1e9, 1)
        words = self.tr("More than {0} GB will be fetched from its authors' hosts.").format(size)
        self._show(words, self.tr("Not now"), self.tr("Fetch"))
        self._leave, self._go = self.reject, self._start

    def _start(self) -> None:
        self._wait()
        self._download.start(f"{self._model.name}/{self._style.name}")

    def _wait(self) -> None:
        self._show(self.tr("Asking the hosts…"), self.tr("Cancel"), "")
        self._leave = self.reject

    def _on_terms(self, part: ModelComponent) -> None:
        """One licence; the answer goes back to where the download waits."""
        name, address = escape(part.licence.name), escape(part.licence.url, quote=True)
        linked = f'<a href="{address}">{name}</a>' if address else name
        words = self.tr("{0} is published under these terms: {1}").format(
            escape(part.title), linked
        )
        self._show(words, self.tr("Do not accept"), self.tr("Accept"))
        self._leave, self._go = self.reject, self._accept

    def _accept(self) -> None:
        self._wait()
        self._download.answer(accepted=True)

    def _on_progress(self, progress: Progress) -> None:
        if not self.bar.isVisible():
            self._show("", self.tr("Cancel"), "", download=True)
        self.text.setText(escape(self.tr("Downloading {0}").format(progress.subject)))
        total = max(progress.total, progress.done, 1)
        self.bar.setValue(STEPS * progress.done // total)
        self.amount.setText(
            self.tr("{0} of {1} MB").format(f"{progress.done / 1e6:.0f}", f"{total / 1e6:.0f}")
        )

    def _set_paused(self, on: bool) -> None:
        self.pause.setText(self.tr("Go on") if on else self.tr("Pause"))
        self._download.pause(on=on)

    def _on_end(self, error: EngineError | None) -> None:
        if error is None:
            words = self.tr("Everything is here. Go live to use it.")
            self._show(words, "", self.tr("Close"))
            self._go = self.accept
        else:
            self._show(escape(error_with_remedy(error)), self.tr("Close"), self.tr("Try again"))
            self._leave, self._go = self.reject, self._start

    def _show(self, words: str, leave: str, go: str, *, download: bool = False) -> None:
        """Words and the buttons that have any; the bar and the pause only while bytes come."""
        self.text.setText(words)
        for button, text in ((self.leave, leave), (self.go, go)):
            button.setText(text)
            button.setVisible(bool(text))
        for widget in (self.bar, self.amount, self.pause):
            widget.setVisible(download)
        if not download:
            self.pause.setChecked(False)
