import numpy as np
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from engine.errors import SourceError
from engine.settings import InputSettings
from engine.video.sources.still import StillSource
from gui.engine_link.camera_preview import SIZE, CameraPreview

PATTERN = InputSettings("synthetic")
NO_CAMERA = InputSettings("camera:no such camera")


def test_the_picture_arrives_fitted(qtbot: QtBot) -> None:
    preview = CameraPreview()
    with qtbot.waitSignal(preview.seen) as seen:
        preview.show(PATTERN)
    preview.stop()
    assert seen.args is not None
    assert seen.args[0].shape == (SIZE.height, SIZE.width, 3)
    assert preview.wait(20)


def test_a_camera_that_is_not_there_is_reported(qtbot: QtBot) -> None:
    preview = CameraPreview()
    with qtbot.waitSignal(preview.failed) as failed:
        preview.show(NO_CAMERA)
    assert failed.args is not None
    assert isinstance(failed.args[0], SourceError)
    assert preview.wait(20)


def test_pictures_on_their_way_are_dropped_by_a_stop(qtbot: QtBot) -> None:
    picture = np.zeros((48, 64, 3), np.uint8)
    preview = CameraPreview(make=lambda _settings: StillSource(picture, frames=5))
    preview.show(PATTERN)
    assert preview.wait(20)  # all five are on their way
    preview.stop()
    with qtbot.assertNotEmitted(preview.seen):
        QCoreApplication.processEvents()


def test_the_error_of_a_source_that_was_left_is_dropped(qtbot: QtBot) -> None:
    preview = CameraPreview()
    preview.show(NO_CAMERA)
    assert preview.wait(20)  # its error is on its way
    with qtbot.assertNotEmitted(preview.failed), qtbot.waitSignal(preview.seen):
        preview.show(PATTERN)
    preview.stop()
    assert preview.wait(20)


def test_a_preview_may_be_deleted_while_its_camera_is_being_released(qtbot: QtBot) -> None:
    preview = CameraPreview()
    with qtbot.waitSignal(preview.seen):
        preview.show(PATTERN)
    reader = preview._reader
    assert reader is not None
    preview.stop()
    delete(preview)
    assert reader.join(20)  # an exception there fails the test


def test_another_source_takes_over_when_the_first_is_released(qtbot: QtBot) -> None:
    preview = CameraPreview()
    preview.show(PATTERN)
    with qtbot.waitSignal(preview.seen):
        preview.show(InputSettings("demo"))
    preview.stop()
    assert preview.wait(20)
