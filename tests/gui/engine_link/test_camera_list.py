import threading

from pytestqt.qtbot import QtBot

from engine.video.sources.camera_list import CameraInfo
from gui.engine_link.camera_list import CameraList

BRIO, BUILT_IN = CameraInfo(0, "Brio", ""), CameraInfo(2, "Built-in", "")


def test_a_camera_that_is_plugged_in_is_noticed_off_the_gui_thread(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    found = [BRIO]

    def lister() -> list[CameraInfo]:
        threads.append(threading.current_thread())
        return list(found)

    cameras = CameraList(lister)
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    found.append(BUILT_IN)
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    assert cameras.stop(3)
    assert cameras.cameras == (BRIO, BUILT_IN)
    assert threading.main_thread() not in threads


def test_nothing_is_announced_while_nothing_changes(qtbot: QtBot) -> None:
    cameras = CameraList(list)
    with qtbot.assertNotEmitted(cameras.changed), qtbot.waitSignal(cameras.refreshed):
        cameras.refresh()
    assert cameras.stop(3)


def test_a_drivers_fault_does_not_end_the_list(qtbot: QtBot) -> None:
    calls: list[int] = []

    def lister() -> list[CameraInfo]:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("driver")
        return [BRIO]

    cameras = CameraList(lister)
    with qtbot.waitSignal(cameras.refreshed):
        cameras.refresh()
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    assert cameras.stop(3)


def test_cameras_are_chosen_by_name_unless_two_have_the_same(qtbot: QtBot) -> None:
    twins = [CameraInfo(0, "Twin", ""), CameraInfo(4, "Twin", ""), BUILT_IN]
    cameras = CameraList(lambda: twins)
    with qtbot.waitSignal(cameras.changed):
        cameras.refresh()
    assert cameras.stop(3)
    sources = [source for source, _ in cameras.entries()]
    assert sources == ["camera:0", "camera:4", "camera:Built-in"]
