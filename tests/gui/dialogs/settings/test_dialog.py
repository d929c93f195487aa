from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from engine.accelerators import (
    COMPILE,
    EAGER,
    OPENVINO,
    OPENVINO_GPU,
    TENSORRT,
    XFORMERS,
    AcceleratorInfo,
    DeviceInfo,
    accelerator_info,
)
from engine.frames import Size, StyledFrame
from engine.settings import BuildSettings, CachePrecision, Interpolation, Precision
from engine.video.watermark import Corner
from gui.dialogs.settings.dialog import SettingsDialog
from gui.engine_link.compute_devices import HardwareModel, HardwareQueries
from gui.features.elsewhere import Elsewhere
from gui.features.placeholder_image import draw_placeholder
from gui.state.app_model import AppModel
from gui.state.preferences import CameraFormat, PlaceholderKind, ThemeChoice
from tests.gui.fakes import FakeSession, picture

CARD = DeviceInfo("cuda:0", "NVIDIA L4", 23_400_000_000)
PROCESSOR = DeviceInfo("cpu", "Processor", None)


def rate_of(build: BuildSettings, steps: int) -> float | None:
    """As if the large model ran on the processor alone."""
    return 0.37 / steps if build.model == "words" else None


def ways_of(build: BuildSettings) -> list[AcceleratorInfo]:
    """As if everything were there."""
    names = (EAGER, TENSORRT) if build.device == CARD.name else (EAGER, OPENVINO)
    return [accelerator_info(name) for name in names]


LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def devices() -> HardwareModel:
    return HardwareModel(HardwareQueries(lambda: [CARD, PROCESSOR], ways_of, rate_of))


@pytest.fixture
def dialog(qtbot: QtBot, app_model: AppModel, devices: HardwareModel) -> Iterator[SettingsDialog]:
    dialog = SettingsDialog(app_model, devices, Elsewhere(app_model))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.engine.device.count() == 3)
    qtbot.waitUntil(lambda: dialog.engine.accelerator.count() == 3)
    yield dialog
    assert devices.wait(3)


def pick(box: QComboBox, value: object) -> None:
    """Choose as a person does: with the keys."""
    index = box.findData(value)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(index):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_language_and_theme_act_at_once(dialog: SettingsDialog, app_model: AppModel) -> None:
    pick(dialog.general.language, "de")
    pick(dialog.general.theme, ThemeChoice.LIGHT)
    assert (app_model.preferences.language, app_model.preferences.theme) == (
        "de",
        ThemeChoice.LIGHT,
    )


