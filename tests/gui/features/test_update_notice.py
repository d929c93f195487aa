"""News of a newer version reach the window, and troubles with them reach the log alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import DownloadError
from gui.features.update_notice import Update, UpdateNotice, can_look
from gui.shell.notifications import NotificationController
from gui.state.app_model import AppModel
from gui.widgets.message_bar import MessageBar

UPDATE = Update("9.0.0", "Faster.", "https://updates.test/")


def test_a_newer_version_is_told(qtbot: QtBot) -> None:
    notice = UpdateNotice(lambda: UPDATE)
    with qtbot.waitSignal(notice.found) as told:
        notice.look()
    assert told.args == [UPDATE]
    assert notice.wait(5.0)


@pytest.mark.parametrize("fault", [None, DownloadError("Offline.", "Go online.")])
def test_without_a_newer_version_or_a_network_nothing_is_said(
    qtbot: QtBot, fault: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    def look() -> None:
        if fault is not None:
            raise fault

    notice = UpdateNotice(look)
    told: list[object] = []
    notice.found.connect(told.append)
    notice.look()
    assert notice.wait(5.0)
    qtbot.wait(20)
    assert told == []
    assert ("Offline." in caplog.text) is (fault is not None)


def test_the_news_give_way_to_an_error(app_model: AppModel, qtbot: QtBot) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    notifications = NotificationController(app_model, bar, lambda _: None)
    notifications.show_update(UPDATE)
    assert bar.message is not None
    assert bar.message.text == "Version 9.0.0 is available."
    assert bar.message.detail == "Faster."
    app_model.report(DownloadError("Offline.", "Go online."))
    assert bar.message.text == "Offline."
    app_model.troubled.emit(None)
    assert bar.message.text == "Version 9.0.0 is available."


def test_a_build_without_a_key_offers_no_news() -> None:
    assert not can_look()


def test_asking_whether_there_are_news_loads_no_library_of_the_network() -> None:
    code = (
        "import sys\n"
        "from gui.features.update_notice import can_look\n"
        "can_look()\n"
        "assert 'httpx2' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
