"""Downloading a model in the window: the licence first, then bytes; pause, cancel, try again."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.concurrency.cancellation import CancellationToken
from engine.errors import DownloadError
from engine.events import Progress, ProgressKind
from engine.model_store.components import ComponentFile, Licence, ModelComponent, Role
from gui.dialogs.model_download import ModelDownloadDialog
from gui.engine_link.model_download import Accept, ModelDownload
from gui.state.app_model import AppModel

TERMS = Licence("OpenRAIL", "https://example.org/terms")
PART = ModelComponent("base", "The base", Role.BASE, (ComponentFile("a.bin"),), TERMS, repo="a/b")


class Host:
    """Gives a block for each `release`; the second time around it may fail."""

    def __init__(self) -> None:
        self.blocks, self.asked = threading.Semaphore(0), list[str]()
        self.answers: list[bool] = []
        self.fails = False
        self.arrived = 0
        self.paused_at: list[int] = []

    def __call__(
        self,
        name: str,
        accept: Accept,
        listener: Callable[[Progress], None],
        token: CancellationToken,
    ) -> None:
        self.asked.append(name)
        self.answers.append(accept(PART))
        for number in range(1, 5):
            self.blocks.acquire(timeout=10)
            if token.paused:
                self.paused_at.append(number)
            token.check()
            if self.fails:
                raise DownloadError("The host is gone.", "Try again later.")
            self.arrived = number
            listener(
                Progress(ProgressKind.DOWNLOADING, number * 10_000_000, 40_000_000, "The base")
            )


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def dialog(qtbot: QtBot, app_model: AppModel, host: Host) -> Iterator[ModelDownloadDialog]:
    app_model.set_build(replace(app_model.preferences.build, model="words"))
    download = ModelDownload(host)
    dialog = ModelDownloadDialog(app_model, download)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    download.cancel()
    host.blocks.release(10)
    assert download.wait(5)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def begin(qtbot: QtBot, dialog: ModelDownloadDialog) -> None:
    """Up to the first bytes."""
    click(dialog.go)
    qtbot.waitUntil(lambda: "OpenRAIL" in dialog.text.text())
    click(dialog.go)


def test_nothing_is_downloaded_before_the_licence_is_accepted(
    qtbot: QtBot, dialog: ModelDownloadDialog, host: Host
) -> None:
    assert host.asked == []
    click(dialog.go)
    qtbot.waitUntil(lambda: "https://example.org/terms" in dialog.text.text())
    assert "The base" in dialog.text.text()
    assert host.answers == []
    click(dialog.leave)
    assert not dialog.isVisible()
    assert host.arrived == 0


def test_progress_is_shown_until_everything_is_installed(
    qtbot: QtBot, dialog: ModelDownloadDialog, host: Host
) -> None:
    begin(qtbot, dialog)
    host.blocks.release(1)
    qtbot.waitUntil(lambda: dialog.amount.text() == "10 of 40 MB")
    assert dialog.bar.value() == 250
    assert dialog.text.text() == "Downloading The base"
    host.blocks.release(3)
    qtbot.waitUntil(lambda: "The model is installed" in dialog.text.text())
    assert (host.asked, host.answers) == (["words/free"], [True])
    click(dialog.go)
    assert not dialog.isVisible()


def test_a_pause_holds_and_goes_on(qtbot: QtBot, dialog: ModelDownloadDialog, host: Host) -> None:
    begin(qtbot, dialog)
    host.blocks.release(1)
    qtbot.waitUntil(dialog.pause.isVisible)
    click(dialog.pause)
    assert dialog.pause.text() == "Resume"
    host.blocks.release(3)
    qtbot.waitUntil(lambda: host.paused_at == [2])
    assert host.arrived == 1
    click(dialog.pause)
    qtbot.waitUntil(lambda: host.arrived == 4)


def test_closing_calls_the_download_off(
    qtbot: QtBot, dialog: ModelDownloadDialog, host: Host
) -> None:
    begin(qtbot, dialog)
    host.blocks.release(1)
    qtbot.waitUntil(dialog.bar.isVisible)
    click(dialog.leave)
    host.blocks.release(3)
    assert dialog.download.wait(5)
    assert host.arrived == 1


def test_a_failure_is_shown_and_can_be_tried_again(
    qtbot: QtBot, dialog: ModelDownloadDialog, host: Host
) -> None:
    host.fails = True
    begin(qtbot, dialog)
    host.blocks.release(1)
    qtbot.waitUntil(lambda: "The host is gone. Try again later." in dialog.text.text())
    host.fails = False
    begin(qtbot, dialog)
    host.blocks.release(4)
    qtbot.waitUntil(lambda: "The model is installed" in dialog.text.text())
    assert host.asked == ["words/free", "words/free"]