def test_the_mark_goes_only_after_a_warning(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    rows = dialog.output.watermark
    dialog.tabs.setCurrentWidget(dialog.output)
    rows.shown.click()
    assert session.marks == []
    assert rows.warning.isVisible()
    QTest.mouseClick(rows.off, LEFT)
    assert not session.marks[-1].shown
    assert app_model.preferences.mark == session.marks[-1]


def test_the_mark_is_kept_on_second_thoughts(dialog: SettingsDialog, app_model: AppModel) -> None:
    rows = dialog.output.watermark
    rows.shown.click()
    rows.keep.click()
    assert app_model.preferences.mark.shown
    assert rows.shown.isChecked()


def test_the_invisible_mark_goes_only_after_a_warning(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    rows = dialog.output.watermark
    dialog.tabs.setCurrentWidget(dialog.output)
    rows.invisible.click()
    assert session.marks == []
    assert rows.warning.isVisible()
    QTest.mouseClick(rows.off, LEFT)
    assert (session.marks[-1].shown, session.marks[-1].invisible) == (True, False)
    rows.invisible.click()
    assert app_model.preferences.mark.invisible


def test_the_mark_moves_at_once(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    pick(dialog.output.watermark.corner, Corner.TOP_LEFT)
    assert session.marks[-1].corner is Corner.TOP_LEFT


def test_the_card_says_what_was_typed(dialog: SettingsDialog, app_model: AppModel) -> None:
    dialog.tabs.setCurrentWidget(dialog.output)
    QTest.keyClicks(dialog.output.text, "Lunch")
    QTest.keyClick(dialog.output.text, Qt.Key.Key_Return)
    assert app_model.preferences.placeholder.text == "Lunch"


def offer_still(dialog: SettingsDialog, app_model: AppModel, session: FakeSession) -> None:
    """Choose a still of a stream that has shown something."""
    dialog.tabs.setCurrentWidget(dialog.output)
    session.output = StyledFrame(picture(Size(64, 64), (5, 5, 5)), 0, 0.0)
    app_model.take_output()
    pick(dialog.output.kind, PlaceholderKind.STILL)


def test_a_still_of_the_stream_becomes_the_placeholder(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    offer_still(dialog, app_model, session)
    QTest.mouseClick(dialog.output.still.use, LEFT)
    assert Path(app_model.preferences.placeholder.path).exists()
    assert app_model.preferences.placeholder.kind is PlaceholderKind.STILL
    assert dialog.output.kind.currentData() is PlaceholderKind.STILL
    assert not dialog.output.still.isVisible()


def test_a_still_is_no_placeholder_until_the_user_has_said_so(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    offer_still(dialog, app_model, session)
    assert dialog.output.still.isVisible()
    assert app_model.preferences.placeholder.kind is PlaceholderKind.CARD
    QTest.mouseClick(dialog.output.still.keep, LEFT)
    assert app_model.preferences.placeholder.kind is PlaceholderKind.CARD
    assert not dialog.output.still.isVisible()


@pytest.mark.parametrize(("strength", "words"), [(0.59, "strength of 0.59"), (0.6, "not known")])
def test_the_question_says_why_a_face_may_be_seen(
    dialog: SettingsDialog,
    app_model: AppModel,
    session: FakeSession,
    strength: float,
    words: str,
) -> None:
    app_model.set_live(replace(app_model.preferences.live, strength=strength))
    offer_still(dialog, app_model, session)
    assert words in dialog.output.still.text.text()


def test_the_picture_asked_about_is_the_one_that_is_kept(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    offer_still(dialog, app_model, session)
    session.output = StyledFrame(picture(Size(64, 64), (200, 5, 5)), 1, 0.0)
    app_model.take_output()
    QTest.mouseClick(dialog.output.still.use, LEFT)
    kept = draw_placeholder(app_model.preferences.placeholder)
    assert kept.max() == 5


def test_another_kind_withdraws_the_question(
    dialog: SettingsDialog, app_model: AppModel, session: FakeSession
) -> None:
    offer_still(dialog, app_model, session)
    pick(dialog.output.kind, PlaceholderKind.PICTURE)
    assert not dialog.output.still.isVisible()


def test_without_a_stream_there_is_no_still(dialog: SettingsDialog, app_model: AppModel) -> None:
    pick(dialog.output.kind, PlaceholderKind.STILL)
    assert app_model.preferences.placeholder.kind is PlaceholderKind.CARD
    assert dialog.output.kind.currentData() is PlaceholderKind.CARD


def test_a_picture_becomes_the_placeholder(
    dialog: SettingsDialog, app_model: AppModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("me.png", ""))
    dialog.tabs.setCurrentWidget(dialog.output)
    pick(dialog.output.kind, PlaceholderKind.PICTURE)
    QTest.mouseClick(dialog.output.picture, LEFT)
    assert app_model.preferences.placeholder.path == "me.png"


def test_the_folder_for_recordings_is_chosen(
    dialog: SettingsDialog, app_model: AppModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    QTest.mouseClick(dialog.general.folder, LEFT)
    assert app_model.preferences.folder == str(tmp_path)


def test_another_model_is_chosen_with_what_suits_it(
    dialog: SettingsDialog, app_model: AppModel
) -> None:
    pick(dialog.engine.model, "words")
    assert app_model.preferences.build.model == "words"
    assert app_model.preferences.live.style == "free"


def test_the_webcams_size_and_rate_are_chosen(dialog: SettingsDialog, app_model: AppModel) -> None:
    row = dialog.output.camera
    row.sizes.setCurrentIndex(row.sizes.findText("640 × 480"))
    row.sizes.activated.emit(row.sizes.currentIndex())
    row.rates.setCurrentIndex(row.rates.findText("15 frames/s"))
    row.rates.activated.emit(row.rates.currentIndex())
    assert app_model.preferences.camera == CameraFormat(Size(640, 480), 15.0)


def test_interpolated_frames_are_chosen(dialog: SettingsDialog, app_model: AppModel) -> None:
    picker = next(
        box
        for box in dialog.findChildren(QComboBox)
        if box.accessibleName() == "Interpolated frames"
    )
    assert picker.currentData() is Interpolation.OFF
    picker.setCurrentIndex(1)
    picker.activated.emit(1)
    assert app_model.preferences.interpolation is Interpolation.TO_30


def test_devices_are_offered_by_name_with_their_free_memory(
    dialog: SettingsDialog, app_model: AppModel
) -> None:
    box = dialog.engine.device
    offered = [box.itemText(index) for index in range(box.count())]
    assert offered == ["Automatic", "NVIDIA L4 · 23 GB free", "Processor"]
    pick(box, "cuda:0")
    assert app_model.preferences.build.device == "cuda:0"


def test_a_device_that_is_gone_is_still_shown(qtbot: QtBot, app_model: AppModel) -> None:
    app_model.set_build(replace(app_model.preferences.build, device="cuda:1"))
    devices = HardwareModel(HardwareQueries(lambda: [PROCESSOR], ways_of, rate_of))
    dialog = SettingsDialog(app_model, devices, Elsewhere(app_model))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.engine.device.count() == 3)
    assert dialog.engine.device.currentText() == "cuda:1"
    assert devices.wait(3)


def test_a_large_model_on_the_cpu_is_shown_with_its_speed(
    qtbot: QtBot, dialog: SettingsDialog, devices: HardwareModel
) -> None:
    assert dialog.engine.cpu_fps.isHidden()
    devices.estimate_cpu_fps(BuildSettings(model="words"), 2)
    qtbot.waitUntil(lambda: "about 0.18 frames/s" in dialog.engine.cpu_fps.text())


def words_of(box: QComboBox) -> list[str]:
    return [box.itemText(index) for index in range(box.count())]


def test_accelerators_are_those_of_the_device_and_the_untested_are_marked(
    qtbot: QtBot, dialog: SettingsDialog, app_model: AppModel
) -> None:
    page = dialog.engine
    assert words_of(page.accelerator) == [
        "Automatic",
        "PyTorch (default)",
        "OpenVINO on the CPU",
    ]
    assert page.unverified.isHidden()
    pick(page.device, CARD.name)
    qtbot.waitUntil(lambda: words_of(page.accelerator)[-1] == "TensorRT · untested")
    assert not page.unverified.isHidden()
    pick(page.accelerator, TENSORRT)
    assert app_model.preferences.build.accelerator == TENSORRT


def test_another_device_or_model_is_accelerated_by_what_is_best_there(
    qtbot: QtBot, dialog: SettingsDialog, app_model: AppModel
) -> None:
    pick(dialog.engine.accelerator, OPENVINO)
    pick(dialog.engine.device, CARD.name)
    assert app_model.preferences.build.accelerator == "auto"
    assert dialog.engine.accelerator.currentText() == "Automatic"
    qtbot.waitUntil(lambda: dialog.engine.accelerator.count() == 3)


def test_the_precision_is_chosen(dialog: SettingsDialog, app_model: AppModel) -> None:
    pick(dialog.engine.precision, Precision.BFLOAT16)
    assert app_model.preferences.build.precision is Precision.BFLOAT16


def test_every_accelerator_has_a_title(qtbot: QtBot, app_model: AppModel) -> None:
    names = (OPENVINO, XFORMERS, COMPILE, TENSORRT, OPENVINO_GPU)
    every = [accelerator_info(name) for name in names]
    devices = HardwareModel(HardwareQueries(lambda: [PROCESSOR], lambda _build: every, rate_of))
    dialog = SettingsDialog(app_model, devices, Elsewhere(app_model))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.engine.accelerator.count() == len(every) + 1)
    assert not set(names) & set(words_of(dialog.engine.accelerator)) - {XFORMERS}


def test_a_published_models_past_frames_can_be_kept_in_8_bits(
    qtbot: QtBot, dialog: SettingsDialog, app_model: AppModel
) -> None:
    dialog.tabs.setCurrentWidget(dialog.engine)
    assert not dialog.engine.cache.isVisible()
    pick(dialog.engine.model, "words")
    assert dialog.engine.cache.isVisible()
    pick(dialog.engine.cache, CachePrecision.INT8)
    assert app_model.preferences.build.cache is CachePrecision.INT8
    qtbot.waitUntil(lambda: dialog.engine.accelerator.count() == 3)
