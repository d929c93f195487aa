"""The driver is offered with what it does and the way back; nothing is done before a click."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from engine.errors import SinkError
from engine.virtual_camera.devices.driver_set_up import Change, DriverPlan, Step, StepKind
from gui.dialogs.driver_offer import DriverOffer
from gui.engine_link.camera_driver import CameraDriver, DriverActions

LEFT = Qt.MouseButton.LeftButton
MISSING = DriverPlan(
    (
        Step(StepKind.RUN, "apt-get install -y v4l2loopback-dkms"),
        Step(StepKind.WRITE, "/etc/modprobe.d/live2diff-camera.conf"),
        Step(StepKind.LOAD, "v4l2loopback"),
    ),
    can_ask=True,
)
PRESENT = DriverPlan(removable=True, can_ask=True)


@dataclass
class Computer:
    """Has no driver; setting it up and removing it work, unless it has a `fault`."""

    plan: DriverPlan = MISSING
    fault: Exception | None = None
    done: list[Change] = field(default_factory=list)

    def change(self, change: Change) -> None:
        self.done.append(change)
        if self.fault is not None:
            raise self.fault
        self.plan = PRESENT if change is Change.SET_UP else MISSING


@pytest.fixture
def computer() -> Computer:
    return Computer()


@pytest.fixture
def driver(qtbot: QtBot, computer: Computer) -> Iterator[CameraDriver]:
    driver = CameraDriver(DriverActions(lambda: computer.plan, computer.change))
    yield driver
    assert driver.wait(3)


@pytest.fixture
def offer(qtbot: QtBot, driver: CameraDriver) -> DriverOffer:
    offer = DriverOffer(driver)
    qtbot.addWidget(offer)
    with qtbot.waitSignal(driver.planned):
        driver.look()
    return offer


def shown(offer: DriverOffer) -> str:
    return " ".join(label.text() for label in offer.findChildren(QLabel) if label.isVisible())


def test_each_step_and_the_way_back_are_told_before_anything_is_done(
    offer: DriverOffer, computer: Computer
) -> None:
    assert "run apt-get install -y v4l2loopback-dkms" in offer.steps.text()
    assert "write /etc/modprobe.d/live2diff-camera.conf" in offer.steps.text()
    assert "load the driver v4l2loopback" in offer.steps.text()
    assert "The way back" in shown(offer)
    assert computer.done == []


def test_it_is_set_up_and_removed_again_by_a_click(
    qtbot: QtBot, offer: DriverOffer, driver: CameraDriver, computer: Computer
) -> None:
    with qtbot.waitSignal(driver.planned):
        QTest.mouseClick(offer.set_up, LEFT)
    assert not offer.set_up.isVisible()
    assert "Removing it deletes /etc/modprobe.d/live2diff-camera.conf" in shown(offer)
    with qtbot.waitSignal(driver.planned):
        QTest.mouseClick(offer.remove, LEFT)
    assert offer.set_up.isVisible()
    assert computer.done == [Change.SET_UP, Change.REMOVE]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (SinkError("No administrator has agreed.", "Try again."), "No administrator has agreed."),
        (RuntimeError("a fault of ours"), "a fault of ours"),
    ],
)
def test_a_failure_is_told_and_can_be_tried_again(
    qtbot: QtBot,
    offer: DriverOffer,
    driver: CameraDriver,
    computer: Computer,
    fault: Exception,
    said: str,
) -> None:
    computer.fault = fault
    with qtbot.waitSignals([driver.failed, driver.planned]):
        QTest.mouseClick(offer.set_up, LEFT)
    assert said in shown(offer)
    assert offer.set_up.isEnabled()
    computer.fault = None
    with qtbot.waitSignal(driver.planned):
        QTest.mouseClick(offer.set_up, LEFT)
    assert said not in shown(offer)


def test_a_second_click_begins_nothing_more(
    qtbot: QtBot, offer: DriverOffer, driver: CameraDriver, computer: Computer
) -> None:
    with qtbot.waitSignal(driver.planned):
        driver.change(Change.SET_UP)
        assert not offer.set_up.isEnabled()
        assert "Working." in shown(offer)
        driver.change(Change.SET_UP)
    assert computer.done == [Change.SET_UP]


def test_without_a_desktop_that_can_ask_the_command_is_there_to_copy(
    qtbot: QtBot, driver: CameraDriver, computer: Computer, clipboard: Callable[[], str]
) -> None:
    computer.plan = DriverPlan(MISSING.steps, can_ask=False)
    offer = DriverOffer(driver)
    qtbot.addWidget(offer)
    with qtbot.waitSignal(driver.planned):
        driver.look()
    assert not offer.set_up.isVisible()
    QTest.mouseClick(offer.copy, LEFT)
    assert clipboard() == "installer/linux/virtual_camera.sh install"


def test_where_there_is_nothing_to_offer_nothing_is_shown(
    qtbot: QtBot, driver: CameraDriver, computer: Computer
) -> None:
    computer.plan = DriverPlan(can_ask=True)
    offer = DriverOffer(driver)
    qtbot.addWidget(offer)
    with qtbot.waitSignal(driver.planned):
        driver.look()
    assert not offer.isVisible()
