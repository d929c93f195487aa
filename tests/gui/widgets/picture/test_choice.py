from pathlib import Path

import pytest
from PySide6.QtGui import QRhiDriverInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.picture import choice as module
from gui.widgets.picture.choice import CRASHES, DrawingChoice, Trial, is_imitation
from gui.widgets.picture.painted import PaintedPicture
from gui.widgets.picture.scene import Scene

DEVICE = QRhiDriverInfo.DeviceType


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path / "cache" / "trial.txt")


def test_without_a_display_for_cards_none_is_tried(
    qtbot: QtBot, trial: Trial, tmp_path: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    drawing = DrawingChoice({"LIVE2DIFF_PREVIEW": "gpu"}, trial)
    assert isinstance(
        drawing.new_picture(lambda: Scene("red", parent.rect(), ()), parent), PaintedPicture
    )
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "environment",
    [{"LIVE2DIFF_PREVIEW": "software"}, {"LIBGL_ALWAYS_SOFTWARE": "1"}, {"QT_OPENGL": "software"}],
)
def test_the_environment_may_forbid_it(
    qapp: object, trial: Trial, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    monkeypatch.setattr(module, "PLATFORMS", ("offscreen",))
    monkeypatch.setattr(module, "try_card", lambda **_: pytest.fail("it was tried"))
    assert next(iter(environment)) in DrawingChoice(environment, trial).refusal()


def test_a_driver_that_takes_the_program_down_is_left_alone(
    qapp: object, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PLATFORMS", ("offscreen",))
    monkeypatch.setattr(module, "try_card", lambda **_: "")
    for _ in range(CRASHES):  # each of these programs ends before its window is seen
        assert not DrawingChoice({}, trial).refusal()
    assert "ended" in DrawingChoice({}, trial).refusal()


def test_a_window_that_was_seen_takes_the_suspicion_away(trial: Trial) -> None:
    assert all(trial.begin() for _ in range(CRASHES))
    trial.end()
    assert trial.begin()


def test_another_version_is_tried_anew(tmp_path: Path) -> None:
    path = tmp_path / "trial.txt"
    path.write_text("0.0.1 6.5.0 7")
    assert Trial(path).begin()
    assert Trial(path).begin()
    assert not Trial(path).begin()


@pytest.mark.parametrize("text", ["", "nonsense", "\x00\xff", "1 2 3 many"])
def test_notes_that_cannot_be_read_are_no_suspicion(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trial.txt"
    path.write_text(text)
    assert Trial(path).begin()


def test_a_card_that_cannot_be_used_is_no_crash(
    qapp: object, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PLATFORMS", ("offscreen",))
    monkeypatch.setattr(module, "try_card", lambda **_: "it draws wrong pictures")
    for _ in range(CRASHES + 1):
        assert DrawingChoice({}, trial).refusal() == "it draws wrong pictures"


@pytest.mark.parametrize(
    ("name", "kind", "imitation"),
    [
        ("Mesa/X.org llvmpipe (LLVM 15.0.6, 256 bits)", DEVICE.UnknownDevice, True),
        ("Microsoft Basic Render Driver", DEVICE.CpuDevice, True),
        ("GDI Generic", DEVICE.UnknownDevice, True),
        ("Google SwiftShader", DEVICE.UnknownDevice, True),
        ("Intel Mesa Intel(R) UHD Graphics 620 (KBL GT2)", DEVICE.UnknownDevice, False),
        ("NVIDIA GeForce RTX 4070", DEVICE.DiscreteDevice, False),
        ("Apple M2", DEVICE.IntegratedDevice, False),
    ],
)
def test_programs_that_imitate_a_card_are_known(
    name: str, kind: QRhiDriverInfo.DeviceType, imitation: bool
) -> None:
    assert is_imitation(name, kind) == imitation
