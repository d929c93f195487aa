import threading
import time

from pytestqt.qtbot import QtBot
from shiboken6 import delete

from engine.errors import SourceError
from engine.settings import InputSettings
from gui.engine_link.camera_preview import SIZE, CameraPreview


def test_the_picture_arrives_fitted(qtbot: QtBot) -> None:
    camera_preview = CameraPreview()
    with qtbot.waitSignal(camera_preview.seen) as seen:
        camera_preview.show(InputSettings("synthetic"))
    camera_preview.stop()
    assert seen.args is not None
    assert seen.args[0].shape == (SIZE.height, SIZE.width, 3)
    assert camera_preview.wait(20)


def test_a_camera_that_is_not_there_is_said(qtbot: QtBot) -> None:
    camera_preview = CameraPreview()
    with qtbot.waitSignal(camera_preview.failed) as failed:
        camera_preview.show(InputSettings("camera:no such camera"))
    assert failed.args is not None
    assert isinstance(failed.args[0], SourceError)
    assert camera_preview.wait(20)


def test_nothing_is_shown_after_the_stop(qtbot: QtBot) -> None:
    camera_preview = CameraPreview()
    with qtbot.waitSignal(camera_preview.seen):
        camera_preview.show(InputSettings("synthetic"))
    time.sleep(0.1)  # more is on its way
    camera_preview.stop()
    with qtbot.assertNotEmitted(camera_preview.seen, wait=150):
        pass
    assert camera_preview.wait(20)


def test_the_trouble_of_a_source_that_was_left_is_not_told(qtbot: QtBot) -> None:
    camera_preview = CameraPreview()
    camera_preview.show(InputSettings("camera:no such camera"))
    time.sleep(0.2)  # its error is on its way
    with qtbot.assertNotEmitted(camera_preview.failed), qtbot.waitSignal(camera_preview.seen):
        camera_preview.show(InputSettings("synthetic"))
    camera_preview.stop()
    assert camera_preview.wait(20)


def test_a_glance_may_be_deleted_while_its_camera_is_being_let_go_of(qtbot: QtBot) -> None:
    camera_preview = CameraPreview()
    with qtbot.waitSignal(camera_preview.seen):
        camera_preview.show(InputSettings("synthetic"))
    look = next(thread for thread in threading.enumerate() if thread.name == "camera glance")
    camera_preview.stop()
    delete(camera_preview)
    look.join(20)  # an exception on its way there fails the test
    assert not look.is_alive()


def test_another_source_takes_over_when_the_first_has_let_go(qtbot: QtBot) -> None:
    camera_preview = CameraPreview()
    camera_preview.show(InputSettings("synthetic"))
    with qtbot.waitSignal(camera_preview.seen):
        camera_preview.show(InputSettings("demo"))
    camera_preview.stop()
    assert camera_preview.wait(20)
