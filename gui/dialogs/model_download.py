"""Downloading a model: how large it is, under which licences, how far it has got."""

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

BAR_STEPS = 1000
"""Of the progress bar: bytes do not fit into Qt's integers."""


class ModelDownloadDialog(BaseDialog):
    """Asks first, shows each licence once, then the progress; closing it cancels the download.

    ASKING -> LICENCE -> DOWNLOADING <-> PAUSED -> DONE
    any -> FAILED -> DOWNLOADING
    """

    def __init__(
        self, app_model: AppModel, download: ModelDownload, parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("ModelDownloadDialog", "Download a model")
        super().__init__(title, 60 * UNIT, parent)
        self.download = download
        preferences = app_model.preferences
        self._model = app_model.catalog.model(preferences.build.model)
        self._style = app_model.catalog.style(self._model.name, preferences.live.style)
        self.text = paragraph("")
        self.text.setOpenExternalLinks(True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.bar = QProgressBar(maximum=BAR_STEPS, textVisible=False)
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
        self._go: Callable[[], object] = self._start
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.pause.toggled.connect(self._set_paused)
        self.finished.connect(download.cancel)
        download.progressed.connect(self._on_progress)
        download.licence_asked.connect(self._on_licence)
        download.finished.connect(self._on_finished)
        download.failed.connect(self._on_failed)
        self._ask()

    def _on_go(self) -> None:
        self._go()

    def _ask(self) -> None:
        components = components_needed(self._model, self._style)
        size = number(sum(component.size for component in components) / 1e9, 1)
        text = self.tr("More than {0} GB will be downloaded from the authors' servers.")
        self._show(text.format(size), self.tr("Not now"), self.tr("Download"), self._start)

    def _start(self) -> None:
        self._wait()
        self.download.start(f"{self._model.name}/{self._style.name}")

    def _wait(self) -> None:
        self._show(self.tr("Contacting the servers…"), self.tr("Cancel"))

    def _on_licence(self, component: ModelComponent) -> None:
        """One licence; the answer goes back to where the download waits."""
        licence = component.licence
        name, address = escape(licence.name), escape(licence.url, quote=True)
        linked = f'<a href="{address}">{name}</a>' if address else name
        text = self.tr("{0} is published under this licence: {1}").format(
            escape(component.title), linked
        )
        self._show(text, self.tr("Decline"), self.tr("Accept"), self._accept)

    def _accept(self) -> None:
        self._wait()
        self.download.answer(accepted=True)

    def _on_progress(self, progress: Progress) -> None:
        if not self.bar.isVisible():
            self._show("", self.tr("Cancel"), downloading=True)
        self.text.setText(escape(self.tr("Downloading {0}").format(progress.subject)))
        total = max(progress.total, progress.done, 1)
        self.bar.setValue(BAR_STEPS * progress.done // total)
        self.amount.setText(
            self.tr("{0} of {1} MB").format(f"{progress.done / 1e6:.0f}", f"{total / 1e6:.0f}")
        )

    def _set_paused(self, on: bool) -> None:
        self.pause.setText(self.tr("Resume") if on else self.tr("Pause"))
        self.download.pause(on=on)

    def _on_finished(self) -> None:
        text = self.tr("The model is installed. Go live to use it.")
        self._show(text, "", self.tr("Close"), self.accept)

    def _on_failed(self, error: EngineError) -> None:
        text = escape(error_with_remedy(error))
        self._show(text, self.tr("Close"), self.tr("Try again"), self._start)

    def _show(
        self,
        text: str,
        leave: str,
        go: str = "",
        action: Callable[[], object] | None = None,
        *,
        downloading: bool = False,
    ) -> None:
        """Show a text and the buttons that are named; go does `action`.

        The bar and the pause are there only while bytes arrive.
        """
        self._go = action or self.reject
        self.text.setText(text)
        for button, label in ((self.leave, leave), (self.go, go)):
            button.setText(label)
            button.setVisible(bool(label))
        for widget in (self.bar, self.amount, self.pause):
            widget.setVisible(downloading)
        if not downloading:
            self.pause.setChecked(False)
