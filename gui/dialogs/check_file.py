"""Check a file: drop it, and read whether it says that this program made it with AI."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from engine.errors import EngineError
from engine.paths import APP_NAME
from gui.dialogs.base import BaseDialog, paragraph
from gui.engine_link.background import Background
from gui.engine_link.task import Task
from gui.text.wording import error_with_remedy
from gui.theme.theme import UNIT

if TYPE_CHECKING:
    from engine.provenance.credentials.reading import Credentials
    from engine.provenance.verification import Mark, Verification

Verify = Callable[[Path], "Verification"]


def _verify(path: Path) -> Verification:
    from engine.provenance.verification import verify  # noqa: PLC0415 - loads slowly

    return verify(path)


class CheckFileDialog(BaseDialog):
    """Takes one file after the other, by drag and drop or by name; only the last one counts."""

    def __init__(self, verify: Verify = _verify, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("CheckFileDialog", "Check a file")
        super().__init__(title, 60 * UNIT, parent)
        self.setAcceptDrops(True)
        self._verify = verify
        self._task = Task(Background("file check"), self)
        self._path: Path | None = None
        self.answer = paragraph("", "title")
        self.details = paragraph("")
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(paragraph(title, "headline"))
        self.body.addWidget(self._explanation())
        for label in (self.answer, self.details):
            label.setTextFormat(Qt.TextFormat.PlainText)  # names in a file are anybody's words
            self.body.addWidget(label)
        self.body.addStretch(1)
        self.choose = self.add_button(self.tr("Choose a file…"))
        self.choose.clicked.connect(self._choose)
        self.add_close()
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_failed)

    def check(self, path: Path) -> None:
        """Begin to check a file; the answer follows."""
        self._path = path
        self.answer.setText(self.tr("Checking {0}…").format(path.name))
        self.details.clear()
        self._task.run(lambda: (path, self._outcome(path)))

    def wait(self, timeout: float) -> bool:
        """Wait for the check in progress; whether it ended within `timeout` seconds."""
        return self._task.wait(timeout)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.check(Path(files[0]))

    def _explanation(self) -> QLabel:
        return paragraph(
            self.tr(
                "Drop a picture or a video here. Its signed credentials are read, and {0}’s "
                "invisible mark is looked for. Nothing leaves this computer."
            ).format(APP_NAME)
        )

    def _choose(self) -> None:
        kinds = self.tr("Pictures and videos (*.png *.jpg *.jpeg *.mp4 *.m4v *.mov *.mkv *.webm)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), filter=kinds)
        if path:
            self.check(Path(path))

    def _outcome(self, path: Path) -> Verification | EngineError:
        try:
            return self._verify(path)
        except EngineError as error:
            return error

    def _on_done(self, outcome: tuple[Path, Verification | EngineError]) -> None:
        path, found = outcome
        if path != self._path:
            return  # another file has been dropped meanwhile
        if isinstance(found, EngineError):
            self.answer.setText(self.tr("{0} could not be checked.").format(path.name))
            self.details.setText(error_with_remedy(found))
            return
        if found.ai_made:
            answer = self.tr("{0} was made with AI by {1}.")
        else:
            answer = self.tr("Nothing in {0} says that {1} made it.")
        self.answer.setText(answer.format(path.name, APP_NAME))
        texts = [self._credentials_text(found.credentials), self._mark_text(found.mark)]
        if not found.ai_made:
            texts.append(self.tr("It may still be made with AI, by this program or another one."))
        self.details.setText("\n\n".join(texts))

    def _on_failed(self, _error: Exception) -> None:
        if self._path is not None:
            self.answer.setText(self.tr("{0} could not be checked.").format(self._path.name))

    def _credentials_text(self, found: Credentials) -> str:
        if not found.present:
            return self.tr("Credentials: none. Most websites remove them.")
        if not found.valid:
            return self.tr("Credentials: not valid. The file was altered after it was signed.")
        signed = self.tr("Credentials: valid, signed by “{0}”; made by {1} {2}.").format(
            found.signer, found.program, found.version
        )
        if found.trusted:
            return signed
        return signed + " " + self.tr("No certificate that is trusted here vouches for the signer.")

    def _mark_text(self, found: Mark) -> str:
        if not found.present:
            return self.tr("Invisible mark: not found.")
        version = found.version or self.tr("unreadable")
        return self.tr("Invisible mark: found from second {0}, version {1}.").format(
            f"{found.second:g}", version
        )
