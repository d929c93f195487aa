from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from engine.errors import SettingError
from gui.features.placeholder_image import draw_card, pixels_of
from gui.features.placeholder_sender import PlaceholderSender
from gui.state.app_model import AppModel
from gui.state.preferences import Placeholder, PlaceholderKind
from tests.gui.fakes import FakePublisher


def test_a_card_without_a_text_of_its_own_has_the_default_one(
    app_model: AppModel, publisher: FakePublisher
) -> None:
    sender = PlaceholderSender(app_model)
    sender.send()
    assert sender.wait(5)
    assert np.array_equal(publisher.placeholders[0], pixels_of(draw_card("Back in a moment")))


def test_only_another_placeholder_is_sent_again(
    app_model: AppModel, publisher: FakePublisher
) -> None:
    sender = PlaceholderSender(app_model)
    app_model.update(lambda p: replace(p, placeholder=Placeholder(text="Gone fishing")))
    app_model.update(lambda p: replace(p, seed_locked=False))
    assert sender.wait(5)
    assert len(publisher.placeholders) == 1


def test_a_picture_that_cannot_be_read_is_reported(qtbot: QtBot, app_model: AppModel) -> None:
    sender = PlaceholderSender(app_model)
    missing = Placeholder(PlaceholderKind.PICTURE, path="/nowhere.png")
    with qtbot.waitSignal(app_model.troubled) as reported:
        app_model.update(lambda p: replace(p, placeholder=missing))
    assert reported.args is not None
    assert isinstance(reported.args[0], SettingError)
    assert sender.wait(5)
